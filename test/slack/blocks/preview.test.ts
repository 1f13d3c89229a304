import { describe, expect, it } from '@jest/globals';
import { agentId as agentIdOf, approvalId, drainId, frameworkId, seconds } from '../../../src/domain/ids.ts';
import type { OpenWork } from '../../../src/domain/preview/open-work.ts';
import type { RoomElsewhere } from '../../../src/domain/preview/room.ts';
import type { Spread } from '../../../src/domain/preview/spread.ts';
import type { Beyond, Preview } from '../../../src/domain/preview.ts';
import { previewInShort } from '../../../src/slack/blocks/drains/preview.ts';
import { render } from '../../../src/slack/blocks/render.ts';
import { layout } from '../../../src/slack/blocks/text/limits.ts';
import { agent, at, frameworkFacts, known, noon, preview, previewTask } from '../../support/samples.ts';

/** As Slack shows it to whoever is in UTC. */
const read = (text: string) => text.replace(/<!date\^[^|]*\|([^>]*)>/g, '$1');
const told = (over: Partial<Preview> = {}) =>
  read(render({ kind: 'preview', preview: preview(over), dryRun: false, file: false }).text);
const inShort = (over: Partial<Preview> = {}) => read(layout(previewInShort(preview(over))).text);
const lines = (over: Partial<Preview>, pattern: RegExp) =>
  told(over)
    .split('\n')
    .filter((line) => pattern.test(line));

function beyond(over: Partial<Beyond> = {}): Beyond {
  return { spread: [], room: null, work: [], ...over };
}

function thin(framework: string, names: [string, number, number][]): Spread {
  const told = names.map(([name, here, elsewhere]) => ({ name, here, elsewhere }));
  return { framework, name: framework, thin: { known: true, value: { told: 'names', names: told } } };
}

function groups(...tasks: Parameters<typeof previewTask>[0][]): Preview['groups'] {
  return { known: true, value: [{ framework: frameworkFacts(), tasks: tasks.map(previewTask) }] };
}

const enough: RoomElsewhere = {
  asOf: at(-120),
  agents: 5,
  uncounted: 0,
  free: { cpus: 12, mem: 30_720, disk: 0, gpus: 0 },
  needed: { cpus: 4, mem: 8_192, disk: 0, gpus: 0 },
  misfits: null,
};

const drainOf4: OpenWork = {
  work: { what: 'drain', drain: drainId(15), way: 'drain' },
  agentId: agentIdOf('x-S4'),
  hostname: 'agent4.example',
  sameAgent: false,
  rack: null,
  frameworks: [],
  permalink: 'https://slack.example/p15',
};

describe('the verdict of a preview', () => {
  const cron = thin('chronos', [['billing-cron', 1, 0]]);
  it.each<[string, Partial<Preview>, string]>([
    ['how many tasks, and when they end', {}, '1 task of 1 framework, ends by about 12:00 UTC.'],
    [
      'the only instance of something',
      { beyond: beyond({ spread: [cron] }) },
      '1 task of 1 framework, ends by about 12:00 UTC; *the only instance of `billing-cron` runs here*.',
    ],
    [
      'several of those, and what loses most of itself',
      {
        beyond: beyond({
          spread: [
            cron,
            thin('marathon', [
              ['api', 1, 0],
              ['web', 3, 1],
            ]),
          ],
        }),
      },
      '1 task of 1 framework, ends by about 12:00 UTC; *the only instances of `billing-cron` and `api` run here*; *most of `web` runs here*.',
    ],
    [
      'that there may be more than it may see',
      { unlisted: { cpus: 8, mem: 4_096 } },
      '1 task of 1 framework, perhaps more, ends by about 12:00 UTC.',
    ],
    [
      'that it will hang',
      {
        groups: {
          known: true,
          value: [{ framework: frameworkFacts({ connected: false }), tasks: [previewTask()] }],
        },
      },
      '1 task of 1 framework, ends by about 12:00 UTC; *it hangs while marathon is disconnected*.',
    ],
    [
      'that the master will refuse',
      { scheduled: { known: true, value: 'agent3' }, groups: { known: true, value: [] }, expectedEnd: null },
      'no tasks run on it; *the master will refuse: it is scheduled for maintenance*.',
    ],
    [
      'no end of a drain that is under way',
      {
        subject: {
          kind: 'registered',
          agent: agent({ drain: { state: 'DRAINING', maxGraceNs: null, markGone: false } }),
        },
      },
      '1 task of 1 framework.',
    ],
  ])('says %s', (_, over, line) => {
    expect(told(over).split('\n')[1]).toBe(line);
    expect(inShort(over).split('\n')[0]).toBe(`*At the start:* ${line.slice(0, -1)}`);
  });
});

