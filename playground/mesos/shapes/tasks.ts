import type { JsonObject } from '../json/write.ts';
import { IP } from '../machines.ts';
import {
  type AgentProcess,
  type Cluster,
  executorOf,
  isTerminal,
  type Leader,
  schedulerOf,
  type Task,
  type TaskStatus,
} from '../state.ts';
import { id, seconds, uuidBytes } from './common.ts';
import { taskResources } from './resources.ts';

/** A command task runs in an executor of its own that bears its name. */
export const executorIdOf = (task: Task): string =>
  executorOf(task.spec).endsWith('command') ? task.spec.name : `executor-${task.spec.name}`;

const containerStatus = (task: Task): JsonObject => ({
  container_id: id(task.containerId),
  network_infos: [{ ip_addresses: [{ protocol: 'IPv4', ip_address: IP }] }],
  executor_pid: task.executorPid,
});

const status = (task: Task, { state, source, at, uuid, message, reason }: TaskStatus): JsonObject => ({
  task_id: id(task.spec.name),
  state,
  message,
  source,
  reason,
  agent_id: id(task.agentId),
  executor_id: uuid === null ? undefined : id(executorIdOf(task)),
  timestamp: seconds(at),
  uuid: uuid === null ? undefined : uuidBytes(uuid),
  container_status: uuid === null ? undefined : containerStatus(task),
});

const labels = (all: Readonly<Record<string, string>> | undefined): JsonObject | undefined =>
  all === undefined ? undefined : { labels: Object.entries(all).map(([key, value]) => ({ key, value })) };

const roleOf = (cluster: Cluster, task: Task): string =>
  schedulerOf(cluster, task.frameworkId)?.spec.role ?? '*';

/** A Task message (mesos include/mesos/v1/mesos.proto), the same from master and agent. */
export const taskShape = (cluster: Cluster, task: Task): JsonObject => {
  const { spec } = task;
  const host = cluster.processes.find((process) => process.host.spec.hostname === spec.agent)?.host;
  return {
    name: spec.shownAs ?? spec.name,
    task_id: id(spec.name),
    framework_id: id(task.frameworkId),
    executor_id: executorOf(spec).endsWith('command') ? undefined : id(executorIdOf(task)),
    agent_id: id(task.agentId),
    state: task.state,
    resources: taskResources(spec, host?.spec ?? { hostname: spec.agent }, roleOf(cluster, task)),
    statuses: task.statuses.map((each) => status(task, each)),
    status_update_state: task.updateState ?? undefined,
    status_update_uuid: task.updateUuid === null ? undefined : uuidBytes(task.updateUuid),
    labels: labels(spec.labels),
    kill_policy:
      spec.killPolicySeconds === undefined
        ? undefined
        : { grace_period: { nanoseconds: BigInt(Math.round(spec.killPolicySeconds * 1000)) * 1_000_000n } },
  };
};

/** Every task the master remembers. `tasks` holds terminal ones too, until they are acknowledged. */
export const masterTasks = (leader: Leader) => {
  const frameworks = [...leader.frameworks.values(), ...leader.completedFrameworks];
  return {
    tasks: [...leader.agents.values()].flatMap((agent) => [...agent.tasks.values()]),
    unreachable: frameworks.flatMap(({ unreachableTasks }) => unreachableTasks),
    completed: frameworks.flatMap(({ completedTasks }) => completedTasks),
  };
};

/** `get_tasks` of the master; who may not see tasks sees none, without a word. */
export const getTasks = (cluster: Cluster, leader: Leader, allowed: boolean): JsonObject => {
  const { tasks, unreachable, completed } = masterTasks(leader);
  const shown = (all: Task[]) => (allowed ? all.map((task) => taskShape(cluster, task)) : []);
  return {
    tasks: shown(tasks),
    unreachable_tasks: shown(unreachable),
    completed_tasks: shown(completed),
  };
};

/** `get_tasks` of an agent; `terminated_tasks` wait for an acknowledgement. */
export const agentGetTasks = (cluster: Cluster, process: AgentProcess): JsonObject => {
  const all = [...process.tasks.values()].map(({ task }) => task);
  const shown = (tasks: Task[]) => tasks.map((task) => taskShape(cluster, task));
  return {
    pending_tasks: [],
    queued_tasks: [],
    launched_tasks: shown(all.filter(({ state }) => !isTerminal(state))),
    terminated_tasks: shown(all.filter(({ state }) => isTerminal(state))),
    completed_tasks: shown(process.completedTasks),
  };
};
