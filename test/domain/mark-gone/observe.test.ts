import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { evolveMarkGone } from '../../../src/domain/mark-gone/evolve.ts';
import { observeMarkGone } from '../../../src/domain/mark-gone/observe.ts';
import type {
  GoneCause,
  GoneWaiting,
  MarkGone,
  MarkGoneCall,
  MarkGoneEvent,
  MarkGoneState,
} from '../../../src/domain/mark-gone.ts';
import { markGone, markGoneStates } from '../../support/approval-samples.ts';
import {
  absent,
  agent,
  at,
  drained,
  draining,
  foreign,
  leader,
  notRead,
  otherLeader,
  shows,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

/** The order of the second call, as a master shows it. */
const ordered = { ...draining, markGone: true };
const foreignOrder = { ...foreign, markGone: true };
const recovered: MasterSighting = { kind: 'recovered', leader };
const goneNow: MasterSighting = { kind: 'gone', leader, at: at(302) };

/** Every kind of look that a master can give, by a name that the table uses. */
const looks = {
  'registered, DRAINING as ordered': shows(ordered),
  'registered, DRAINED as ordered': shows({ ...ordered, state: 'DRAINED' }),
  'registered, DRAINED by the first call': shows(drained),
  'registered, DRAINING by the first call': shows(draining),
  'registered, to be marked gone by others': shows(foreignOrder),
  'registered, no drain': shows(null),
  'registered, deactivated only': {
    kind: 'registered',
    leader,
    agent: agent({ deactivated: true, active: false }),
  },
  recovered,
  'unreachable, as ordered': unreachable({ drain: ordered }),
  'unreachable, by the first call': unreachable({ drain: drained }),
  'unreachable, deactivated only': unreachable({ drain: null }),
  'unreachable, in service': unreachable({ drain: null, deactivated: false }),
  gone: goneNow,
  absent: absent(),
  unexplained,
  'not-read': notRead,
} satisfies Record<string, MasterSighting>;
type Look = keyof typeof looks;

const calls = {
  'second-drain': markGone().call,
  'mark-agent-gone': { by: 'mark-agent-gone' },
} satisfies Record<MarkGoneCall['by'], MarkGoneCall>;
type By = MarkGoneCall['by'];

/** Events as the table writes them: a type, or `ended KIND`, `waiting CODE`, `waiting CODE!` when it is told. */
function inShort(events: MarkGoneEvent[]): string {
  const words = events.map((event) => {
    if (event.type === 'ended') return `ended ${event.end.kind}`;
    return event.type === 'waiting' ? `waiting ${event.cause.code}${event.tell ? '!' : ''}` : event.type;
  });
  return words.join(', ') || '-';
}

function observed(state: MarkGoneState, seconds: number, seen: MasterSighting, over: Partial<MarkGone> = {}) {
  return observeMarkGone(markGone({ state, ...over }), seen, at(seconds));
}

type Cell = string | Record<By, string>;
const silent = Object.fromEntries(Object.keys(looks).map((name) => [name, '-'])) as Record<Look, Cell>;
const waits = (cause: GoneCause['code']) => ({
  'second-drain': 'ended superseded',
  'mark-agent-gone': `waiting ${cause}`,
});

/** Status × look, 90 s after the call; a cell with rows goes by which call it was. */
const table: Record<MarkGoneState['status'], Record<Look, Cell>> = {
  calling: silent,
  checking: {
    'registered, DRAINING as ordered': { 'second-drain': 'effect-seen', 'mark-agent-gone': 'no-effect-seen' },
    'registered, DRAINED as ordered': { 'second-drain': 'effect-seen', 'mark-agent-gone': 'no-effect-seen' },
    'registered, DRAINED by the first call': 'no-effect-seen',
    'registered, DRAINING by the first call': 'no-effect-seen',
    'registered, to be marked gone by others': 'no-effect-seen',
    'registered, no drain': 'no-effect-seen',
    'registered, deactivated only': 'no-effect-seen',
    recovered: 'waiting recovering',
    'unreachable, as ordered': { 'second-drain': 'effect-seen', 'mark-agent-gone': 'no-effect-seen' },
    'unreachable, by the first call': 'no-effect-seen',
    'unreachable, deactivated only': 'no-effect-seen',
    'unreachable, in service': 'no-effect-seen',
    gone: 'ended gone',
    absent: 'waiting listed-nowhere',
    unexplained: 'waiting not-listed',
    'not-read': 'waiting master-silent',
  },
  confirming: {
    'registered, DRAINING as ordered': 'waiting still-there',
    'registered, DRAINED as ordered': 'waiting still-there',
    'registered, DRAINED by the first call': waits('still-there'),
    'registered, DRAINING by the first call': waits('still-there'),
    'registered, to be marked gone by others': waits('still-there'),
    'registered, no drain': waits('still-there'),
    'registered, deactivated only': waits('still-there'),
    recovered: 'waiting recovering',
    'unreachable, as ordered': 'waiting unreachable',
    'unreachable, by the first call': waits('unreachable'),
    'unreachable, deactivated only': waits('unreachable'),
    'unreachable, in service': waits('unreachable'),
    gone: 'ended gone',
    absent: 'waiting listed-nowhere',
    unexplained: 'waiting not-listed',
    'not-read': 'waiting master-silent',
  },
  ended: silent,
};

const cells = Object.entries(table).flatMap(([status, row]) =>
  Object.entries(row).flatMap(([look, cell]) =>
    (Object.keys(calls) as By[]).map(
      (by) => [status, by, look, typeof cell === 'string' ? cell : cell[by]] as const,
    ),
  ),
);

describe('a look at an agent that is being marked gone', () => {
  it.each(cells)('while %s by %s: %s → %s', (status, by, look, meaning) => {
    const state = markGoneStates[status as MarkGoneState['status']];
    expect(inShort(observed(state, 390, looks[look as Look], { call: calls[by] }))).toBe(meaning);
  });

  it('has a cell for every kind of look', () => {
    const kinds: Record<MasterSighting['kind'], true> = {
      registered: true,
      recovered: true,
      unreachable: true,
      gone: true,
      absent: true,
      unexplained: true,
      'not-read': true,
    };
    expect([...new Set(Object.values(looks).map(({ kind }) => kind))].sort()).toEqual(
      Object.keys(kinds).sort(),
    );
  });

  it('is proven by the registry’s own word, with its own hour', () => {
    expect(observed(markGoneStates.confirming, 390, goneNow)).toEqual([
      { type: 'ended', at: at(390), end: { kind: 'gone', goneAt: at(302) } },
    ]);
  });

  it.each(['calling', 'checking', 'confirming', 'ended'] as const)(
    'is never proven by an absence, however often it is seen, while %s',
    (status) => {
      for (const seen of [absent(), absent(otherLeader), unexplained]) {
        let now = markGone({ state: markGoneStates[status] });
        for (let seconds = 310; seconds < 310 + 8 * 86_400; seconds += 1_800) {
          const events = observeMarkGone(now, seen, at(seconds));
          expect(inShort(events)).not.toMatch(/gone|not-applied|superseded/);
          now = events.reduce(evolveMarkGone, now);
        }
      }
    },
  );

  it('knows its own order by its grace', () => {
    const call = { ...calls['second-drain'], maxGrace: null };
    const none = shows({ ...ordered, maxGraceNs: null });
    expect(inShort(observed(markGoneStates.checking, 310, none, { call }))).toBe('effect-seen');
    expect(inShort(observed(markGoneStates.checking, 310, none))).toBe('-');
    expect(inShort(observed(markGoneStates.checking, 310, shows(ordered), { call }))).toBe('-');
  });

  it.each([
    ['another drain', looks['registered, to be marked gone by others'], foreignOrder],
    ['its first call', looks['registered, DRAINED by the first call'], drained],
    ['deactivated', looks['registered, deactivated only'], 'deactivated'],
    ['in service', looks['registered, no drain'], 'in service'],
    ['deactivated, away', looks['unreachable, deactivated only'], 'deactivated'],
    ['in service, away', looks['unreachable, in service'], 'in service'],
  ])('says what is there in the place of its order: %s', (_, seen, shown) => {
    expect(observed(markGoneStates.confirming, 390, seen)).toEqual([
      { type: 'ended', at: at(390), end: { kind: 'superseded', shown } },
    ]);
  });

  it.each<[string, MasterSighting, GoneCause]>([
    ['a drain', shows(ordered), { code: 'still-there', shown: ordered }],
    ['away', unreachable({ drain: ordered }), { code: 'unreachable', since: at(10) }],
    ['unexplained', unexplained, { code: 'not-listed', why: 'the registry answers 403' }],
    ['not read', notRead, { code: 'master-silent', why: 'no master answers' }],
  ])('says why it is not proven yet: %s', (_, seen, cause) => {
    expect(observed(markGoneStates.confirming, 390, seen)).toEqual([
      { type: 'waiting', at: at(390), cause, tell: false },
    ]);
  });

  it('says that an agent is there without a drain', () => {
    expect(
      observed(markGoneStates.confirming, 390, shows(null), { call: calls['mark-agent-gone'] }),
    ).toMatchObject([{ cause: { code: 'still-there', shown: 'no drain' } }]);
  });
});

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
