import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { isOurs } from '../../../src/domain/drain/look.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import {
  agent,
  asked,
  at,
  drain,
  drained,
  draining,
  foreign,
  inDraining,
  leader,
  notRead,
  otherLeader,
  shows,
  sighting,
  states,
  takingBack,
  unreachable,
} from '../../support/samples.ts';
import { inShort, orders } from './looks.ts';

describe('isOurs', () => {
  it.each<[string, Parameters<typeof isOurs>[0], number | null, boolean]>([
    ['the same grace', draining, 600, true],
    ['no grace on either side', { ...draining, maxGraceNs: null }, null, true],
    ['another grace', foreign, 600, false],
    ['a grace where none was meant', draining, null, false],
    ['none where one was meant', { ...draining, maxGraceNs: null }, 600, false],
    ['a mark gone', { ...draining, markGone: true }, 600, false],
    [
      'the longest grace, rounded beyond 2^53',
      { ...draining, maxGraceNs: 9_223_372_036e9 },
      9_223_372_036,
      true,
    ],
  ])('judges %s', (_, shown, meant, expected) => {
    expect(isOurs(shown, drain({ maxGrace: meant as ReturnType<typeof drain>['maxGrace'] }))).toBe(expected);
  });
});

describe('by what a drain with a second call is known again', () => {
  const word = { leader, startedAt: at(5) };
  const since = (master: typeof draining, by = leader): MasterSighting => ({
    kind: 'registered',
    leader: by,
    agent: agent({ drain: master, drainStartedAt: at(5) }),
  });
  const next = (state = inDraining()) => drain({ goneNext: true, state });

  it('is noted at the first look that shows it', () => {
    expect(observe(next(), sighting(10, since(draining)), null)).toEqual([
      { type: 'witnessed', at: at(10), word },
    ]);
  });

  it.each<[string, MasterSighting, string]>([
    ['before DRAINED is', since(drained), 'witnessed, drained-seen'],
    ['without a start that a failover lost', shows(draining), 'witnessed'],
    ['not of an agent that is away', unreachable(), 'waiting unreachable!'],
    ['not of a recovered agent', { kind: 'recovered', leader }, 'waiting recovering'],
    ['not of somebody else’s drain', since(foreign), 'ended superseded'],
    ['not of no drain', shows(null), 'ended reactivated'],
    ['not while the master is silent', notRead, 'waiting master-silent'],
  ])('is noted %s', (_, master, meaning) => {
    expect(inShort(observe(next(), sighting(10, master), null)).join(', ')).toBe(meaning);
  });

  it.each([
    ['the same', since(draining)],
    ['another leader', since(draining, otherLeader)],
    ['another start', { ...since(draining), agent: agent({ drain: draining, drainStartedAt: at(9) }) }],
  ] as [string, MasterSighting][])('is noted once, and stands when %s is seen later', (_, later) => {
    const state = inDraining({ witness: word });
    expect(observe(next(state), sighting(20, later), null)).toEqual([]);
  });

  it('is not noted of a drain without a second call', () => {
    expect(observe(drain({ state: inDraining() }), sighting(10, since(draining)), null)).toEqual([]);
    const unattended = drain({ markGone: true, state: inDraining() });
    expect(observe(unattended, sighting(10, since(orders)), null)).toEqual([]);
  });

  it('is kept past the proof', () => {
    let now = next();
    for (const seconds of [10, 15])
      now = observe(now, sighting(seconds, since(drained), asked(0)), null).reduce(evolve, now);
    expect(now.state).toMatchObject({ status: 'drained', witness: word });
  });
});

describe('isOurs, of a mark gone', () => {
  const amendment = takingBack(1, 'confirming');

  it.each([
    // Meant; shown; while it is being taken back the master may show either.
    [false, false, false, true],
    [false, true, false, false],
    [true, true, false, true],
    [true, false, false, false],
    [true, true, true, true],
    [true, false, true, true],
  ])('meant %s, shown %s, being taken back %s: %s', (markGone, shown, recalling, expected) => {
    const state = inDraining({ amendment: recalling ? amendment : null });
    const meant = drain({ markGone, state });
    expect(isOurs({ ...draining, markGone: shown }, meant)).toBe(expected);
    expect(isOurs({ ...foreign, markGone: shown }, meant)).toBe(false);
  });

  it('takes either for ours in no other status', () => {
    for (const state of [states.calling, states.checking, states.drained, states.ended])
      expect(isOurs(draining, drain({ markGone: true, state }))).toBe(false);
  });
});
