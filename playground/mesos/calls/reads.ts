import type { JsonObject } from '../json/write.ts';
import { getAgents } from '../shapes/agents.ts';
import { getExecutors } from '../shapes/executors.ts';
import { getFrameworks } from '../shapes/frameworks.ts';
import { status, windows } from '../shapes/maintenance.ts';
import { getMaster, versionInfo } from '../shapes/master.ts';
import { getOperations } from '../shapes/operations.ts';
import { getTasks } from '../shapes/tasks.ts';
import { type Caller, may } from './context.ts';

const maySeeFrameworks = (caller: Caller): boolean => may(caller, 'view_frameworks');
const maySeeTasks = (caller: Caller): boolean => maySeeFrameworks(caller) && may(caller, 'view_tasks');

/** The master's reads by call. A principal without permission to view gets less, never a 403. */
export const READS: Readonly<Record<string, (caller: Caller) => JsonObject>> = {
  GET_HEALTH: () => ({ healthy: true }),
  GET_VERSION: ({ cluster }) => ({ version_info: versionInfo(cluster) }),
  GET_MASTER: ({ cluster, leader, master }) => getMaster(cluster, leader, master),
  GET_AGENTS: ({ cluster, leader }) => getAgents(cluster, leader),
  GET_TASKS: (caller) => getTasks(caller.cluster, caller.leader, maySeeTasks(caller)),
  GET_FRAMEWORKS: (caller) => getFrameworks(caller.leader, maySeeFrameworks(caller)),
  GET_EXECUTORS: (caller) => getExecutors(caller.cluster, caller.leader, maySeeFrameworks(caller)),
  GET_OPERATIONS: ({ leader }) =>
    getOperations([...leader.agents.values()].flatMap(({ operations }) => [...operations.values()])),
  GET_STATE: (caller) => ({
    get_tasks: getTasks(caller.cluster, caller.leader, maySeeTasks(caller)),
    get_executors: getExecutors(caller.cluster, caller.leader, maySeeFrameworks(caller)),
    get_frameworks: getFrameworks(caller.leader, maySeeFrameworks(caller)),
    get_agents: getAgents(caller.cluster, caller.leader),
  }),
  GET_MAINTENANCE_SCHEDULE: ({ cluster }) => ({ schedule: { windows: windows(cluster.registry.windows) } }),
  GET_MAINTENANCE_STATUS: ({ cluster, leader }) => ({ status: status(leader, cluster.registry) }),
};