describe('what a preview says of what it may not see', () => {
  it('is how much is in use beyond the listed tasks', () => {
    expect(lines({ unlisted: { cpus: 8, mem: 4_096 } }, /all tasks/)).toEqual([
      "• *Mind:* Whether these are all tasks is not known: the master shows 8 CPUs, 4 GB memory more in use than they take. Executors use that, or tasks that the bot's permissions hide.",
    ]);
    expect(lines({ unlisted: { cpus: 0, mem: 0.5 } }, /all tasks/)).toHaveLength(1);
    expect(lines({}, /all tasks|perhaps/)).toEqual([]);
  });
});

describe('what a preview says of grace', () => {
  const maxGrace = seconds(600);
  it('says where a max grace period raises the grace of tasks that have none', () => {
    const raised = { graceSeconds: 600, graceFrom: 'raised', executor: null } as const;
    expect(lines({ maxGrace, groups: groups(raised, raised) }, /raises/)).toEqual([
      "*Mind:* the max grace period raises the grace of 2 tasks without a kill policy: 10 min instead of their executor's 3 s.",
    ]);
  });

  it('says that the default command executor ignores it, with the time that tasks then take', () => {
    const cut = { graceSeconds: 600, graceFrom: 'max-grace', ownGraceSeconds: 900 } as const;
    expect(lines({ maxGrace, groups: groups(cut) }, /estimate/)).toEqual([
      "The end is an estimate: Mesos's default (libprocess) command executor ignores a max grace period. Unless the agent runs with `--http_command_executor`, 1 task may take its own 15 min instead.",
    ]);
  });

  it('says that custom executors decide for themselves', () => {
    expect(lines({ groups: groups({ executor: 'own' }) }, /estimate/)).toEqual([
      "The end is an estimate: 1 task runs in executors of the frameworks' own, and a custom executor decides by itself how long a task takes to end.",
    ]);
  });

  it.each<[string, Partial<Preview>]>([
    ['no max grace period is given, and Mesos itself ends the tasks', {}],
    ['the max grace period changes nothing', { maxGrace, groups: groups({ graceFrom: 'kill-policy' }) }],
    ['an older bot looked', { groups: groups({ executor: null }) }],
  ])('says nothing of that where %s', (_, over) => {
    expect(lines(over, /estimate|raises/)).toEqual([]);
  });
});

