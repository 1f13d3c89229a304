import { describe, expect, it } from '@jest/globals';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import {
  absent,
  at,
  drain,
  inDraining,
  leader,
  newerAgent,
  notAsked,
  sighting,
  states,
  unreachable,
} from '../../support/samples.ts';
import { inShort, type Look, looks, names, orders } from './looks.ts';

describe('an unattended drain', () => {
  /** Draining, 90 s after the intent; its tasks run. */
  const row: Record<Look, string> = {
    'registered, no drain': 'ended reactivated',
    // Somebody has taken its mark_gone off, and it was not us.
    'registered, DRAINING, ours': 'ended superseded',
    'registered, DRAINED, ours': 'ended superseded',
    'registered, other config': 'ended superseded',
    'registered, to be marked gone': '-',
    'registered, deactivated only': 'ended superseded',
    recovered: 'waiting recovering',
    'unreachable, ours': 'ended superseded',
    'unreachable, no drain': 'ended reactivated',
    'unreachable, deactivated only': 'ended superseded',
    'unreachable, other config': 'ended superseded',
    gone: 'ended gone',
    // Somebody waits for gone, and this is no proof of it.
    absent: 'waiting not-listed!',
    unexplained: 'waiting not-listed!',
    'not-read': 'waiting master-silent',
  };
  const open = drain({ markGone: true, state: states.draining });

  it.each(names(row).map((look) => [look, row[look]] as const))('seen as %s: %s', (look, meaning) => {
    expect(inShort(observe(open, sighting(90, looks[look]), null)).join(', ') || '-').toBe(meaning);
  });

  it('that is away with its order standing waits', () => {
    const away = unreachable({ drain: orders });
    expect(inShort(observe(open, sighting(90, away), null))).toEqual(['waiting unreachable!']);
  });

  it.each([
    ['as removed', null],
    ['as replaced', newerAgent],
  ])(
    'that is listed nowhere never ends %s: it is told hourly, then daily, and given up after a week',
    (_, successor) => {
      let now = open;
      const told: number[] = [];
      for (let hours = 0; now.state.status !== 'ended'; hours += 0.5) {
        const events = observe(now, sighting(100 + hours * 3_600, absent(), notAsked), successor);
        if (events.some((event) => event.type === 'waiting' && event.tell)) told.push(hours);
        now = events.reduce(evolve, now);
      }
      expect(told.slice(0, 24)).toEqual(Array.from({ length: 24 }, (__, hour) => hour));
      // The last hourly one is a day before the first daily one.
      expect(told.slice(24)).toEqual([47, 71, 95, 119, 143, 167]);
      expect(now.state).toMatchObject({ at: at(100 + 7 * 86_400), end: { kind: 'lost-sight', forDays: 7 } });
    },
  );

  it('that was listed nowhere is gone once the registry says so', () => {
    const waiting = inDraining({
      waiting: { cause: { code: 'not-listed', why: 'x' }, since: at(90), toldAt: at(90) },
    });
    const events = observe(drain({ markGone: true, state: waiting }), sighting(200, looks.gone), null);
    const checked = { leader, at: at(200) };
    expect(events).toEqual([{ type: 'ended', at: at(200), end: { kind: 'gone', goneAt: at(80), checked } }]);
  });

  it.each<[Look, string]>([
    ['registered, to be marked gone', 'effect-seen'],
    ['registered, DRAINING, ours', 'ended superseded'],
    ['registered, no drain', 'no-effect-seen'],
    ['gone', 'ended gone'],
  ])('whose call’s fate is unknown, seen as %s: %s', (look, meaning) => {
    const checking = drain({ markGone: true, state: states.checking });
    expect(inShort(observe(checking, sighting(90, looks[look]), null))).toEqual([meaning]);
  });

  it.each([
    ['removed', null],
    ['replaced', newerAgent],
  ])('whose call’s fate is unknown does not end as %s either when it is listed nowhere', (_, successor) => {
    // It may have been applied, and the agent be gone by it: that is what somebody waits to hear (ADR 0006).
    let now = drain({ markGone: true, state: states.checking });
    for (const seconds of [60, 65, 70, 75])
      now = observe(now, sighting(seconds, absent(), notAsked), successor).reduce(evolve, now);
    expect(now.state.status).not.toBe('ended');
    const week = 30 + 7 * 86_400;
    const meanwhile = observe(now, sighting(week - 0.001, absent(), notAsked), successor);
    expect(inShort(meanwhile)).not.toContain('ended lost-sight');
    expect(observe(now, sighting(week, absent(), notAsked), successor)).toEqual([
      { type: 'ended', at: at(week), end: { kind: 'lost-sight', forDays: 7 } },
    ]);
  });
});
