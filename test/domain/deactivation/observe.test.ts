import { describe, expect, it } from '@jest/globals';
import type { AgentSighting, MasterSighting } from '../../../src/domain/agent.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import type { DrainState } from '../../../src/domain/drain.ts';
import {
  agent,
  asked,
  at,
  drain,
  inDraining,
  leader,
  newerAgent,
  notAsked,
  otherLeader,
  shows,
  sighting,
  states,
} from '../../support/samples.ts';
import { agents, type Cell, inShort, type Look, looks, names } from '../drain/looks.ts';

/** The master counts something of it as in use. */
const inUse = looks['registered, deactivated only'];
const deactivated: MasterSighting = {
  kind: 'registered',
  leader,
  agent: agent({ deactivated: true, active: false, used: { cpus: 0, mem: 0, disk: 0, gpus: 0 } }),
};

/** Followed since noon; 4 tasks were left at the first look, and that is noted. */
const kept = inDraining({
  waiting: {
    cause: {
      code: 'tasks-kept',
      tasks: 4,
      owners: [
        {
          id: '36693d5a-0000',
          name: '36693d5a-0000',
          connected: null,
          tasks: 4,
          named: ['web', 'web', 'web'],
        },
      ],
      others: 0,
    },
    since: at(80),
    toldAt: null,
  },
  progress: { left: 4, quarter: 0, movedAt: at(80) },
});

function deactivation(state: DrainState) {
  return drain({ way: 'deactivate', maxGrace: null, expectedEnd: null, state });
}

function seen(
  state: DrainState,
  master: MasterSighting,
  own: AgentSighting = asked(4),
  seconds = 90,
): string[] {
  return inShort(observe(deactivation(state), sighting(seconds, master, own), null));
}

/** status × look, 90 s after the intent, with no half proof. `-`: nothing happened. Whatever drain shows is another's. */
const table: Record<'calling' | 'checking' | 'draining' | 'drained' | 'ended', Record<Look, Cell>> = {
  calling: all('-'),
  ended: all('-'),
  checking: {
    ...all('ended superseded'),
    'registered, no drain': 'no-effect-seen',
    'registered, deactivated only': 'effect-seen',
    recovered: 'waiting recovering',
    'unreachable, no drain': 'no-effect-seen',
    'unreachable, deactivated only': 'effect-seen',
    gone: 'ended gone',
    absent: 'no-effect-seen',
    unexplained: 'waiting not-listed',
    'not-read': 'waiting master-silent',
  },
  draining: {
    ...all('ended superseded'),
    'registered, no drain': 'ended reactivated',
    'registered, deactivated only': {
      busy: '-',
      empty: 'progressed, waiting not-known',
      'not asked': 'waiting not-known',
    },
    recovered: 'waiting recovering',
    'unreachable, no drain': 'ended reactivated',
    'unreachable, deactivated only': 'waiting unreachable!',
    gone: 'ended gone',
    absent: 'absent-seen',
    unexplained: 'waiting not-listed!',
    'not-read': 'waiting master-silent',
  },
  drained: {
    ...all('ended superseded'),
    'registered, no drain': 'ended reactivated',
    'registered, deactivated only': '-',
    recovered: '-',
    'unreachable, no drain': 'ended reactivated',
    'unreachable, deactivated only': '-',
    gone: 'ended gone',
    absent: 'absent-seen',
    unexplained: '-',
    'not-read': '-',
  },
};

function all(cell: Cell): Record<Look, Cell> {
  return Object.fromEntries(names(looks).map((look) => [look, cell])) as Record<Look, Cell>;
}

const cells = names(table).flatMap((status) =>
  names(looks).flatMap((look) =>
    names(agents).map((own) => {
      const cell = table[status][look];
      return [status, look, own, typeof cell === 'string' ? cell : cell[own]] as const;
    }),
  ),
);

describe('a deactivation', () => {
  it.each(cells)('in %s, seen as %s, the agent %s: %s', (status, look, own, means) => {
    const state = status === 'draining' ? kept : states[status];
    expect(seen(state, looks[look], agents[own]).join(', ') || '-').toBe(means);
  });
});