describe('what a preview says of the rest of the cluster', () => {
  it('tells names of a framework with what runs elsewhere, and cuts with a count', () => {
    const names: [string, number, number][] = [
      ['cron', 1, 0],
      ['web', 3, 1],
      ['api', 2, 0],
      ['x', 1, 0],
      ['y', 1, 0],
    ];
    expect(lines({ beyond: beyond({ spread: [thin('marathon', names)] }) }, /this ends/)).toEqual([
      '• *Mind:* Of marathon, this ends the only running instance of `cron`, 3 of the 4 instances of `web`, all 2 instances of `api` and 2 more.',
    ]);
  });

  it('says which frameworks are not judged, and why', () => {
    const unknown = (name: string): Spread => ({
      framework: name,
      name,
      thin: { known: false, why: 'it has more than 5000 tasks' },
    });
    const unique: Spread = {
      framework: 'spark',
      name: 'spark',
      thin: { known: true, value: { told: 'unique-names' } },
    };
    const text = told({ beyond: beyond({ spread: [unknown('a'), unknown('b'), unique] }) });
    expect(text).toContain(
      'Whether the tasks of a and b run elsewhere too is not known: it has more than 5000 tasks.',
    );
    expect(text).toContain(
      "spark names each task differently: whether others of its kind run elsewhere can't be told by names.",
    );
  });

  it.each<[string, Beyond['room'], RegExp]>([
    [
      'there is room',
      { known: true, value: enough },
      /^Elsewhere there is room, by amounts: 4 CPUs, 8 GB memory needed, 12 CPUs, 30 GB memory free on 5 other active agents, as of 11:58 UTC; roles, attributes and ports not looked at\.$/m,
    ],
    [
      'there is too little',
      { known: true, value: { ...enough, uncounted: 1, free: { ...enough.free, cpus: 3 } } },
      /^• \*Mind:\* The rest of the cluster has too little CPU: 4 CPUs, .* needed, 3 CPUs, .* \(of 1 more it is not known\)/m,
    ],
    [
      'no agent fits the largest task',
      {
        known: true,
        value: {
          ...enough,
          misfits: { count: 2, largest: { name: 'big', needs: { cpus: 8, mem: 0, disk: 0, gpus: 2 } } },
        },
      },
      /^• \*Mind:\* No other agent has room for `big` \(8 CPUs, 2 GPUs\), nor for 1 smaller task of these \(as of 11:58 UTC\)\.$/m,
    ],
    [
      'nobody knows',
      { known: false, why: 'x' },
      /^• \*Mind:\* Whether the rest of the cluster has room is not known: x\.$/m,
    ],
  ])('says whether %s', (_, room, line) => {
    expect(told({ beyond: beyond({ room }) })).toMatch(line);
  });

  it.each<[string, Partial<OpenWork>, string]>([
    [
      'a drain in the rack',
      { rack: 'r12' },
      'Drain <https://slack.example/p15|d15> of agent4.example (S4) is open: in the same rack (r12).',
    ],
    [
      'one of the same framework',
      { frameworks: ['marathon'] },
      'Drain <https://slack.example/p15|d15> of agent4.example (S4) is open: marathon had tasks there too.',
    ],
    [
      'one that is over',
      { work: { what: 'drained', drain: drainId(4), way: 'deactivate' }, rack: 'r12', permalink: null },
      'Deactivation d4 keeps agent4.example (S4) out of service: in the same rack (r12).',
    ],
    [
      'a question',
      { work: { what: 'approval', approval: approvalId(9) }, sameAgent: true, permalink: null },
      'Question a9 about this agent waits for a second person.',
    ],
    [
      'a mark gone',
      { work: { what: 'mark-gone' }, sameAgent: true },
      'this agent is being <https://slack.example/p15|marked gone>.',
    ],
    [
      'a return',
      { work: { what: 'reactivation' }, rack: 'r12' },
      'agent4.example (S4) is being <https://slack.example/p15|reactivated>: in the same rack (r12).',
    ],
  ])('names %s, with the way to its thread', (_, over, line) => {
    expect(told({ beyond: beyond({ work: [{ ...drainOf4, ...over }] }) })).toContain(`*Mind:* ${line}`);
  });

  it('links the drain that is open on this agent, once', () => {
    const work = [{ ...drainOf4, sameAgent: true }];
    const text = told({ openDrain: drainId(15), beyond: beyond({ work }) });
    expect(text.match(/slack\.example\/p15/g)).toHaveLength(1);
    expect(text).toContain('Drain <https://slack.example/p15|d15> is open on this agent already.');
  });
});

