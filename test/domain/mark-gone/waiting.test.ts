import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { evolveMarkGone } from '../../../src/domain/mark-gone/evolve.ts';
import { observeMarkGone } from '../../../src/domain/mark-gone/observe.ts';
import type { GoneCause, GoneWaiting, MarkGoneState } from '../../../src/domain/mark-gone.ts';
import { markGone, markGoneStates } from '../../support/approval-samples.ts';
import { absent, at, leader, notRead, otherLeader, shows, unexplained } from '../../support/samples.ts';
import { calls, goneNow, inShort, looks, observed, ordered, recovered } from './looks.ts';

describe('a call of unknown fate', () => {
  const { checking } = markGoneStates;
  const before = looks['registered, DRAINED by the first call'];
  const once = (by = leader, seconds = 360): MarkGoneState => ({
    ...checking,
    noEffect: { leader: by, at: at(seconds) },
  });

  // It was sent 300 s after noon.
  it.each<[string, MarkGoneState, number, MasterSighting, string]>([
    ['may still be on its way for a minute', checking, 359.999, before, '-'],
    ['has no effect from then on', checking, 360, before, 'no-effect-seen'],
    [
      'has none on an agent that is away',
      checking,
      360,
      looks['unreachable, by the first call'],
      'no-effect-seen',
    ],
    ['is taken for applied at any time', checking, 301, shows(ordered), 'effect-seen'],
    ['is taken for proven at any time', checking, 301, goneNow, 'ended gone'],
    ['was not applied by a second read a second later', once(), 361, before, 'ended not-applied'],
    ['needs that second', once(), 360.999, before, '-'],
    ['needs one leader for both reads', once(otherLeader), 400, before, 'no-effect-seen'],
    ['takes a late effect after one read without', once(), 400, shows(ordered), 'effect-seen'],
    ['takes a late proof after one read without', once(), 400, goneNow, 'ended gone'],
    ['is not disproven by a recovered agent', once(), 400, recovered, 'waiting recovering'],
    ['is not disproven by an absence', once(), 400, absent(), 'waiting listed-nowhere'],
    ['is not disproven by silence', once(), 400, notRead, 'waiting master-silent'],
  ])('%s', (_, state, seconds, seen, meaning) => {
    expect(inShort(observed(state, seconds, seen))).toBe(meaning);
  });

  it.each(['second-drain', 'mark-agent-gone'] as const)(
    'was not applied by two reads of one leader, a minute or more after sending, and never by fewer (%s)',
    (by) => {
      let now = markGone({ state: checking, call: calls[by] });
      const said: string[] = [];
      for (const seconds of [310, 330, 355, 361, 361.5, 366]) {
        const events = observeMarkGone(now, before, at(seconds));
        said.push(inShort(events));
        now = events.reduce(evolveMarkGone, now);
      }
      expect(said).toEqual(['-', '-', '-', 'no-effect-seen', '-', 'ended not-applied']);
    },
  );
});

