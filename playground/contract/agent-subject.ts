import type { Subject } from './assertion.ts';
import { type AgentEntry, type OperatorApi, operatorApi } from './operator-api.ts';

/** An agent that may be drained, or destroyed. */
export interface AgentSubject extends Subject {
  readonly agent: string;
  readonly basic?: string;
  /** How long a drain may take. */
  readonly patienceMs: number;
}

/** An id that no master gives: those start with a UUID that is not all zeros. */
export const NO_AGENT = '00000000-0000-0000-0000-000000000000-S9';

/** The grace of the drains that are looked at while they last: long enough to look twice, short enough to wait. */
export const GRACE_SECONDS = 10;

/** The body of a call that names nothing but an agent. */
export const of = (agent: string) => ({ agent_id: { value: agent } });

/** The body of a DRAIN_AGENT with the usual grace. */
export const drainOf = (agent: string, markGone: boolean) => ({
  ...of(agent),
  max_grace_period: { seconds: GRACE_SECONDS },
  mark_gone: markGone,
});

/** What GET_AGENTS has on the agent; null when it does not list it. */
export async function listed({ leader, agent }: AgentSubject): Promise<AgentEntry | null> {
  return (await leader.agents()).find(({ agent_info }) => agent_info.id.value === agent) ?? null;
}

/** What GET_AGENTS has on the agent; throws when it does not list it. */
export async function entryOf(subject: AgentSubject): Promise<AgentEntry> {
  const found = await listed(subject);
  if (found === null) throw new Error(`${subject.agent} is not registered`);
  return found;
}

/** DRAINING, DRAINED, or null for an agent without a drain. */
export async function drainState(subject: AgentSubject): Promise<string | null> {
  return (await entryOf(subject)).drain_info?.state ?? null;
}

/** The agent's own API, under the address in its pid. */
export async function agentApi(subject: AgentSubject): Promise<OperatorApi> {
  const address = (await entryOf(subject)).pid.split('@')[1] ?? '';
  return operatorApi(`http://${address}`, subject.basic);
}

/** The states of the tasks that the agent itself still has in hand. */
export async function launchedStates(subject: AgentSubject): Promise<readonly string[]> {
  const api = await agentApi(subject);
  const { launched_tasks } = await api.read<{ launched_tasks: { state: string }[] }>('GET_TASKS');
  return launched_tasks.map(({ state }) => state);
}