describe('what a preview says of the maintenance schedule', () => {
  const drained = { state: 'DRAINED', maxGraceNs: null, markGone: false } as const;
  const away = (state: 'unreachable' | 'recovered' | 'absent'): Preview['subject'] => ({
    kind: 'away',
    known: known(),
    state,
    since: null,
  });
  const look = '`/mesos maintenance status agent3.example` tells what is planned';
  const erased =
    'Once the maintenance starts, the master removes the agent and forgets its drain or deactivation: it comes back active';
  const noOther = `: the master takes no other drain of it. ${erased}; ${look}.`;
  const takes = `, and its agent is away: the master takes a drain all the same. ${erased}; ${look}.`;

  it.each<[string, Partial<Preview>, string]>([
    [
      'an agent in service',
      {},
      `: the master will refuse to drain it. \`/mesos maintenance clear agent3.example\` takes it out; ${look}.`,
    ],
    ['a drained one', { subject: { kind: 'registered', agent: agent({ drain: drained }) } }, noOther],
    ['a deactivated one', { subject: { kind: 'registered', agent: agent({ deactivated: true }) } }, noOther],
    ['an unreachable one', { subject: away('unreachable') }, takes],
    ['a recovered one', { subject: away('recovered') }, takes],
    ['one that nobody lists', { subject: away('absent') }, `: ${look}.`],
  ])('is what the master makes of it: of %s', (_, over, words) => {
    const scheduled = { known: true, value: 'agent3.example (10.0.0.3)' } as const;
    expect(lines({ ...over, scheduled }, /^• \*Mind:\* The machine is in the maintenance schedule/)).toEqual([
      `• *Mind:* The machine is in the maintenance schedule (agent3.example (10.0.0.3))${words}`,
    ]);
    const alarm = '*the master will refuse: it is scheduled for maintenance*';
    expect(told({ ...over, scheduled }).includes(alarm)).toBe(over.subject?.kind !== 'away');
  });
});

describe('a preview that a message cuts', () => {
  const long = groups(...['a', 'b', 'c', 'd', 'e'].map((name) => ({ name })));
  const inThread = 'The whole lists are in a file in the thread.';
  it.each<[string, Partial<Preview>, boolean]>([
    ['is cut', { groups: long, beyond: beyond() }, true],
    ['is whole', { beyond: beyond() }, false],
    ['is of an older bot, which sent no file', { groups: long, beyond: null }, false],
  ])('names the file in its thread where it %s', (_, over, named) => {
    expect(inShort(over).includes(inThread)).toBe(named);
    expect(told(over)).not.toContain('file');
  });
});

describe('what a preview says of frameworks', () => {
  it('names each task name once, with how many bear it', () => {
    const names = ['web', 'api', 'web', 'web'].map((name) => ({ name }));
    expect(lines({ groups: groups(...names) }, /^• marathon/)).toEqual([
      "• marathon: 4 tasks, grace 3 s (the executor's default); web (×3) and api",
    ]);
  });

  it('says how long a disconnected one may hold the drain up', () => {
    const framework = frameworkFacts({ connected: false, failoverTimeoutSeconds: 604_800 });
    const value = [{ framework, tasks: [previewTask()] }];
    expect(lines({ groups: { known: true, value } }, /disconnected now/)).toEqual([
      '• *Mind:* Framework marathon is disconnected now: it acknowledges nothing, so the drain hangs until it is back, or until its failover timeout of 7 days has passed and the master gives it up.',
    ]);
  });

  it('does not know of one that the master does not list whether it is connected', () => {
    const framework = { id: frameworkId('f-2'), name: null, why: 'the bot may not see it' };
    const value = [{ framework, tasks: [previewTask()] }];
    expect(told({ groups: { known: true, value }, at: noon })).toContain(
      'Whether `f-2` is connected is not known: the bot may not see it.',
    );
  });
});
