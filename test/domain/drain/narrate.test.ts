import { describe, expect, it } from '@jest/globals';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { narrate } from '../../../src/domain/drain/narrate.ts';
import type { Cause } from '../../../src/domain/drain/stuck.ts';
import type { Drain, DrainEvent, DrainState } from '../../../src/domain/drain.ts';
import { alice, at, drain, inDraining, leader, states } from '../../support/samples.ts';

const cause: Cause = { code: 'operations-pending', operations: 1 };
const told = inDraining({ waiting: { cause, since: at(1), toldAt: at(2) } });

function narrated(event: DrainEvent, state: DrainState, over: Partial<Drain> = {}) {
  const before = drain({ state, ...over });
  return narrate(before, evolve(before, event), event);
}

/** Event, from which status; what is filed; what is said, with `+` where the channel hears it too. `-`: nothing. */
const table: [DrainEvent, DrainState, string, string][] = [
  // The door files what became of its call.
  [{ type: 'call-accepted', at: at(1), master: leader }, states.calling, '-', 'call-accepted'],
  [{ type: 'call-unknown', at: at(1), why: 'no answer' }, states.calling, '-', 'call-unknown'],
  [
    { type: 'call-rejected', at: at(1), httpStatus: 403, body: '' },
    states.calling,
    'drain.ended rejected',
    'ended+',
  ],
  [{ type: 'effect-seen', at: at(31), leader }, states.checking, 'drain.effect-seen accepted', 'effect-seen'],
  [{ type: 'no-effect-seen', at: at(61), leader }, states.checking, '-', '-'],
  [{ type: 'progressed', at: at(5), left: 2, quarter: 2 }, states.draining, 'drain.progressed', 'progress'],
  [{ type: 'progressed', at: at(5), left: 4, quarter: 0 }, states.draining, 'drain.progressed', '-'],
  [
    { type: 'waiting', at: at(5), cause, tell: true },
    states.draining,
    'drain.waiting operations-pending',
    'waiting',
  ],
  [{ type: 'waiting', at: at(5), cause, tell: false }, states.draining, '-', '-'],
  [{ type: 'moving-again', at: at(5), was: cause }, told, 'drain.moving-again', 'moving-again'],
  [{ type: 'drained-seen', at: at(5), leader }, states.draining, '-', '-'],
  [{ type: 'drained-unseen', at: at(5) }, states.draining, '-', '-'],
  [{ type: 'absent-seen', at: at(5), leader }, states.drained, '-', '-'],
  [{ type: 'listed-again', at: at(5) }, states.drained, '-', '-'],
  [
    { type: 'drained', at: at(60), leader, proof: { by: 'master-and-agent' } },
    states.draining,
    'drain.drained master-and-agent',
    'drained+',
  ],
  [
    { type: 'ended', at: at(90), end: { kind: 'reactivated' } },
    states.drained,
    'drain.ended reactivated',
    'ended+',
  ],
  // By this bot: its reactivation tells.
  [
    { type: 'ended', at: at(90), end: { kind: 'reactivated', by: alice } },
    states.drained,
    'drain.ended reactivated',
    '-',
  ],
];

describe('narrate', () => {
  it.each(table.map(([event, state, filed, said]) => [event.type, filed, said, event, state] as const))(
    'files %s as "%s" and says "%s"',
    (_, filed, said, event, state) => {
      const { audit, say } = narrated(event, state);
      expect(audit === null ? '-' : [audit.event, audit.outcome].filter(Boolean).join(' ')).toBe(filed);
      expect(say === null ? '-' : `${say.notice.kind}${say.broadcast ? '+' : ''}`).toBe(said);
    },
  );

  it('has a row for every event', () => {
    const types: Record<DrainEvent['type'], true> = {
      'call-accepted': true,
      'call-rejected': true,
      'call-unknown': true,
      'effect-seen': true,
      'no-effect-seen': true,
      progressed: true,
      waiting: true,
      'moving-again': true,
      'drained-seen': true,
      'drained-unseen': true,
      'absent-seen': true,
      'listed-again': true,
      drained: true,
      ended: true,
    };
    expect([...new Set(table.map(([event]) => event.type))].sort()).toEqual(Object.keys(types).sort());
  });

  it('tells how far it is by the count at the start, and not at all where that is not known', () => {
    const event: DrainEvent = { type: 'progressed', at: at(5), left: 2, quarter: 2 };
    expect(narrated(event, states.draining).say?.notice).toMatchObject({ left: 2, of: 4 });
    expect(narrated(event, states.draining, { tasksAtStart: null }).say).toBeNull();
  });

  it('tells since when it waits, not since when it is told', () => {
    const waiting = inDraining({ waiting: { cause, since: at(1), toldAt: null } });
    expect(narrated({ type: 'waiting', at: at(300), cause, tell: true }, waiting).say?.notice).toMatchObject({
      kind: 'waiting',
      since: at(1),
      requester: alice.userId,
    });
  });

  it('counts how long it took from the intent', () => {
    const event: DrainEvent = { type: 'drained', at: at(61.4), leader, proof: { by: 'master-and-agent' } };
    expect(narrated(event, states.draining).say?.notice).toMatchObject({ tookSeconds: 61, tasks: 4 });
  });

  it.each([
    ['drained before', states.drained, true],
    ['never proven drained', states.draining, false],
  ] as const)('says at the end that it was %s', (_, state, wasDrained) => {
    const event: DrainEvent = { type: 'ended', at: at(90), end: { kind: 'removed' } };
    expect(narrated(event, state).say?.notice).toMatchObject({ kind: 'ended', wasDrained });
  });
});
