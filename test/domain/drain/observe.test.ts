import { describe, expect, it } from '@jest/globals';
import type { AgentSighting, MasterSighting } from '../../../src/domain/agent.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { isOurs } from '../../../src/domain/drain/look.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import type { DrainEvent, DrainState, Recall } from '../../../src/domain/drain.ts';
import {
  absent,
  agent,
  alice,
  asked,
  at,
  drain,
  drained,
  draining,
  foreign,
  inDraining,
  leader,
  newerAgent,
  notAsked,
  notRead,
  otherLeader,
  shows,
  sighting,
  states,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

/** Every kind of look that a master can give, by a name that the table uses. */
const looks = {
  'registered, no drain': shows(null),
  'registered, DRAINING, ours': shows(draining),
  'registered, DRAINED, ours': shows(drained),
  'registered, other config': shows(foreign),
  'registered, to be marked gone': shows({ ...draining, markGone: true }),
  'registered, deactivated only': {
    kind: 'registered',
    leader,
    agent: agent({ deactivated: true, active: false }),
  },
  recovered: { kind: 'recovered', leader },
  'unreachable, ours': unreachable(),
  'unreachable, no drain': unreachable({ drain: null, deactivated: false }),
  'unreachable, deactivated only': unreachable({ drain: null }),
  'unreachable, other config': unreachable({ drain: foreign }),
  gone: { kind: 'gone', leader, at: sighting(80, notRead).at },
  absent: absent(),
  unexplained,
  'not-read': notRead,
} satisfies Record<string, MasterSighting>;
type Look = keyof typeof looks;

const agents = { busy: asked(4), empty: asked(0), 'not asked': notAsked } satisfies Record<
  string,
  AgentSighting
>;
type Own = keyof typeof agents;

/** Events as the table writes them: a type, or `ended KIND`, `waiting CODE`, `waiting CODE!` when it is told. */
function inShort(events: DrainEvent[]): string[] {
  return events.map((event) =>
    event.type === 'ended'
      ? `ended ${event.end.kind}`
      : event.type === 'waiting'
        ? `waiting ${event.cause.code}${event.tell ? '!' : ''}`
        : event.type,
  );
}

type Cell = string | Record<Own, string>;

/** status × look (× the agent's word, where it matters), 90 s after the intent, with no half proof.
 * `-`: nothing happened. In `draining` the wait for tasks in their grace is already noted. */
const table: Record<DrainState['status'], Record<Look, Cell>> = {
  calling: {
    'registered, no drain': '-',
    'registered, DRAINING, ours': '-',
    'registered, DRAINED, ours': '-',
    'registered, other config': '-',
    'registered, to be marked gone': '-',
    'registered, deactivated only': '-',
    recovered: '-',
    'unreachable, ours': '-',
    'unreachable, no drain': '-',
    'unreachable, deactivated only': '-',
    'unreachable, other config': '-',
    gone: '-',
    absent: '-',
    unexplained: '-',
    'not-read': '-',
  },
  checking: {
    'registered, no drain': 'no-effect-seen',
    'registered, DRAINING, ours': 'effect-seen',
    'registered, DRAINED, ours': 'effect-seen',
    'registered, other config': 'ended superseded',
    'registered, to be marked gone': 'ended superseded',
    'registered, deactivated only': 'no-effect-seen',
    recovered: '-',
    'unreachable, ours': 'effect-seen',
    'unreachable, no drain': 'no-effect-seen',
    'unreachable, deactivated only': 'no-effect-seen',
    'unreachable, other config': 'ended superseded',
    gone: 'ended gone',
    absent: 'no-effect-seen',
    unexplained: '-',
    'not-read': '-',
  },
  draining: {
    'registered, no drain': 'ended reactivated',
    'registered, DRAINING, ours': {
      busy: '-',
      empty: 'progressed, waiting missed-check',
      'not asked': 'waiting not-known',
    },
    'registered, DRAINED, ours': 'drained-seen',
    'registered, other config': 'ended superseded',
    'registered, to be marked gone': 'ended superseded',
    'registered, deactivated only': 'ended superseded',
    recovered: 'waiting recovering',
    'unreachable, ours': 'waiting unreachable!',
    'unreachable, no drain': 'ended reactivated',
    'unreachable, deactivated only': 'ended superseded',
    'unreachable, other config': 'ended superseded',
    gone: 'ended gone',
    absent: 'absent-seen',
    unexplained: 'waiting not-listed!',
    'not-read': 'waiting master-silent',
  },
  drained: {
    'registered, no drain': 'ended reactivated',
    'registered, DRAINING, ours': '-',
    'registered, DRAINED, ours': '-',
    'registered, other config': 'ended superseded',
    'registered, to be marked gone': 'ended superseded',
    'registered, deactivated only': 'ended superseded',
    recovered: '-',
    'unreachable, ours': '-',
    'unreachable, no drain': 'ended reactivated',
    'unreachable, deactivated only': 'ended superseded',
    'unreachable, other config': 'ended superseded',
    gone: 'ended gone',
    absent: 'absent-seen',
    unexplained: '-',
    'not-read': '-',
  },
  ended: {
    'registered, no drain': '-',
    'registered, DRAINING, ours': '-',
    'registered, DRAINED, ours': '-',
    'registered, other config': '-',
    'registered, to be marked gone': '-',
    'registered, deactivated only': '-',
    recovered: '-',
    'unreachable, ours': '-',
    'unreachable, no drain': '-',
    'unreachable, deactivated only': '-',
    'unreachable, other config': '-',
    gone: '-',
    absent: '-',
    unexplained: '-',
    'not-read': '-',
  },
};

const names = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[];

const cells = names(table).flatMap((status) =>
  names(table[status]).flatMap((look) =>
    names(agents).map((own) => {
      const cell = table[status][look];
      return [status, look, own, typeof cell === 'string' ? cell : cell[own]] as const;
    }),
  ),
);

describe('observe', () => {
  it.each(cells)('takes a %s drain, seen as %s with the agent %s, for: %s', (status, look, own, expected) => {
    const events = observe(drain({ state: states[status] }), sighting(90, looks[look], agents[own]), null);
    expect(inShort(events).join(', ') || '-').toBe(expected);
  });

  it('has a cell for every status, every kind of look and every word of the agent', () => {
    const crossed = names(states).flatMap((status) =>
      names(looks).flatMap((look) => names(agents).map((own) => `${status} | ${look} | ${own}`)),
    );
    expect(cells.map(([status, look, own]) => `${status} | ${look} | ${own}`).sort()).toEqual(crossed.sort());
    const kinds: Record<MasterSighting['kind'], true> = {
      registered: true,
      recovered: true,
      unreachable: true,
      gone: true,
      absent: true,
      unexplained: true,
      'not-read': true,
    };
    expect(new Set(Object.values(looks).map(({ kind }) => kind))).toEqual(new Set(names(kinds)));
  });
});

describe('the two reads that prove DRAINED', () => {
  const seenAt60 = inDraining({ firstDrained: { leader, at: sighting(60, notRead).at } });

  it.each<[string, number, MasterSighting, AgentSighting, string]>([
    ['one leader, 1 s apart, and an empty agent', 61, shows(drained), asked(0), 'drained'],
    ['one leader, less than 1 s apart', 60.999, shows(drained), asked(0), '-'],
    ['two leaders', 90, shows(drained, otherLeader), asked(0), 'drained-seen'],
    ['a read of DRAINING between', 61, shows(draining), asked(4), 'drained-unseen'],
    [
      'a read of DRAINING between, and fewer tasks',
      61,
      shows(draining),
      asked(2),
      'drained-unseen, progressed, waiting tasks-in-grace',
    ],
    [
      'an agent with an executor left',
      61,
      shows(drained),
      asked(0, { executors: 1 }),
      'waiting agent-still-busy',
    ],
    ['an agent with a task left', 61, shows(drained), asked(1), 'waiting agent-still-busy'],
    ['an agent with a queued task', 61, shows(drained), asked(0, { queued: 1 }), 'waiting agent-still-busy'],
    [
      'an agent with a pending task',
      61,
      shows(drained),
      asked(0, { pending: 1 }),
      'waiting agent-still-busy',
    ],
    [
      'an agent with a pending operation',
      61,
      shows(drained),
      asked(0, { pendingOperations: 1 }),
      'waiting agent-still-busy',
    ],
    [
      'an agent that still drains itself',
      61,
      shows(drained),
      asked(0, { draining: true }),
      'waiting agent-still-busy',
    ],
    ['an agent that has been silent for less than 30 s', 89.999, shows(drained), notAsked, '-'],
    ['an agent that has been silent for 30 s', 90, shows(drained), notAsked, 'drained'],
  ])('with %s', (_, seconds, master, own, expected) => {
    const events = observe(drain({ state: seenAt60 }), sighting(seconds, master, own), null);
    expect(inShort(events).join(', ') || '-').toBe(expected);
  });

  it('say whose word they rest on', () => {
    const both = observe(drain({ state: seenAt60 }), sighting(90, shows(drained), asked(0)), null);
    const master = observe(drain({ state: seenAt60 }), sighting(90, shows(drained), notAsked), null);
    expect(both).toMatchObject([{ leader, proof: { by: 'master-and-agent' } }]);
    expect(master).toMatchObject([
      { leader, proof: { by: 'master-only', agentNotAsked: 'connection refused' } },
    ]);
  });
});

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
    ['waits while the agent is only recovered', noEffectAt60, 90, { kind: 'recovered', leader }, '-'],
  ])('%s', (_, state, seconds, master, expected) => {
    const events = observe(drain({ state }), sighting(seconds, master), null);
    expect(inShort(events).join(', ') || '-').toBe(expected);
  });
});