describe('a wait for the proof', () => {
  const hour = 3_600;
  const day = 24 * hour;
  const cause: GoneCause = { code: 'listed-nowhere' };

  /** Confirming, and waiting since 310 s after noon. */
  function waiting(toldAt: number | null, over: Partial<GoneWaiting> = {}): MarkGoneState {
    const told = toldAt === null ? null : at(toldAt);
    return { ...markGoneStates.confirming, waiting: { cause, since: at(310), toldAt: told, ...over } };
  }

  it.each<[string, MarkGoneState, number, string]>([
    ['is noted at once, and not told', markGoneStates.confirming, 310, 'waiting listed-nowhere'],
    ['is not told for 30 s', waiting(null), 339.999, '-'],
    ['is told after 30 s', waiting(null), 340, 'waiting listed-nowhere!'],
    ['is not told again for an hour', waiting(340), 340 + hour - 0.001, '-'],
    ['is told hourly', waiting(340), 340 + hour, 'waiting listed-nowhere!'],
    ['is told hourly for a day', waiting(310 + 23 * hour), 310 + 24 * hour - 0.001, '-'],
    ['is told daily from the day on, to the millisecond', waiting(310 + 23 * hour), 310 + day, '-'],
    ['is told daily from then on', waiting(310 + 24 * hour - 600), 310 + 25 * hour, '-'],
    ['is told daily', waiting(310 + day), 310 + 2 * day - 0.001, '-'],
    ['is told each day', waiting(310 + day), 310 + 2 * day, 'waiting listed-nowhere!'],
    ['is not given up for a week', waiting(310 + 6 * day), 310 + 7 * day - 0.001, '-'],
    ['is given up after a week', waiting(310 + 6 * day), 310 + 7 * day, 'ended lost-sight'],
    ['is given up after a week, also when nobody was told', waiting(null), 310 + 7 * day, 'ended lost-sight'],
  ])('%s', (_, state, seconds, meaning) => {
    expect(inShort(observed(state, seconds, absent()))).toBe(meaning);
  });

  it.each([markGoneStates.checking, markGoneStates.confirming])(
    'goes by one schedule, whatever became of the call: %j',
    (state) => {
      let now = markGone({ state });
      const told: number[] = [];
      for (let seconds = 310; now.state.status !== 'ended'; seconds += 10) {
        const events = observeMarkGone(now, absent(), at(seconds));
        if (events.some((event) => event.type === 'waiting' && event.tell)) told.push((seconds - 310) / hour);
        now = events.reduce(evolveMarkGone, now);
      }
      const hours = Array.from({ length: 24 }, (_, n) => n + 30 / hour);
      const days = Array.from({ length: 6 }, (_, n) => 24 * (n + 1) + 23 + 30 / hour).filter(
        (each) => each < 7 * 24,
      );
      expect(told.map((each) => Math.round(each * hour))).toEqual(
        [...hours, ...days].map((each) => Math.round(each * hour)),
      );
      expect(now.state).toMatchObject({ at: at(310 + 7 * day), end: { kind: 'lost-sight', forDays: 7 } });
    },
  );

  it('says nothing about what has not changed', () => {
    expect(observed(waiting(340), 400, absent())).toEqual([]);
    expect(observed(waiting(null), 320, absent())).toEqual([]);
  });

  it('notes what has changed in the same cause, and does not tell it', () => {
    const silentMaster = waiting(340, { cause: { code: 'master-silent', why: 'timeout' } });
    expect(observed(silentMaster, 400, notRead)).toEqual([
      {
        type: 'waiting',
        at: at(400),
        cause: { code: 'master-silent', why: 'no master answers' },
        tell: false,
      },
    ]);
    expect(inShort(observed(silentMaster, 400, { kind: 'not-read', why: 'timeout' }))).toBe('-');
  });

  it('tells of another cause, once people were told of one', () => {
    expect(inShort(observed(waiting(340), 400, shows(ordered)))).toBe('waiting still-there!');
    expect(inShort(observed(waiting(null), 320, shows(ordered)))).toBe('waiting still-there');
  });

  it.each<[string, MasterSighting, MasterSighting]>([
    ['the master is silent', absent(), notRead],
    ['the registry can not be read', absent(), unexplained],
    ['the master is silent, and it is still there', shows(ordered), notRead],
  ])('does not tell the same over and over because in between %s', (_, seen, between) => {
    let now = markGone({ state: waiting(340) });
    const told: string[] = [];
    for (let minute = 0; minute < 50; minute += 1) {
      const events = observeMarkGone(now, minute % 2 === 0 ? between : seen, at(400 + 60 * minute));
      for (const event of events) if (event.type === 'waiting' && event.tell) told.push(event.cause.code);
      now = events.reduce(evolveMarkGone, now);
    }
    // Each of the two at most once within the hour.
    expect(told).toHaveLength(new Set(told).size);
  });

  it('tells hourly while the master is silent, too, and notes it only then', () => {
    expect(inShort(observed(waiting(340), 400, notRead))).toBe('-');
    expect(inShort(observed(waiting(340), 340 + hour, notRead))).toBe('waiting master-silent!');
    expect(inShort(observed(markGoneStates.confirming, 310, notRead))).toBe('waiting master-silent');
    expect(inShort(observed(waiting(null), 340, notRead))).toBe('waiting master-silent!');
  });

  it('ends well at any time', () => {
    expect(inShort(observed(waiting(310 + 6 * day), 310 + 8 * day, goneNow))).toBe('ended gone');
  });
});
