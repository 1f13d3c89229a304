import type { Diagnosis, FrameworkFacts, Sighting } from '../../domain/agent.ts';
import type { Drain } from '../../domain/drain.ts';
import { type AgentId, after, type Instant } from '../../domain/ids.ts';
import { MasterFault } from '../faults.ts';
import { known } from '../known.ts';
import type { Clock, Master } from '../ports.ts';

/** One look at the agent of an open drain: the master's word and the agent's own. Where the agent can't be asked,
 * `diagnose` may answer with what the master lists. Never throws for what a master or an agent does. */
export async function look(
  master: Master,
  clock: Clock,
  drain: Drain,
  diagnose: () => Promise<Diagnosis | null>,
): Promise<Sighting> {
  const seen = await master.lookAt(drain.agentId);
  const agent =
    seen.kind === 'registered'
      ? await master.askAgent(drain.agentId, seen.agent.address)
      : ({ kind: 'not-asked', why: 'it is not registered' } as const);
  const diagnosis = seen.kind === 'registered' && agent.kind === 'not-asked' ? await diagnose() : null;
  const overdue =
    drain.way === 'deactivate'
      ? asksForOwners(drain, clock.now())
      : drain.expectedEnd !== null && clock.now() > drain.expectedEnd;
  const saysDrained = seen.kind === 'registered' && seen.agent.drain?.state === 'DRAINED';
  const hasToNameThem =
    agent.kind === 'not-asked'
      ? diagnosis !== null
      : overdue ||
        agent.operations.length > 0 ||
        (saysDrained && agent.executors.length > 0) ||
        agent.tasks.some((task) => task.terminalUnacknowledged);
  const named = hasToNameThem ? await frameworksOrNone(master) : [];
  // After the reads, so that two sightings a second apart are two reads a second apart.
  return { at: clock.now(), master: seen, agent, frameworks: named, diagnosis };
}

/** The master's own word on what an agent holds, from the tasks and operations of the whole cluster. */
export async function diagnosis(
  master: Master,
  clock: Clock,
  { agentId }: Pick<Drain, 'agentId'>,
): Promise<Diagnosis> {
  const [tasks, operations] = await Promise.all([
    known(() => master.tasksOf(agentId)),
    known(() => master.pendingOperationsOf(agentId)),
  ]);
  return { at: clock.now(), tasks, operations };
}

/** Whose tasks are left on a deactivated agent is asked at the first look, and when none has ended for a while: nobody knows
 * when that will be over. */
function asksForOwners({ state }: Drain, now: Instant): boolean {
  if (state.status !== 'draining') return false;
  return state.waiting === null || now >= after(state.progress.movedAt, quietMs);
}

const quietMs = 60_000;

/** Names only dress a cause; without them the ids are told. */
async function frameworksOrNone(master: Master): Promise<FrameworkFacts[]> {
  try {
    return await master.frameworks();
  } catch (fault) {
    if (fault instanceof MasterFault) return [];
    throw fault;
  }
}

/** Another agent id on the same host or address: a re-imaged machine comes back as a new, active agent. */
export async function successorOf(
  master: Master,
  drain: Pick<Drain, 'agentId' | 'hostname'>,
): Promise<AgentId | null> {
  try {
    const { registered } = await master.sweep();
    const same = registered.find(
      (agent) => agent.hostname === drain.hostname && agent.agentId !== drain.agentId,
    );
    return same?.agentId ?? null;
  } catch (fault) {
    if (fault instanceof MasterFault) return null;
    throw fault;
  }
}
