import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { gapBefore } from '../../../src/domain/drain/gap.ts';
import { narrate } from '../../../src/domain/drain/narrate.ts';
import type { DrainEvent, DrainState } from '../../../src/domain/drain.ts';
import {
  alice,
  at,
  drain,
  drained,
  inDraining,
  leader,
  newerAgent,
  notRead,
  shows,
  states,
} from '../../support/samples.ts';

const seen = shows(drained);

describe('a time in which nobody looked', () => {
  it.each<[string, DrainState, number | null, MasterSighting, number, string]>([
    ['an hour', states.draining, 0, seen, 3_600, 'looked-again'],
    ['two minutes', states.draining, 0, seen, 120, 'looked-again'],
    ['less', states.draining, 0, seen, 119, '-'],
    ['an hour, out of service', states.drained, 0, seen, 3_600, 'looked-again'],
    ['an hour, since the master took it', states.draining, null, seen, 3_600, 'looked-again'],
    ['an hour, out of service, when nobody had looked before', states.drained, null, seen, 3_600, '-'],
    ['an hour, and nothing can be seen now either', states.draining, 0, notRead, 3_600, '-'],
    ['an hour, while the fate of the call is unknown', states.checking, 0, seen, 3_600, '-'],
  ])('of %s is noted', (_, state, last, master, now, expected) => {
    const events = gapBefore(drain({ state }), last === null ? null : at(last), master, at(now), {
      usualMs: 5_000,
      worthMs: 120_000,
    });
    expect(events.map(({ type }) => type).join() || '-').toBe(expected);
  });

  it('is no gap where looks are that far apart', () => {
    const slow = (seconds: number) =>
      gapBefore(drain({ state: states.drained }), at(0), seen, at(seconds), {
        usualMs: 300_000,
        worthMs: 120_000,
      });
    expect([slow(899), slow(900)].map((events) => events.length)).toEqual([0, 1]);
  });

  const again: DrainEvent = { type: 'looked-again', at: at(3_600), from: at(1) };
  const gap = { from: at(1), to: at(3_600) };
  const proof = { by: 'master-and-agent' } as const;

  /** What is told of the last of these events. */
  function told(state: DrainState, ...events: DrainEvent[]) {
    let before = drain({ state });
    for (const event of events.slice(0, -1)) before = evolve(before, event);
    const last = events.at(-1);
    if (last === undefined) throw new Error('no event');
    return narrate(before, evolve(before, last), last).say?.notice;
  }

  it.each<[string, DrainState, DrainEvent[], boolean]>([
    [
      'DRAINED at the first look after it',
      inDraining(),
      [
        again,
        { type: 'drained-seen', at: at(3_600), leader },
        { type: 'drained', at: at(3_601), leader, proof },
      ],
      true,
    ],
    [
      'DRAINED at a later look',
      inDraining(),
      [
        again,
        { type: 'drained-seen', at: at(3_700), leader },
        { type: 'drained', at: at(3_701), leader, proof },
      ],
      false,
    ],
    [
      'reactivated',
      states.drained,
      [again, { type: 'ended', at: at(3_600), end: { kind: 'reactivated' } }],
      true,
    ],
    [
      'replaced, by two looks',
      inDraining(),
      [
        again,
        { type: 'absent-seen', at: at(3_600), leader },
        { type: 'ended', at: at(3_601), end: { kind: 'replaced', by: newerAgent } },
      ],
      true,
    ],
    [
      'closed by a person',
      inDraining(),
      [again, { type: 'ended', at: at(3_600), end: { kind: 'given-up', by: alice, reason: 'x' } }],
      false,
    ],
  ])('is told with what came about in it: %s', (_, state, events, isIn) => {
    const notice = told(state, ...events);
    if (isIn) expect(notice).toMatchObject({ gap });
    else expect(notice).not.toHaveProperty('gap');
  });
});
