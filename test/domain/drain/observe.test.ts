import { describe, expect, it } from '@jest/globals';
import type { AgentSighting, MasterSighting } from '../../../src/domain/agent.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import type { DrainState } from '../../../src/domain/drain.ts';
import {
  absent,
  asked,
  at,
  drain,
  drained,
  draining,
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
import { agents, type Cell, inShort, type Look, looks, names } from './looks.ts';

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
    recovered: 'waiting recovering',
    'unreachable, ours': 'effect-seen',
    'unreachable, no drain': 'no-effect-seen',
    'unreachable, deactivated only': 'no-effect-seen',
    'unreachable, other config': 'ended superseded',
    gone: 'ended gone',
    absent: 'no-effect-seen',
    unexplained: 'waiting not-listed',
    'not-read': 'waiting master-silent',
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

  it('say whose word they rest on, and what was read', () => {
    const both = observe(drain({ state: seenAt60 }), sighting(90, shows(drained), asked(0)), null);
    const master = observe(drain({ state: seenAt60 }), sighting(90, shows(drained), notAsked), null);
    const reads = { leader, first: at(60), second: at(90) };
    const word = { pending: 0, queued: 0, launched: 0, executors: 0, pendingOperations: 0, draining: false };
    expect(both).toMatchObject([
      { leader, proof: { by: 'master-and-agent', checked: { ...reads, agent: word } } },
    ]);
    const why = 'connection refused';
    expect(master).toMatchObject([
      {
        leader,
        proof: { by: 'master-only', agentNotAsked: why, checked: { ...reads, silentSince: at(60) } },
      },
    ]);
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

describe('an agent that was out of sight', () => {
  it.each(['unreachable', 'not-listed', 'master-silent'] as const)(
    'is told to move again when it is DRAINED at the next sight (told: %s)',
    (code) => {
      const cause = code === 'unreachable' ? { code, since: at(30) } : { code, why: 'x' };
      const state = inDraining({ waiting: { cause, since: at(30), toldAt: at(30) } });
      expect(inShort(observe(drain({ state }), sighting(90, shows(drained), asked(0)), null))).toEqual([
        'moving-again',
        'drained-seen',
      ]);
    },
  );

  it.each([
    ['agent3.example', { kind: 'removed', down: { hostname: 'AGENT3.example', ip: '10.0.0.3' } }],
    ['agent4.example', { kind: 'removed' }],
  ])('is removed with the word of the registry on the machine of %s', (hostname, end) => {
    const state = inDraining({ firstAbsent: { leader, at: at(60) } });
    const down = [{ hostname: 'AGENT3.example', ip: '10.0.0.3' }];
    const [event] = observe(drain({ state, hostname }), sighting(61, { kind: 'absent', leader, down }), null);
    expect(event).toEqual({ type: 'ended', at: at(61), end });
  });

  it('is not in service yet when it was reactivated while it was away', () => {
    const seen = unreachable({ drain: null, deactivated: false });
    const [event] = observe(drain({ state: states.drained }), sighting(61, seen), null);
    expect(event).toEqual({ type: 'ended', at: at(61), end: { kind: 'reactivated', away: true } });
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
