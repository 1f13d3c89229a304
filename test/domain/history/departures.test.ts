import { describe, expect, it } from '@jest/globals';
import type { AgentSighting, MasterSighting } from '../../../src/domain/agent.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { narrate } from '../../../src/domain/drain/narrate.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import type { Drain, DrainEvent, Waiting } from '../../../src/domain/drain.ts';
import { frameworksAtStart } from '../../../src/domain/history/departures.ts';
import type { Usual } from '../../../src/domain/history/usual.ts';
import { frameworkId } from '../../../src/domain/ids.ts';
import type { TaskGroup } from '../../../src/domain/preview.ts';
import {
  asked,
  at,
  drain,
  drained,
  draining,
  inDraining,
  inGrace,
  leader,
  notAsked,
  notRead,
  shows,
  sighting,
  task,
  unreachable,
} from '../../support/samples.ts';

const usual: Usual = { told: 'quantiles', of: 14, p50: 12, p90: 40 };
const web = { framework: 'web', name: 'marathon', usual, tasks: 2 };
const etl = { framework: 'etl', name: 'spark', usual: { told: 'nothing' } as const, tasks: 2 };
const waiting = (cause: Waiting['cause'], since: number): Waiting => ({
  cause,
  since: at(since),
  toldAt: null,
});

function following(over: Partial<Drain> = {}, state: Parameters<typeof inDraining>[0] = {}): Drain {
  const staying = ['web', 'etl'].map((framework) => ({ framework, slow: false }));
  return drain({ frameworks: [web, etl], state: inDraining({ staying, ...state }), ...over });
}

/** The agent's own word: tasks of these frameworks. */
function lists(...frameworks: string[]): AgentSighting {
  const tasks = frameworks.map((framework) => task({ framework: frameworkId(framework) }));
  return { ...asked(frameworks.length), tasks } as AgentSighting;
}

/** What a look says of frameworks, so many seconds after the start. */
function saw(from: Drain, seconds: number, agent: AgentSighting, master: MasterSighting = shows(draining)) {
  return observe(from, sighting(seconds, master, agent), null).flatMap((event) =>
    event.type === 'framework-left'
      ? [`${event.framework} left${event.unseen ? ' unseen' : ''}`]
      : event.type === 'framework-slow'
        ? [`${event.framework} slow, ${event.left} left`]
        : [],
  );
}

const sole = following(
  { frameworks: [web] },
  { staying: [{ framework: 'web', slow: false }], waiting: waiting({ code: 'not-known', why: 'x' }, 5) },
);

/** The drain, when it is looked at, what the agent and the master show, and what that says of its frameworks. */
const table: [string, Drain, number, AgentSighting, MasterSighting | undefined, string[]][] = [
  ['all are there', following(), 9, lists('web', 'web', 'etl', 'etl'), undefined, []],
  ['some tasks of each are there', following(), 9, lists('web', 'etl'), undefined, []],
  ['one has left', following(), 9, lists('etl', 'etl'), undefined, ['web left']],
  ['both have left', following(), 9, asked(0), undefined, ['web left', 'etl left']],
  [
    'both have left, and the master says DRAINED',
    following(),
    9,
    asked(0),
    shows(drained),
    ['web left', 'etl left'],
  ],
  [
    'an ended task is not acknowledged',
    following(),
    9,
    {
      ...lists('etl'),
      launched: 1,
      tasks: [
        task({ framework: frameworkId('etl') }),
        task({ framework: frameworkId('web'), terminalUnacknowledged: true }),
      ],
    } as AgentSighting,
    undefined,
    [],
  ],
  [
    'the agent counts tasks that it does not list',
    following(),
    9,
    { ...lists('etl'), launched: 2 } as AgentSighting,
    undefined,
    [],
  ],
  ['the agent can not be asked', following(), 9, notAsked, undefined, []],
  ['the agent can not be asked, and the master says DRAINED', following(), 9, notAsked, shows(drained), []],
  ['nobody can look', following(), 9, notAsked, notRead, []],
  ['it is unreachable', following(), 9, notAsked, unreachable(), []],
  ['none was followed', following({ frameworks: null }, { staying: [] }), 9, asked(0), undefined, []],
  ['another has tasks there now', following(), 9, lists('web', 'etl', 'new'), undefined, []],
  // Nine in ten took 40 s.
  ['one takes as long as before', following(), 55, lists('web', 'etl'), undefined, []],
  [
    'one takes longer, and one has no history',
    following(),
    56,
    lists('web', 'etl'),
    undefined,
    ['web slow, 1 left'],
  ],
  [
    'that was told',
    following({}, { staying: [{ framework: 'web', slow: true }] }),
    300,
    lists('web'),
    undefined,
    [],
  ],
  [
    'one that was slow has left',
    following({}, { staying: [{ framework: 'web', slow: true }] }),
    300,
    asked(0),
    undefined,
    ['web left'],
  ],
  [
    'one look before was blind',
    following({}, { waiting: waiting({ code: 'not-known', why: 'x' }, 20) }),
    25,
    asked(0),
    undefined,
    ['web left', 'etl left'],
  ],
  [
    'the looks before were blind',
    following({}, { waiting: waiting({ code: 'not-known', why: 'x' }, 20) }),
    35,
    asked(0),
    undefined,
    ['web left unseen', 'etl left unseen'],
  ],
  [
    'the master was silent before',
    following({}, { waiting: waiting({ code: 'master-silent', why: 'x' }, 20) }),
    35,
    asked(0),
    undefined,
    ['web left unseen', 'etl left unseen'],
  ],
  // All tasks are of one framework, so that the master's word is about those.
  ['the only one, whose agent can not be asked, is there', sole, 9, notAsked, undefined, []],
  [
    'the only one, whose agent can not be asked, is there for long',
    sole,
    56,
    notAsked,
    undefined,
    ['web slow, null left'],
  ],
  ['the only one, whose agent can not be asked, has left', sole, 30, notAsked, shows(drained), ['web left']],
  [
    'the only one has left, and the master was silent before',
    following(
      { frameworks: [web] },
      {
        staying: [{ framework: 'web', slow: false }],
        waiting: waiting({ code: 'master-silent', why: 'x' }, 5),
      },
    ),
    30,
    notAsked,
    shows(drained),
    ['web left unseen'],
  ],
];

