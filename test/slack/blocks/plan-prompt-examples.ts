import type { AskedOfPlan } from '../../../src/domain/approval/asked.ts';
import type { CoveredAgent, Covers } from '../../../src/domain/approval/covers.ts';
import type { PlanPrompt } from '../../../src/domain/approval/prompt.ts';
import { agentId, approvalId, planId, seconds } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { AgentsWork, MachinesWork } from '../../../src/domain/plan.ts';
import { approvalNews, losses, promptExample, promptFaces } from './approval-examples.ts';
import { requester } from './moments.ts';

const window = { startNs: '1785000000000000000', durationNs: '3600000000000' };
const agentsWorks: AgentsWork[] = [
  { do: 'drain', maxGrace: seconds(3) },
  { do: 'drain', maxGrace: seconds(0) },
  { do: 'drain', maxGrace: null },
  { do: 'deactivate' },
  { do: 'reactivate' },
];
const machinesWorks: MachinesWork[] = [
  { do: 'schedule', window },
  { do: 'schedule', window: { ...window, durationNs: null } },
  { do: 'clear' },
  { do: 'start', window: null, drainFirst: null },
  { do: 'start', window, drainFirst: null },
  { do: 'start', window: null, drainFirst: { maxGrace: seconds(600) } },
  { do: 'start', window, drainFirst: { maxGrace: null } },
  { do: 'stop' },
];

function agents(foreign: string, long: number): CoveredAgent[] {
  const found = losses(foreign, 2);
  return Array.from({ length: long }, (_, at) => ({
    agentId: agentId(`3669f2a1-b0f5-4f5e-9c8a-000000000000-S${at}`),
    hostname: foreign,
    address: at % 3 === 0 ? null : { ip: foreign, port: 5051 },
    loss: found[at % found.length] ?? { alive: true, held: { known: true, value: [] }, tasks: null },
    cost: {
      tasks: at % 4 === 3 ? null : at,
      frameworks: at % 4 === 3 ? null : 1,
      soleInstances: at % 2 === 0 ? null : at,
      volumes: at % 5 === 4 ? null : at % 3,
      reservations: at % 5 === 4 ? null : at % 2,
      drainShown: at % 2 === 1,
    },
  }));
}

function covering(foreign: string, long: number): Covers[] {
  const machine = { hostname: foreign, ip: foreign };
  return [
    ...agentsWorks.map((work): Covers => ({ of: 'agents', work, lines: agents(foreign, long) })),
    ...machinesWorks.map(
      (work, at): Covers => ({
        of: 'machines',
        work,
        lines: [
          { machine, agents: [] },
          ...agents(foreign, long).map((agent) => ({
            machine,
            agents: at % 2 === 0 ? [agent] : [agent, agent],
          })),
        ],
      }),
    ),
  ];
}

function does(covers: Covers): AskedOfPlan['does'] {
  return covers.of === 'agents' ? { of: covers.of, work: covers.work } : { of: covers.of, work: covers.work };
}

/** A question about plan p3, whose every foreign text is `foreign`. */
export function planPromptExample(
  foreign: string,
  covers: Covers,
  over: Partial<PlanPrompt> = {},
): PlanPrompt {
  const { agentId: _, hostname, act, drain, loss, masterWordOnly, ...base } = promptExample(foreign);
  return {
    ...base,
    of: 'plan',
    plan: planId(3),
    does: does(covers),
    hostnames: covers.lines.map((line) => ('machine' in line ? line.machine.hostname : line.hostname)),
    covers,
    because: [
      { why: 'many-agents', agents: covers.lines.length, over: 3 },
      { why: 'freeze', name: foreign, until: base.expiresAt },
    ],
    ...over,
  };
}

/** Every work, loss, cost and face, and everything that is told of such questions. */
export function planNotices(foreign: string, long: number): Notice[] {
  const all = covering(foreign, long);
  const [first, ...rest] = all;
  // Its approval may stand, for a call that comes later.
  const starts = all.filter(({ work }) => work.do === 'start' && work.drainFirst !== null).slice(0, 1);
  if (first === undefined) throw new Error('no example');
  const faces = promptFaces(foreign);
  const prompts = [
    ...all.flatMap((covers) =>
      faces.slice(0, 3).map((state) => planPromptExample(foreign, covers, { state })),
    ),
    ...faces.map((state, at) =>
      planPromptExample(foreign, rest[at % rest.length] ?? first, {
        state,
        follows: at % 2 === 0 ? approvalId(8) : null,
      }),
    ),
    ...starts.flatMap((covers) => faces.map((state) => planPromptExample(foreign, covers, { state }))),
  ];
  const abouts = [first, ...starts].map((covers) => ({
    of: 'plan' as const,
    approval: approvalId(9),
    requester,
    plan: planId(3),
    does: does(covers),
    hostnames: [foreign],
  }));
  return [
    ...prompts.map((prompt): Notice => ({ kind: 'plan-prompt', prompt })),
    ...prompts
      .slice(0, 12)
      .map((prompt): Notice => ({ kind: 'status-of-approval', line: { prompt, permalink: null } })),
    ...starts.map(
      (covers): Notice => ({
        kind: 'cancelled',
        approval: approvalId(9),
        drain: null,
        permalink: null,
        begun: does(covers),
      }),
    ),
    ...abouts.flatMap((about) =>
      approvalNews(foreign).map(
        (news): Notice => ({
          kind: 'approval',
          about,
          news: news.news === 'stands' ? { ...news, drain: null } : news,
        }),
      ),
    ),
  ];
}
