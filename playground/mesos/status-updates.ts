import { settle } from './agent-process.ts';
import { checkDrained } from './drain.ts';
import {
  type AgentProcess,
  type Cluster,
  declares,
  isTerminal,
  processOf,
  type RunningTask,
  schedulerOf,
  type Task,
  type TaskState,
  type TaskStatus,
} from './state.ts';

/** The key of a task within an agent: task ids are only unique within their framework. */
export const taskKey = (task: Task): string => `${task.frameworkId}/${task.spec.name}`;

const append = (task: Task, status: TaskStatus): void => {
  if (task.statuses.at(-1)?.state === status.state) task.statuses.pop();
  task.statuses.push(status);
};

/** Writes a status the master made itself into a task: no uuid, nobody acknowledges it. */
export function stamp(task: Task, status: TaskStatus): void {
  append(task, status);
  if (!isTerminal(task.state)) task.state = status.state;
}

/** An executor reports a state. While the agent drains, TASK_KILLING and TASK_KILLED get the reason
 * REASON_AGENT_DRAINING and, with mark_gone and PARTITION_AWARE, become TASK_GONE_BY_OPERATOR: of a task with
 * TASK_KILLING_STATE the *first* of the two is then already terminal (recording gone_0c_GET_TASKS). */
export function report(
  cluster: Cluster,
  process: AgentProcess,
  running: RunningTask,
  state: TaskState,
  message?: string,
): void {
  const { task } = running;
  if (isTerminal(task.state)) return;
  const killed = state === 'TASK_KILLING' || state === 'TASK_KILLED';
  const scheduler = schedulerOf(cluster, task.frameworkId);
  const gone =
    killed &&
    process.drain?.config.markGone === true &&
    scheduler !== null &&
    declares(scheduler.spec, 'PARTITION_AWARE');
  const status: TaskStatus = {
    state: gone ? 'TASK_GONE_BY_OPERATOR' : state,
    source: 'SOURCE_EXECUTOR',
    at: cluster.clock.now(),
    uuid: cluster.newId(),
    ...(message === undefined ? {} : { message }),
    ...(killed && process.drain !== null ? { reason: 'REASON_AGENT_DRAINING' } : {}),
  };
  append(task, status);
  task.state = status.state;
  task.updateState = status.state;
  task.updateUuid = status.uuid;
  running.unacknowledged.push(status);
  if (running.unacknowledged.length === 1) send(cluster, process, running);
}

const FIRST_RETRY_MS = 10_000;
const LAST_RETRY_MS = 600_000;

/** Sends the oldest unacknowledged update of a task, again and again with growing pauses; the next one waits for its
 * acknowledgement. With a repetition the master learns the task's latest state, ahead of the update itself. */
export function send(
  cluster: Cluster,
  process: AgentProcess,
  running: RunningTask,
  retryMs = FIRST_RETRY_MS,
): void {
  running.cancelRetry?.();
  running.cancelRetry = null;
  const [head] = running.unacknowledged;
  if (head === undefined || process.tasks.get(taskKey(running.task)) !== running) return;
  running.cancelRetry = cluster.clock.after(retryMs, () =>
    send(cluster, process, running, Math.min(retryMs * 2, LAST_RETRY_MS)),
  );
  cluster.clock.after(cluster.timings.messageMs, () => {
    const agent = process.id === null ? undefined : cluster.leader?.agents.get(process.id);
    if (!process.running || agent?.connected !== true || running.unacknowledged[0] !== head) return;
    const task = agent.tasks.get(taskKey(running.task));
    if (task === undefined) return;
    if (!isTerminal(task.state)) task.state = running.task.state;
    task.updateState = head.state;
    task.updateUuid = head.uuid;
    append(task, head);
    deliver(cluster, task);
  });
}

/** Sends again what waits for an acknowledgement, as agents keep doing. */
export function resend(cluster: Cluster, process: AgentProcess): void {
  for (const running of process.tasks.values()) send(cluster, process, running);
}

const deliver = (cluster: Cluster, task: Task): void => {
  const scheduler = schedulerOf(cluster, task.frameworkId);
  const uuid = task.updateUuid;
  if (scheduler?.connected !== true || scheduler.acks === 'never') return;
  const slow = scheduler.acks === 'prompt' ? 0 : scheduler.acks.slowMs;
  cluster.clock.after(cluster.timings.messageMs + slow, () => {
    if (scheduler.connected && task.updateUuid === uuid) acknowledge(cluster, task);
  });
};

const acknowledge = (cluster: Cluster, task: Task): void => {
  const agent = cluster.leader?.agents.get(task.agentId);
  const framework = cluster.leader?.frameworks.get(task.frameworkId);
  if (agent === undefined || framework === undefined || agent.tasks.get(taskKey(task)) !== task) return;
  const process = processOf(cluster, agent.id);
  const terminal = task.updateState !== null && isTerminal(task.updateState);
  if (terminal) {
    agent.tasks.delete(taskKey(task));
    framework.completedTasks.push(task);
  }
  if (process !== null && agent.connected) acknowledged(cluster, process, task);
  if (terminal) checkDrained(cluster, agent);
};

const acknowledged = (cluster: Cluster, process: AgentProcess, task: Task): void => {
  const running = process.tasks.get(taskKey(task));
  if (running?.unacknowledged[0]?.uuid !== task.updateUuid || running === undefined) return;
  running.unacknowledged.shift();
  send(cluster, process, running);
  settle(process);
};
