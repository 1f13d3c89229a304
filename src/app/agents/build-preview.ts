import type {
  AgentSighting,
  KnownAgent,
  MasterSighting,
  RegisteredAgent,
  TaskFacts,
} from '../../domain/agent.ts';
import { expectedEnd, groupTasks } from '../../domain/drain/grace.ts';
import type { DrainId, Instant, Seconds } from '../../domain/ids.ts';
import { unlistedUse } from '../../domain/preview/unlisted.ts';
import type { Known, Preview, PreviewSubject } from '../../domain/preview.ts';
import { MasterFault } from '../faults.ts';
import { known } from '../known.ts';
import type { Master } from '../ports.ts';

/** What was read for a preview, beside the preview itself, for those who judge by it. */
export interface Looked {
  preview: Preview;
  sighting: Exclude<MasterSighting, { kind: 'not-read' }>;
  agent: AgentSighting;
  /** What runs there, as `preview.groups` shows it. */
  tasks: Known<TaskFacts[]>;
}

/** Reads everything afresh and says what a drain of this agent would cost. A read that failed is "not known",
 * never "none". Throws a MasterFault where the master can't even say what the agent is. */
export async function buildPreview(
  master: Master,
  subject: { chosen: KnownAgent; others: KnownAgent[] },
  asked: {
    maxGrace: Seconds | null;
    markGone: boolean;
    unattended: boolean;
    openDrain: DrainId | null;
    at: Instant;
    /** Also what an unreachable agent ran: one read of all tasks of the cluster, for a question of life and death. */
    tasksOfAway?: boolean;
  },
): Promise<Looked> {
  const { chosen } = subject;
  const sighting = await master.lookAt(chosen.agentId);
  if (sighting.kind === 'not-read') throw new MasterFault(sighting.why);
  const registered = sighting.kind === 'registered' ? sighting.agent : null;
  const address = registered?.address ?? chosen.address;
  const [agent, frameworks, scheduled, masterOperations, leader] = await Promise.all([
    registered === null || address === null
      ? ({ kind: 'not-asked', why: 'the agent is not registered now' } as const)
      : master.askAgent(chosen.agentId, address),
    known(() => master.frameworks()),
    known(() => master.scheduled({ hostname: chosen.hostname, ip: address?.ip ?? '' })),
    known(async () => (await master.pendingOperationsOf(chosen.agentId)).length),
    known(() => master.leader()),
  ]);
  const mayAskMaster = registered !== null || (asked.tasksOfAway === true && sighting.kind === 'unreachable');
  const tasks = crossChecked(
    await tasksOn(master, chosen, agent, { registered: registered !== null, mayAskMaster }),
    registered,
    agent,
  );
  const groups: Preview['groups'] = tasks.known
    ? {
        known: true,
        value: groupTasks(
          tasks.value,
          frameworks.known ? frameworks.value : [],
          asked.maxGrace,
          frameworks.known ? 'the master does not list it, or the bot may not see it' : frameworks.why,
        ),
      }
    : tasks;
  return {
    sighting,
    agent,
    tasks,
    preview: {
      cluster: master.cluster,
      at: asked.at,
      subject: subjectOf(sighting, chosen),
      maxGrace: asked.maxGrace,
      markGone: asked.markGone,
      unattended: asked.unattended,
      agentNotAsked: agent.kind === 'not-asked' ? agent.why : null,
      groups,
      unlisted: tasks.known && registered !== null ? unlistedUse(tasks.value, registered.used) : null,
      expectedEnd: groups.known ? expectedEnd(groups.value, asked.at) : null,
      scheduled,
      pendingOperations:
        agent.kind === 'asked' ? { known: true, value: agent.operations.length } : masterOperations,
      held: heldBy(registered?.held ?? chosen.held),
      master: leader.known
        ? { known: true, value: { version: leader.value.version, canDrain: leader.value.canDrain } }
        : leader,
      openDrain: asked.openDrain,
      alsoKnownAs: subject.others.map(({ agentId, state }) => ({ agentId, state })),
      beyond: null,
    },
  };
}

/** Master and agents leave out, without a word, what the bot's principal may not see: where the master counts something as
 * in use, an empty list proves nothing (mesos-api 10.17). */
function crossChecked(
  tasks: Known<TaskFacts[]>,
  registered: RegisteredAgent | null,
  agent: AgentSighting,
): Known<TaskFacts[]> {
  if (registered === null || !tasks.known || tasks.value.length > 0) return tasks;
  // Ended, and not acknowledged yet: whoever lists those hides no tasks.
  if (agent.kind === 'asked' && agent.tasks.length > 0) return tasks;
  const { cpus, mem, gpus } = registered.used;
  if (cpus === 0 && mem === 0 && gpus === 0) return tasks;
  const lists = agent.kind === 'asked' ? 'the agent' : 'the master';
  return {
    known: false,
    why: `the master shows ${Math.round(cpus * 100) / 100} CPUs and ${Math.round(mem)} MB in use, but ${lists} lists no task: the bot's permissions may hide them, or executors without tasks use that`,
  };
}

/** The agent's own list where it can be asked; else one read of the master's, for this command only. */
async function tasksOn(
  master: Master,
  chosen: KnownAgent,
  agent: AgentSighting,
  { registered, mayAskMaster }: { registered: boolean; mayAskMaster: boolean },
): Promise<Known<TaskFacts[]>> {
  const running = (tasks: TaskFacts[]) => tasks.filter((task) => !task.terminalUnacknowledged);
  if (agent.kind === 'asked') return { known: true, value: running(agent.tasks) };
  if (!mayAskMaster) return { known: false, why: agent.why };
  const told = await known(() => master.tasksOf(chosen.agentId));
  if (!told.known) return told;
  // A master that has changed since knows nothing of the work of an agent that never came back to it.
  if (!registered && told.value.length === 0)
    return { known: false, why: 'the agent is away, and the master lists no task of it' };
  return { known: true, value: running(told.value) };
}

function heldBy(held: KnownAgent['held']): Preview['held'] {
  return held === null
    ? { known: false, why: 'the bot has never seen this agent registered' }
    : { known: true, value: held };
}

function subjectOf(sighting: Looked['sighting'], known: KnownAgent): PreviewSubject {
  switch (sighting.kind) {
    case 'registered':
      return { kind: 'registered', agent: sighting.agent };
    case 'unreachable':
      return { kind: 'away', known, state: 'unreachable', since: sighting.since };
    case 'gone':
      return { kind: 'away', known, state: 'gone', since: sighting.at };
    case 'recovered':
    case 'absent':
    case 'unexplained':
      return { kind: 'away', known, state: sighting.kind, since: null };
  }
}
