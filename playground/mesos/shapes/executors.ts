import { hasOwnExecutor } from '../agent-process.ts';
import { shutdownGraceMs } from '../grace.ts';
import { double, type JsonObject } from '../json/write.ts';
import {
  type AgentProcess,
  type Cluster,
  executorOf,
  isTerminal,
  type Leader,
  schedulerOf,
  type Task,
} from '../state.ts';
import { id, seconds } from './common.ts';
import { resources } from './resources.ts';
import { executorIdOf } from './tasks.ts';

const DIRECTORY = '/opt/mesos/bin';

const COMMAND: JsonObject = {
  shell: false,
  value: `${DIRECTORY}/mesos-executor`,
  arguments: ['mesos-executor', `--launcher_dir=${DIRECTORY}`],
};

const nameOf = (task: Task): string =>
  `Command Executor (Task: ${task.spec.name}) (Command: ${task.spec.command ?? "sh -c 'sleep 10000'"})`;

const executorInfo = (cluster: Cluster, task: Task): JsonObject => {
  const role = schedulerOf(cluster, task.frameworkId)?.spec.role ?? '*';
  const own = hasOwnExecutor(task);
  return {
    type: own ? executorOf(task.spec).toUpperCase() : undefined,
    executor_id: id(executorIdOf(task)),
    framework_id: id(task.frameworkId),
    command: own ? undefined : COMMAND,
    resources: resources({ cpus: 0.1, mem: 32 }, { allocation_info: { role } }),
    name: own ? undefined : nameOf(task),
    source: own ? undefined : task.spec.name,
    shutdown_grace_period: { nanoseconds: BigInt(shutdownGraceMs(task)) * 1_000_000n },
  };
};

const withExecutor = (process: AgentProcess): Task[] =>
  [...process.tasks.values()].filter(({ executorRunning }) => executorRunning).map(({ task }) => task);

/** `get_executors` of the master: without the executors of command tasks (recording task_2_master_GET_STATE). */
export const getExecutors = (cluster: Cluster, leader: Leader, allowed: boolean): JsonObject => ({
  executors: !allowed
    ? []
    : [...leader.agents.values()].flatMap((agent) =>
        [...agent.tasks.values()]
          .filter((task) => hasOwnExecutor(task) && !isTerminal(task.state))
          .map((task) => ({ executor_info: executorInfo(cluster, task), agent_id: id(agent.id) })),
      ),
});

/** `get_executors` of an agent. */
export const agentGetExecutors = (cluster: Cluster, process: AgentProcess): JsonObject => ({
  executors: withExecutor(process).map((task) => ({ executor_info: executorInfo(cluster, task) })),
  completed_executors: [],
});

/** `get_containers` of an agent, or undefined (the key is left out) when there are none. */
export const getContainers = (cluster: Cluster, process: AgentProcess): JsonObject | undefined => {
  const tasks = withExecutor(process);
  if (tasks.length === 0) return undefined;
  return {
    containers: tasks.map((task) => ({
      framework_id: id(task.frameworkId),
      executor_id: id(executorIdOf(task)),
      executor_name: hasOwnExecutor(task) ? executorIdOf(task) : nameOf(task),
      container_id: id(task.containerId),
      container_status: { container_id: id(task.containerId), executor_pid: task.executorPid },
      resource_statistics: {
        timestamp: seconds(cluster.clock.now()),
        cpus_user_time_secs: double(0.23),
        cpus_system_time_secs: double(0.03),
        cpus_soft_limit: double(0.6),
        mem_limit_bytes: 100663296n,
        mem_soft_limit_bytes: 100663296n,
        mem_rss_bytes: 65536000n,
      },
    })),
  };
};
