import { endTask, settle, startTask } from './agent-process.ts';
import { checkDrained } from './drain.ts';
import type { TaskSpec } from './spec.ts';
import {
  type AgentProcess,
  type Cluster,
  type Operation,
  processOf,
  type RegisteredAgent,
  type RunningTask,
  type Task,
  type TaskState,
} from './state.ts';
import { taskKey } from './status-updates.ts';

/** The agent process on a host, the newest machine of that name; throws for a hostname that the spec doesn't have. */
export function processOn(cluster: Cluster, hostname: string): AgentProcess {
  const process = cluster.processes.findLast(({ host }) => host.spec.hostname === hostname);
  if (process === undefined) throw new Error(`no agent host ${hostname}`);
  return process;
}

const registeredOn = (cluster: Cluster, hostname: string): RegisteredAgent => {
  const { id } = processOn(cluster, hostname);
  const agent = id === null ? undefined : cluster.leader?.agents.get(id);
  if (agent === undefined) throw new Error(`${hostname} is not registered`);
  return agent;
};

/** Starts a task: it is TASK_RUNNING at once, and that is acknowledged. */
export function launchTask(cluster: Cluster, spec: TaskSpec): void {
  const agent = registeredOn(cluster, spec.agent);
  const scheduler = cluster.schedulers.find((each) => each.spec.name === spec.framework);
  const process = processOf(cluster, agent.id);
  if (scheduler === undefined || scheduler.id === null || process === null) {
    throw new Error(`no framework ${spec.framework}`);
  }
  const at = cluster.clock.now();
  const status = (state: TaskState) => ({
    state,
    source: 'SOURCE_EXECUTOR' as const,
    at,
    uuid: cluster.newId(),
  });
  const statuses = [status('TASK_STARTING'), status('TASK_RUNNING')];
  const task: Task = {
    spec,
    frameworkId: scheduler.id,
    agentId: agent.id,
    containerId: cluster.newId(),
    executorPid: cluster.nextPid++,
    state: 'TASK_RUNNING',
    statuses,
    updateState: 'TASK_RUNNING',
    updateUuid: statuses[1]?.uuid ?? null,
  };
  agent.tasks.set(taskKey(task), task);
  startTask(process, { ...task, statuses: [...statuses] });
}

const runningTask = (cluster: Cluster, name: string): { process: AgentProcess; running: RunningTask } => {
  for (const process of cluster.processes) {
    for (const running of process.tasks.values()) {
      if (running.task.spec.name === name) return { process, running };
    }
  }
  throw new Error(`no task ${name} is running`);
};

/** A task ends by itself. */
export function finishTask(cluster: Cluster, name: string, state: 'TASK_FINISHED' | 'TASK_FAILED'): void {
  const { process, running } = runningTask(cluster, name);
  endTask(cluster, process, running, state);
}

/** Adds a pending operation to an agent and returns its uuid. `framework` null: an operator asked for it. */
export function addOperation(
  cluster: Cluster,
  asked: {
    agent: string;
    framework?: string | null;
    kind?: Operation['kind'];
    resourceProvider?: boolean;
  },
): string {
  const agent = registeredOn(cluster, asked.agent);
  const scheduler = cluster.schedulers.find((each) => each.spec.name === asked.framework);
  const operation: Operation = {
    uuid: cluster.newId(),
    agentId: agent.id,
    frameworkId: scheduler?.id ?? null,
    kind: asked.kind ?? 'RESERVE',
    resourceProvider: asked.resourceProvider ?? false,
    state: 'OPERATION_PENDING',
    statusUuid: null,
  };
  agent.operations.set(operation.uuid, operation);
  processOf(cluster, agent.id)?.operations.set(operation.uuid, { ...operation });
  return operation.uuid;
}

/** The agent has carried an operation out; the master does not know yet. */
export function carryOutOperation(cluster: Cluster, uuid: string): void {
  for (const { operations } of cluster.processes) {
    const operation = operations.get(uuid);
    if (operation !== undefined) {
      operation.state = 'OPERATION_FINISHED';
      operation.statusUuid = cluster.newId();
    }
  }
}

/** The end of an operation reaches master and framework, and both forget it. Of an operation nobody waits for, an
 * operator's, no drain is evaluated (mesos-api 2.2). */
export function finishOperation(cluster: Cluster, uuid: string): void {
  for (const process of cluster.processes) {
    process.operations.delete(uuid);
    settle(process);
  }
  for (const agent of cluster.leader?.agents.values() ?? []) {
    const operation = agent.operations.get(uuid);
    if (operation === undefined) continue;
    agent.operations.delete(uuid);
    if (operation.frameworkId !== null) checkDrained(cluster, agent);
  }
}
