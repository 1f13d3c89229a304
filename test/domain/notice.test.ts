import { describe, expect, it } from '@jest/globals';
import { cardOf } from '../../src/domain/drain/card.ts';
import type { DrainState } from '../../src/domain/drain.ts';
import { alice, at, drain, inDraining, leader, noon, states } from '../support/samples.ts';

const now = at(100);
const over: DrainState = { status: 'ended', at: at(90), end: { kind: 'reactivated' }, drainedAt: at(60) };
const waiting = inDraining({
  progress: { left: 1, quarter: 3, movedAt: at(50) },
  waiting: { cause: { code: 'recovering' }, since: at(1), toldAt: null },
  firstDrained: { leader, at: at(99) },
});

describe('the card', () => {
  it.each<[string, DrainState, object]>([
    ['while the call is out', states.calling, { state: { status: 'calling' }, tasksLeft: null, until: now }],
    [
      'while the fate of the call is not known',
      states.checking,
      { state: { status: 'checking', why: 'no answer in 30 s' }, tasksLeft: null, until: now },
    ],
    [
      'while it drains',
      waiting,
      {
        state: { status: 'draining', waiting: { code: 'recovering' }, masterSaysDrained: true },
        tasksLeft: 1,
        until: now,
      },
    ],
    [
      'when drained',
      states.drained,
      { state: { status: 'drained', proof: { by: 'master-and-agent' } }, tasksLeft: 0, until: at(60) },
    ],
    [
      'when ended before it was drained',
      states.ended,
      { state: { status: 'ended', end: { kind: 'not-applied' }, wasDrained: false }, until: at(60) },
    ],
    // The drain took until it was drained; the rest was time out of service.
    [
      'when ended after it was drained',
      over,
      { state: { status: 'ended', wasDrained: true }, until: at(60) },
    ],
  ])('shows the drain %s', (_, state, shown) => {
    expect(cardOf(drain({ state }), now, at(98))).toMatchObject(shown);
  });

  it('shows who asked for what, why and since when', () => {
    expect(cardOf(drain(), now, null)).toMatchObject({
      drain: 17,
      cluster: 'main',
      hostname: 'agent3.example',
      requester: alice,
      reason: 'kernel upgrade',
      maxGraceSeconds: 600,
      tasksAtStart: 4,
      startedAt: noon,
      expectedEnd: at(600),
      checkedAt: null,
    });
  });
});
