import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import type { Drain, DrainState } from '../../../src/domain/drain.ts';
import {
  absent,
  at,
  drain,
  draining,
  leader,
  notRead,
  otherLeader,
  shows,
  sighting,
  states,
  unexplained,
  unreachable,
} from '../../support/samples.ts';
import { inShort } from './looks.ts';

describe('a call whose fate is unknown', () => {
  const noEffectAt60 = { ...states.checking, noEffect: { leader, at: sighting(60, notRead).at } };

  it.each<[string, DrainState, number, MasterSighting, string]>([
    ['says nothing of a missing effect before 60 s', states.checking, 59.999, shows(null), '-'],
    ['notes a missing effect from 60 s on', states.checking, 60, shows(null), 'no-effect-seen'],
    ['takes an effect at any time', states.checking, 31, shows(draining), 'effect-seen'],
    ['is not applied after a second read 1 s later', noEffectAt60, 61, shows(null), 'ended not-applied'],
    ['waits for a second apart', noEffectAt60, 60.5, shows(null), '-'],
    ['starts anew with another leader', noEffectAt60, 90, shows(null, otherLeader), 'no-effect-seen'],
    ['takes a late effect after one read without', noEffectAt60, 90, shows(draining), 'effect-seen'],
    [
      'is not applied on an unreachable agent without a drain',
      noEffectAt60,
      61,
      unreachable({ drain: null }),
      'ended not-applied',
    ],
    // Nobody can say whether it was applied before the agent left.
    ['does not claim "not applied" of an agent that left', noEffectAt60, 61, absent(), 'ended removed'],
    [
      'waits while the agent is only recovered',
      noEffectAt60,
      90,
      { kind: 'recovered', leader },
      'waiting recovering',
    ],
  ])('%s', (_, state, seconds, master, expected) => {
    const events = observe(drain({ state }), sighting(seconds, master), null);
    expect(inShort(events).join(', ') || '-').toBe(expected);
  });
});

describe('a call whose fate nobody can look for', () => {
  /** The seconds at which people are told, of looks every half minute at what `seen` shows then. */
  function told(seen: (seconds: number) => MasterSighting, until: number, over: Partial<Drain> = {}) {
    let now = drain({ state: states.checking, ...over });
    const when: [number, string][] = [];
    for (let seconds = 60; seconds <= until && now.state.status === 'checking'; seconds += 30) {
      const events = observe(now, sighting(seconds, seen(seconds)), null);
      for (const event of events)
        if (event.type === 'waiting' && event.tell) when.push([seconds, event.cause.code]);
      now = events.reduce(evolve, now);
    }
    return { when, now };
  }

  it('is told after two minutes, then hourly, and never taken for lost', () => {
    const { when, now } = told(() => notRead, 9_000);
    expect(when).toEqual([
      [180, 'master-silent'],
      [3_780, 'master-silent'],
      [7_380, 'master-silent'],
    ]);
    expect(now.state).toMatchObject({ status: 'checking', waiting: { since: at(60), toldAt: at(7_380) } });
  });

  it('is not told anew because the reason changes', () => {
    const reasons = [notRead, { kind: 'recovered', leader }, unexplained] as const;
    const { when } = told((seconds) => reasons[(seconds / 30) % 3] ?? notRead, 3_600);
    expect(when).toHaveLength(1);
  });

  it('is told hourly, after a day daily, where an agent that was to be marked gone is listed nowhere', () => {
    const { when, now } = told(() => absent(), 8 * 86_400, { markGone: true });
    expect(when.filter(([seconds]) => seconds < 86_400)).toHaveLength(24);
    expect(when.length).toBeLessThan(32);
    expect(now.state).toMatchObject({ end: { kind: 'lost-sight', forDays: 7 } });
  });

  it('begins anew after a look that showed the agent', () => {
    const { when } = told((seconds) => (seconds === 150 ? shows(null) : notRead), 240);
    expect(when).toEqual([]);
  });
});