describe('that a deactivated agent holds nothing', () => {
  const once = { ...kept, firstDrained: { leader, at: at(89) } };

  it('is proven by two reads of one leader a second apart, and the agent’s word in both', () => {
    const [event] = observe(deactivation(once), sighting(90, deactivated, asked(0)), null);
    expect(event).toMatchObject({
      type: 'drained',
      proof: { by: 'master-and-agent', checked: { leader, first: at(89), second: at(90) } },
    });
  });

  it.each<[string, MasterSighting, AgentSighting, number, string[]]>([
    ['a read too soon after the first', deactivated, asked(0), 89.5, []],
    [
      'another leader',
      { ...deactivated, leader: otherLeader } as MasterSighting,
      asked(0),
      90,
      ['drained-seen'],
    ],
    ['a task that came up again', deactivated, asked(4), 90, ['drained-unseen']],
    [
      'an executor that runs on',
      deactivated,
      asked(0, { executors: 1 }),
      90,
      ['drained-unseen', 'progressed', 'waiting executors-left'],
    ],
    [
      'an operation',
      deactivated,
      asked(0, { pendingOperations: 1 }),
      90,
      ['drained-unseen', 'progressed', 'waiting operations-pending'],
    ],
    [
      'a queued task',
      deactivated,
      asked(0, { queued: 1 }),
      90,
      ['drained-unseen', 'progressed', 'waiting tasks-kept'],
    ],
  ])('is not, by %s', (_, master, own, seconds, means) => {
    expect(seen(once, master, own, seconds)).toEqual(means);
  });

  it('begins with a first read of both', () => {
    expect(seen(kept, deactivated, asked(0))).toEqual(['drained-seen']);
  });

  it('is not known where the agent lists nothing and the master counts something as in use', () => {
    expect(seen(once, inUse, asked(0))).toEqual(['drained-unseen', 'progressed', 'waiting not-known']);
  });

  it('does not need the agent to have left a drain of before', () => {
    expect(seen(once, deactivated, asked(0, { draining: true }))).toEqual(['drained']);
  });

  it('is the master’s count alone only after 30 s of silence, with nothing in use', () => {
    const silent = { ...kept, waiting: null, firstDrained: { leader, at: at(60) } };
    expect(seen(silent, deactivated, notAsked, 89)).toEqual([]);
    expect(seen(silent, deactivated, notAsked, 90)).toEqual(['drained']);
    expect(seen(silent, inUse, notAsked, 90)).toEqual(['drained-unseen', 'waiting not-known']);
  });

  it('is not said of an agent that fell silent while it held tasks, before its silence is noted', () => {
    const silent = { ...kept, firstDrained: { leader, at: at(60) } };
    expect(seen(silent, deactivated, notAsked, 95)).toEqual(['waiting not-known']);
  });
});

describe('a deactivated agent whose tasks stay', () => {
  it('is told of once none has ended for two minutes, and again after an hour', () => {
    expect(seen(kept, deactivated, asked(4), 199)).toEqual([]);
    expect(seen(kept, deactivated, asked(4), 200)).toEqual(['waiting tasks-kept!']);
    const told = { ...kept, waiting: kept.waiting && { ...kept.waiting, toldAt: at(200) } };
    expect(seen(told, deactivated, asked(4), 3_799)).toEqual([]);
    expect(seen(told, deactivated, asked(4), 3_800)).toEqual(['waiting tasks-kept!']);
    expect(seen(told, deactivated, asked(3), 300)).toEqual([
      'moving-again',
      'progressed',
      'waiting tasks-kept',
    ]);
  });
});

describe('a deactivation whose fate is unknown', () => {
  const once = { ...states.checking, noEffect: { leader, at: at(89) } };

  it('was not applied, by two late reads of one leader', () => {
    expect(seen(once, shows(null))).toEqual(['ended not-applied']);
    expect(seen(states.checking, shows(null), asked(4), 59)).toEqual([]);
  });

  it('ends with the agent that is listed nowhere', () => {
    const ends = (successor: typeof newerAgent | null) =>
      inShort(observe(deactivation(once), sighting(90, looks.absent), successor));
    expect([ends(null), ends(newerAgent)]).toEqual([['ended removed'], ['ended replaced']]);
  });
});
