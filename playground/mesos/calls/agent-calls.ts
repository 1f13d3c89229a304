import type { Json } from '../json/write.ts';
import { getAgent } from '../shapes/agents.ts';
import { agentGetExecutors, getContainers } from '../shapes/executors.ts';
import { agentGetFrameworks } from '../shapes/frameworks.ts';
import { versionInfo } from '../shapes/master.ts';
import { getOperations } from '../shapes/operations.ts';
import { agentGetTasks } from '../shapes/tasks.ts';
import type { AgentProcess, Cluster } from '../state.ts';

type Read = (cluster: Cluster, process: AgentProcess) => Json | undefined;

/** The agent's own API, by call; undefined: the answer has nothing but its type. */
export const AGENT_READS: Readonly<Record<string, Read>> = {
  GET_HEALTH: () => ({ healthy: true }),
  GET_VERSION: (cluster) => ({ version_info: versionInfo(cluster) }),
  GET_AGENT: (_cluster, process) => getAgent(process),
  GET_TASKS: agentGetTasks,
  GET_EXECUTORS: agentGetExecutors,
  GET_FRAMEWORKS: agentGetFrameworks,
  GET_CONTAINERS: getContainers,
  GET_OPERATIONS: (_cluster, { operations }) => getOperations([...operations.values()]),
  GET_STATE: (cluster, process) => ({
    get_tasks: agentGetTasks(cluster, process),
    get_executors: agentGetExecutors(cluster, process),
    get_frameworks: agentGetFrameworks(cluster, process),
  }),
};
