import { describe, expect, it } from '@jest/globals';
import type { AgentSighting, MasterSighting } from '../../../src/domain/agent.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import { observeReactivation } from '../../../src/domain/reactivation/observe.ts';
import type { ReactivationEvent, ReactivationState } from '../../../src/domain/reactivation.ts';
import { inConfirming, reactivation, reactivationStates } from '../../support/reactivation-samples.ts';
import {
  absent,
  agent,
  asked,
  at,
  drained,
  draining,
  leader,
  newerAgent,
  notAsked,
  notRead,
  otherLeader,
  shows,
  sighting,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

/** Every kind of look that a master can give, by a name that the table uses. */
const looks = {
  'registered, active': shows(null),
  'registered, DRAINING': shows(draining),
  'registered, DRAINED': shows(drained),
  'registered, deactivated only': {
    kind: 'registered',
    leader,
    agent: agent({ deactivated: true, active: false }),
  },
  'registered, disconnected': { kind: 'registered', leader, agent: agent({ active: false }) },
  recovered: { kind: 'recovered', leader },
  'unreachable, in service': unreachable({ drain: null, deactivated: false }),
  'unreachable, deactivated only': unreachable({ drain: null }),
  'unreachable, DRAINING': unreachable(),
  'unreachable, DRAINED': unreachable({ drain: drained }),
  gone: { kind: 'gone', leader, at: at(80) },
  absent: absent(),
  unexplained,
  'not-read': notRead,
} satisfies Record<string, MasterSighting>;
type Look = keyof typeof looks;

const agents = {
  ready: asked(0),
  'still draining': asked(0, { executors: 1, draining: true }),
  'not asked': notAsked,
} satisfies Record<string, AgentSighting>;
type Own = keyof typeof agents;

/** Events as the table writes them: a type, or `ended KIND`, `waiting CODE`, `waiting CODE!` when it is told. */
function inShort(events: ReactivationEvent[]): string {
  const words = events.map((event) => {
    if (event.type === 'ended') return `ended ${event.end.kind}`;
    return event.type === 'waiting' ? `waiting ${event.cause.code}${event.tell ? '!' : ''}` : event.type;
  });
  return words.length === 0 ? '-' : words.join(', ');
}

function observed(
  state: ReactivationState,
  seconds: number,
  master: MasterSighting,
  own: AgentSighting = asked(0),
  successor: AgentId | null = null,
) {
  return observeReactivation(reactivation({ state }), sighting(seconds, master, own), successor);
}

type Cell = string | Record<Own, string>;
const silent = Object.fromEntries(Object.keys(looks).map((name) => [name, '-'])) as Record<Look, Cell>;

/** Status × look, 90 s after the call; a cell with rows goes by the agent's own word. */
const table: Record<ReactivationState['status'], Record<Look, Cell>> = {
  calling: silent,
  checking: {
    'registered, active': 'effect-seen',
    'registered, DRAINING': 'ended taken-out-again',
    'registered, DRAINED': 'no-effect-seen',
    'registered, deactivated only': 'no-effect-seen',
    'registered, disconnected': 'effect-seen',
    recovered: 'waiting recovering',
    'unreachable, in service': 'effect-seen',
    'unreachable, deactivated only': 'no-effect-seen',
    'unreachable, DRAINING': 'ended taken-out-again',
    'unreachable, DRAINED': 'no-effect-seen',
    gone: 'ended gone',
    absent: 'no-effect-seen',
    unexplained: 'waiting not-listed',
    'not-read': 'waiting master-silent',
  },
  confirming: {
    'registered, active': {
      ready: 'ended active',
      'still draining': 'waiting agent-draining!',
      'not asked': 'waiting agent-silent',
    },
    'registered, DRAINING': 'ended taken-out-again',
    'registered, DRAINED': 'ended taken-out-again',
    'registered, deactivated only': 'ended taken-out-again',
    'registered, disconnected': 'waiting disconnected!',
    recovered: 'waiting recovering!',
    'unreachable, in service': 'waiting unreachable!',
    'unreachable, deactivated only': 'ended taken-out-again',
    'unreachable, DRAINING': 'ended taken-out-again',
    'unreachable, DRAINED': 'ended taken-out-again',
    gone: 'ended gone',
    absent: 'absent-seen',
    unexplained: 'waiting not-listed',
    'not-read': 'waiting master-silent',
  },
  ended: silent,
};

const cells = Object.entries(table).flatMap(([status, row]) =>
  Object.entries(row).flatMap(([look, cell]) =>
    (Object.keys(agents) as Own[]).map(
      (own) => [status, look, own, typeof cell === 'string' ? cell : cell[own]] as const,
    ),
  ),
);

describe('a look at a reactivated agent', () => {
  it.each(cells)('while %s: %s, the agent %s → %s', (status, look, own, meaning) => {
    const state = reactivationStates[status as ReactivationState['status']];
    expect(inShort(observed(state, 90, looks[look as Look], agents[own]))).toBe(meaning);
  });
});

describe('a call of unknown fate', () => {
  const { checking } = reactivationStates;
  const stillOut = looks['registered, DRAINED'];

  it('may still be on its way for a minute', () => {
    expect(observed(checking, 59.9, stillOut)).toEqual([]);
    expect(inShort(observed(checking, 60, stillOut))).toBe('no-effect-seen');
  });

  it.each([
    ['the same leader, a second later', leader, 61, 'ended not-applied'],
    ['the same leader, at once', leader, 60.9, '-'],
    ['another leader', otherLeader, 61, 'no-effect-seen'],
  ])('was not applied by a second read of %s: %s', (_, by, seconds, meaning) => {
    const once: ReactivationState = { ...checking, noEffect: { leader: by, at: at(60) } };
    expect(inShort(observed(once, seconds, stillOut))).toBe(meaning);
  });

  it.each([
    [null, 'ended removed'],
    [newerAgent, 'ended replaced'],
  ])('ends when the agent is listed nowhere; successor %s: %s', (successor, meaning) => {
    const once: ReactivationState = { ...checking, noEffect: { leader, at: at(60) } };
    expect(inShort(observed(once, 61, absent(), notAsked, successor))).toBe(meaning);
  });

  it('is given up after a week in which nobody could say', () => {
    const week = 7 * 86_400;
    expect(inShort(observed(checking, 30 + week - 1, unexplained))).toBe('waiting not-listed');
    expect(observed(checking, 30 + week, unexplained)).toEqual([
      { type: 'ended', at: at(30 + week), end: { kind: 'lost-sight', forDays: 7 } },
    ]);
  });
});

describe('a call of which nobody can find anything out', () => {
  const { checking } = reactivationStates;
  const silent = (toldAt: number | null) => {
    const waiting = { since: at(40), toldAt: toldAt === null ? null : at(toldAt) };
    return { ...checking, waiting: { ...waiting, cause: { code: 'master-silent' as const, why: 'x' } } };
  };

  it.each<[string, ReactivationState, number, MasterSighting, string]>([
    ['noted', checking, 40, notRead, 'waiting master-silent'],
    ['no news while that goes on', silent(null), 159, notRead, '-'],
    ['told after two minutes', silent(null), 160, notRead, 'waiting master-silent!'],
    ['not told again within the hour', silent(160), 160 + 3_599, notRead, '-'],
    ['told hourly', silent(160), 160 + 3_600, notRead, 'waiting master-silent!'],
    ['one wait, whatever hides it', silent(null), 160, looks.recovered, 'waiting recovering!'],
    ['over when its effect shows', silent(160), 300, shows(null), 'effect-seen'],
  ])('is %s', (_, state, seconds, master, meaning) => {
    expect(inShort(observed(state, seconds, master))).toBe(meaning);
  });
});

describe('the way back', () => {
  it('ends on the master’s word alone when the agent stays silent for 30 s', () => {
    const waiting = { cause: { code: 'agent-silent', why: 'x' }, since: at(10) } as const;
    const state = inConfirming({ waiting });
    expect(observed(state, 39.9, shows(null), notAsked)).toEqual([]);
    expect(observed(state, 40, shows(null), notAsked)).toEqual([
      { type: 'ended', at: at(40), end: { kind: 'active', agentNotAsked: 'connection refused' } },
    ]);
  });

  it.each([
    ['unreachable', looks['unreachable, in service']],
    ['recovering', looks.recovered],
    ['disconnected', looks['registered, disconnected']],
  ] as const)('is told to be held up once, however long: %s', (code, master) => {
    const cause = code === 'unreachable' ? { code, since: at(10) } : { code };
    const told = inConfirming({ waiting: { cause, since: at(10) }, told: [code] });
    expect(observed(told, 9_000, master)).toEqual([]);
    // Also when something else came in between.
    const again = inConfirming({
      waiting: { cause: { code: 'master-silent', why: 'x' }, since: at(20) },
      told: [code],
    });
    expect(inShort(observed(again, 30, master))).toBe(`waiting ${code}`);
  });

  it.each([
    ['master-silent', notRead],
    ['not-listed', unexplained],
  ] as const)('is told to be %s after two minutes, and once', (code, master) => {
    const waiting = { cause: { code, why: 'x' }, since: at(10) };
    expect(observed(inConfirming({ waiting }), 129, master)).toEqual([]);
    expect(inShort(observed(inConfirming({ waiting }), 130, master))).toBe(`waiting ${code}!`);
    expect(observed(inConfirming({ waiting, told: [code] }), 9_000, master)).toEqual([]);
  });

  it('is given up after a week in which nobody could say what became of the agent', () => {
    const waiting = { cause: { code: 'not-listed', why: 'x' }, since: at(10) } as const;
    const state = inConfirming({ waiting, told: ['not-listed'] });
    expect(inShort(observed(state, 10 + 7 * 86_400, unexplained))).toBe('ended lost-sight');
  });

  it.each([
    ['the same leader', leader, null, 'ended removed'],
    ['the same leader, with a successor', leader, newerAgent, 'ended replaced'],
    ['another leader', otherLeader, null, 'absent-seen'],
  ])('ends when two reads of %s list it nowhere', (_, by, successor, meaning) => {
    const once = inConfirming({ firstAbsent: { leader: by, at: at(80) } });
    expect(inShort(observed(once, 81, absent(), notAsked, successor))).toBe(meaning);
  });

  it.each([
    ['registered, active', 'listed-again, ended active'],
    ['registered, disconnected', 'listed-again, waiting disconnected!'],
    ['unreachable, in service', 'listed-again, waiting unreachable!'],
    ['recovered', 'listed-again, waiting recovering!'],
    ['unexplained', 'waiting not-listed'],
    ['not-read', 'waiting master-silent'],
  ] as const)('forgets a first absence when it is %s', (look, meaning) => {
    const once = inConfirming({ firstAbsent: { leader, at: at(80) } });
    expect(inShort(observed(once, 81, looks[look]))).toBe(meaning);
  });
});
