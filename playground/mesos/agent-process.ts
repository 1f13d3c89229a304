import { effectiveGraceMs, shutdownGraceMs } from './grace.ts';
import {
  type AgentProcess,
  type Cluster,
  type DrainConfig,
  declares,
  executorOf,
  isTerminal,
  type RunningTask,
  schedulerOf,
  type Task,
} from './state.ts';
import { report, taskKey } from './status-updates.ts';

const busy = (process: AgentProcess): boolean =>
  process.tasks.size > 0 ||
  [...process.operations.values()].some(({ state }) => state === 'OPERATION_PENDING');

/** Drops what has ended: tasks whose last update is acknowledged and whose executor is gone. An agent leaves
 * draining only when nothing of it is left, which may be after the master said DRAINED (mesos-api 2.3). */
export function settle(process: AgentProcess): void {
  for (const [key, running] of process.tasks) {
    if (running.executorRunning || running.unacknowledged.length > 0) continue;
    process.tasks.delete(key);
    process.completedTasks.push(running.task);
  }
  if (process.drain !== null && !busy(process)) process.drain = null;
  const executors = [...process.tasks.values()].some(({ executorRunning }) => executorRunning);
  if (process.terminating !== false && !executors) leave(process);
}

const leave = (process: AgentProcess): void => {
  if (process.terminating === 'forgets') process.id = null;
  process.running = false;
  process.terminating = false;
  process.drain = null;
  process.tasks.clear();
  process.operations.clear();
};

/** What DrainSlaveMessage does (mesos src/slave/slave.cpp, Slave::drain): remembers the newest config, kills
 * everything. An agent with nothing on it has nothing to remember. */
export function drainProcess(cluster: Cluster, process: AgentProcess, config: DrainConfig): void {
  if (!process.running || process.terminating !== false || !busy(process)) return;
  process.drain = { config: { ...config }, startedAt: cluster.clock.now() };
  for (const running of process.tasks.values()) {
    kill(cluster, process, running, effectiveGraceMs(running.task.spec, config.graceNs));
  }
}

const kill = (cluster: Cluster, process: AgentProcess, running: RunningTask, graceMs: number): void => {
  if (isTerminal(running.task.state)) return;
  cluster.clock.after(cluster.timings.killReactionMs, () => {
    if (!running.executorRunning || isTerminal(running.task.state)) return;
    const now = cluster.clock.now();
    if (running.sigtermAt === null) {
      running.sigtermAt = now;
      const scheduler = schedulerOf(cluster, running.task.frameworkId);
      if (scheduler !== null && declares(scheduler.spec, 'TASK_KILLING_STATE')) {
        report(cluster, process, running, 'TASK_KILLING');
      }
    }
    // A second kill can only shorten the grace (mesos src/launcher/executor.cpp).
    endBy(cluster, process, running, Math.min(running.killAt ?? Number.POSITIVE_INFINITY, now + graceMs));
  });
};

const endBy = (cluster: Cluster, process: AgentProcess, running: RunningTask, killAt: number): void => {
  running.killAt = killAt;
  running.cancelEnd?.();
  const { spec } = running.task;
  const ownEnd = (running.sigtermAt ?? 0) + (spec.exitsAfterSigtermMs ?? Number.POSITIVE_INFINITY);
  const at = Math.min(ownEnd, killAt);
  if (at === Number.POSITIVE_INFINITY) return;
  running.cancelEnd = cluster.clock.after(at - cluster.clock.now(), () => {
    if (ownEnd <= killAt) endTask(cluster, process, running, spec.endsAs ?? 'TASK_KILLED');
    else endTask(cluster, process, running, 'TASK_KILLED', 'Command terminated with signal Killed');
  });
};

const MESSAGES = {
  TASK_KILLED: 'Command terminated with signal Terminated',
  TASK_FINISHED: 'Command exited with status 0',
  TASK_FAILED: 'Command exited with status 1',
};

/** The process of a task has ended: its last state is reported, and its executor goes (perhaps later). */
export function endTask(
  cluster: Cluster,
  process: AgentProcess,
  running: RunningTask,
  state: keyof typeof MESSAGES,
  message = MESSAGES[state],
): void {
  running.cancelEnd?.();
  running.cancelEnd = null;
  report(cluster, process, running, state, message);
  const exit = () => {
    running.executorRunning = false;
    settle(process);
  };
  const lingers = running.task.spec.executorLingersMs ?? 0;
  if (lingers === 0) exit();
  else if (lingers < Number.POSITIVE_INFINITY) cluster.clock.after(lingers, exit);
}

/** What ShutdownMessage does: no new registration; executors get their shutdown grace, then the process ends. Tasks
 * that were being killed may thus outlive the grace of the drain (draining_timing.txt: still running 22 s later). */
export function shutDown(
  cluster: Cluster,
  process: AgentProcess,
  terminating: Exclude<AgentProcess['terminating'], false> = true,
): void {
  process.terminating = terminating;
  for (const running of process.tasks.values()) {
    running.sigtermAt ??= cluster.clock.now();
    if (isTerminal(running.task.state)) {
      // Reported as gone, yet alive: only its executor's end is left to come.
      running.cancelEnd?.();
      running.cancelEnd = cluster.clock.after(shutdownGraceMs(running.task), () => {
        running.executorRunning = false;
        running.unacknowledged = [];
        settle(process);
      });
    } else {
      endBy(cluster, process, running, cluster.clock.now() + shutdownGraceMs(running.task));
    }
  }
  settle(process);
}

/** What ShutdownFrameworkMessage does: all of a framework's executors are destroyed, nothing is acknowledged. */
export function shutDownFramework(cluster: Cluster, process: AgentProcess, frameworkId: string): void {
  cluster.clock.after(cluster.timings.killReactionMs, () => {
    for (const running of process.tasks.values()) {
      if (running.task.frameworkId !== frameworkId) continue;
      running.cancelEnd?.();
      report(cluster, process, running, 'TASK_KILLED', 'Command terminated with signal Killed');
      running.unacknowledged = [];
      running.executorRunning = false;
    }
    settle(process);
  });
}

/** The process dies at once (SIGKILL, power): executors of frameworks without checkpointing die with it. */
export function crash(cluster: Cluster, process: AgentProcess): void {
  process.running = false;
  for (const [key, running] of process.tasks) {
    if (schedulerOf(cluster, running.task.frameworkId)?.spec.checkpoint !== false) continue;
    running.cancelEnd?.();
    process.tasks.delete(key);
  }
}

/** The machine goes out, and all that ran on it; its disk still knows who it was. */
export function powerOff(process: AgentProcess): void {
  for (const running of process.tasks.values()) {
    running.cancelEnd?.();
    running.cancelRetry?.();
  }
  leave(process);
}

/** The machine reboots: nothing is left, and the agent forgets who it was. */
export function wipe(process: AgentProcess): void {
  powerOff(process);
  process.id = null;
}

/** Puts a task that has just started on an agent. */
export function startTask(process: AgentProcess, task: Task): void {
  process.tasks.set(taskKey(task), {
    task,
    cancelEnd: null,
    killAt: null,
    sigtermAt: null,
    executorRunning: true,
    unacknowledged: [],
    cancelRetry: null,
  });
}

/** Whether the task's executor appears in the master's GET_EXECUTORS: a command task's does not. */
export const hasOwnExecutor = (task: Task): boolean => !executorOf(task.spec).endsWith('command');