describe('the frameworks of a drain, by one look', () => {
  it.each(table)('%s', (_, from, seconds, agent, master, expected) => {
    expect(saw(from, seconds, agent, master)).toEqual(expected);
  });

  it('are each told of once', () => {
    const from = following();
    const look = sighting(56, shows(draining), lists('web'));
    const then = observe(from, look, null).reduce(evolve, from);
    expect(then.state).toMatchObject({ staying: [{ framework: 'web', slow: true }] });
    expect(saw(then, 61, lists('web'))).toEqual([]);
  });
});

describe('the frameworks of a drain, as it begins', () => {
  const staying = (event: DrainEvent, from = drain({ frameworks: [web, etl] })) => {
    const { state } = evolve(from, event);
    return state.status === 'draining' ? state.staying.map(({ framework }) => framework) : null;
  };

  it('are followed where this bot began it, and not where somebody else did', () => {
    expect(staying({ type: 'call-accepted', at: at(1), master: leader })).toEqual(['web', 'etl']);
    expect(staying({ type: 'adopted', at: at(1) })).toEqual([]);
    expect(staying({ type: 'call-accepted', at: at(1), master: leader }, drain())).toEqual([]);
  });

  it('are the largest of very many, and none without tasks', () => {
    const groups = Array.from(
      { length: 30 },
      (_, n): TaskGroup =>
        ({ framework: { id: `f${n}`, name: null, why: '' }, tasks: Array(n).fill({}) }) as TaskGroup,
    );
    const followed = frameworksAtStart(groups, [{ framework: 'f29', name: null, usual }]);
    expect([followed.length, followed[0], followed.at(-1)?.framework]).toEqual([
      20,
      { framework: 'f29', name: null, usual, tasks: 29 },
      'f10',
    ]);
    expect(frameworksAtStart(groups.slice(0, 1), [])).toEqual([]);
  });
});

describe('what the log and the thread are told of them', () => {
  const narrated = (event: DrainEvent, from = following()) => narrate(from, evolve(from, event), event);

  it('is when the last task of each was gone', () => {
    expect(narrated({ type: 'framework-left', at: at(12.4), framework: 'web' })).toEqual({
      audit: {
        event: 'drain.framework-left',
        facts: { framework: 'web', name: 'marathon', tasks: 2, seconds: 12 },
      },
      say: null,
    });
  });

  it('is nothing where nobody saw when', () => {
    const left: DrainEvent = { type: 'framework-left', at: at(900), framework: 'web' };
    const after = following({}, { waiting: waiting(inGrace, 0), gap: { from: at(9), to: at(900) } });
    expect([narrated({ ...left, unseen: true }), narrated(left, after)]).toEqual([
      { audit: null, say: null },
      { audit: null, say: null },
    ]);
    // That time was over before.
    expect(narrated({ ...left, at: at(905) }, after).audit?.facts).toMatchObject({ seconds: 905 });
  });

  it('is that one takes longer than before, and what was usual', () => {
    const { audit, say } = narrated({ type: 'framework-slow', at: at(56), framework: 'web', left: 1 });
    expect(audit).toEqual({
      event: 'drain.framework-slow',
      facts: {
        framework: 'web',
        name: 'marathon',
        left: 1,
        of: 2,
        seconds: 56,
        drains: 14,
        p50: 12,
        p90: 40,
      },
    });
    expect(say).toMatchObject({
      broadcast: false,
      notice: { kind: 'framework-slow', framework: 'marathon', left: 1, of: 2, seconds: 56 },
    });
  });
});