describe('an agent that is listed nowhere', () => {
  const absentAt60 = { leader, at: sighting(60, notRead).at };
  const open = inDraining({ firstAbsent: absentAt60 });
  const outOfService: DrainState = { ...states.drained, firstAbsent: absentAt60 };

  it.each<[string, DrainState, number, MasterSighting, string]>([
    ['is removed after two reads of one leader', open, 61, absent(), 'ended removed'],
    ['is removed after two reads when drained before', outOfService, 61, absent(), 'ended removed'],
    ['needs a second between the reads', open, 60.5, absent(), '-'],
    ['needs one leader for both', open, 90, absent(otherLeader), 'absent-seen'],
    ['is told to be listed again', open, 90, shows(draining), 'listed-again'],
    [
      'is told to be listed again when it is recovered',
      open,
      90,
      { kind: 'recovered', leader },
      'listed-again, waiting recovering',
    ],
    ['is told to be listed again when drained before', outOfService, 90, unreachable(), 'listed-again'],
    ['is not back because the master is silent', outOfService, 90, notRead, '-'],
    ['is not back because the registry is silent', outOfService, 90, unexplained, '-'],
  ])('%s', (_, state, seconds, master, expected) => {
    const events = observe(drain({ state }), sighting(seconds, master), null);
    expect(inShort(events).join(', ') || '-').toBe(expected);
  });

  it.each([
    ['draining', open],
    ['drained', outOfService],
  ] as const)('was replaced where its host has a new agent (%s)', (_, state) => {
    const [event] = observe(drain({ state }), sighting(61, absent()), newerAgent);
    expect(event).toMatchObject({ type: 'ended', end: { kind: 'replaced', by: newerAgent } });
  });
});

describe('progress', () => {
  it.each([
    [8, 7, 0],
    [8, 6, 1],
    [8, 4, 2],
    [8, 2, 3],
    [8, 0, 3],
    [3, 1, 2],
    [null, 3, 0],
    [2, 5, 0],
  ])('of %s tasks with %d left is %d quarters', (tasksAtStart, left, quarter) => {
    const state = inDraining({ progress: { left: null, quarter: 0, movedAt: drain().intendedAt } });
    const events = observe(drain({ state, tasksAtStart }), sighting(5, shows(draining), asked(left)), null);
    expect(events).toContainEqual({ type: 'progressed', at: sighting(5, notRead).at, left, quarter });
  });

  it('takes no quarter back when the count rises', () => {
    const state = inDraining({ progress: { left: 1, quarter: 3, movedAt: drain().intendedAt } });
    const events = observe(drain({ state }), sighting(5, shows(draining), asked(3)), null);
    expect(events[0]).toMatchObject({ type: 'progressed', left: 3, quarter: 3 });
  });

  it('counts pending and queued tasks too', () => {
    const events = observe(
      drain({ state: states.draining }),
      sighting(5, shows(draining), asked(1, { pending: 1, queued: 1 })),
      null,
    );
    expect(events[0]).toMatchObject({ type: 'progressed', left: 3 });
  });
});

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

/** The config of an unattended drain, as a master shows it. */
const orders = { ...draining, markGone: true };

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
    expect(events).toEqual([{ type: 'ended', at: at(200), end: { kind: 'gone', goneAt: at(80) } }]);
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
    expect(observe(now, sighting(week - 0.001, absent(), notAsked), successor)).toEqual([]);
    expect(observe(now, sighting(week, absent(), notAsked), successor)).toEqual([
      { type: 'ended', at: at(week), end: { kind: 'lost-sight', forDays: 7 } },
    ]);
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
  const recall: Recall = { by: alice, at: at(1), status: 'confirming', noEffect: null };

  it.each([
    // Meant; shown; while it is being taken back the master may show either.
    [false, false, false, true],
    [false, true, false, false],
    [true, true, false, true],
    [true, false, false, false],
    [true, true, true, true],
    [true, false, true, true],
  ])('meant %s, shown %s, being taken back %s: %s', (markGone, shown, recalling, expected) => {
    const state = inDraining({ recall: recalling ? recall : null });
    const meant = drain({ markGone, state });
    expect(isOurs({ ...draining, markGone: shown }, meant)).toBe(expected);
    expect(isOurs({ ...foreign, markGone: shown }, meant)).toBe(false);
  });

  it('takes either for ours in no other status', () => {
    for (const state of [states.calling, states.checking, states.drained, states.ended])
      expect(isOurs(draining, drain({ markGone: true, state }))).toBe(false);
  });
});
