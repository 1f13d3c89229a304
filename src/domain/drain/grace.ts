import type { FrameworkFacts, TaskFacts } from '../agent.ts';
import { after, type Instant, type Seconds } from '../ids.ts';
import type { PreviewTask, TaskGroup } from '../preview.ts';

/** What a task without a kill policy gets from the command and default executors.
 * Source: mesos src/launcher/executor.cpp, default_executor.cpp. Custom executors decide for themselves. */
export const executorDefaultSeconds = 3;

type Grace = Pick<PreviewTask, 'graceSeconds' | 'graceFrom' | 'ownGraceSeconds'>;

/** The seconds between a task's SIGTERM and SIGKILL in a drain. A max grace period cuts a longer kill policy,
 * and *raises* a task that has none. Source: mesos src/slave/slave.cpp:1138-1165. */
export function effectiveGrace(killPolicySeconds: number | null, maxGrace: Seconds | null): Grace {
  if (killPolicySeconds === null) {
    const ownGraceSeconds = executorDefaultSeconds;
    if (maxGrace === null)
      return { graceSeconds: executorDefaultSeconds, graceFrom: 'executor-default', ownGraceSeconds };
    const graceFrom = maxGrace > executorDefaultSeconds ? 'raised' : 'max-grace';
    return { graceSeconds: maxGrace, graceFrom, ownGraceSeconds };
  }
  const ownGraceSeconds = killPolicySeconds;
  return maxGrace !== null && killPolicySeconds > maxGrace
    ? { graceSeconds: maxGrace, graceFrom: 'max-grace', ownGraceSeconds }
    : { graceSeconds: killPolicySeconds, graceFrom: 'kill-policy', ownGraceSeconds };
}

/** Running tasks by framework, the longest grace first. */
export function groupTasks(
  tasks: TaskFacts[],
  frameworks: FrameworkFacts[],
  maxGrace: Seconds | null,
  whyUnnamed: string,
): TaskGroup[] {
  const ids = [...new Set(tasks.map((task) => task.framework))];
  return ids.map((id) => ({
    framework: frameworks.find((framework) => framework.id === id) ?? { id, name: null, why: whyUnnamed },
    tasks: tasks
      .filter((task) => task.framework === id)
      .map((task) => ({
        name: task.name,
        state: task.state,
        executor: task.executor,
        ...effectiveGrace(task.killPolicySeconds, maxGrace),
      }))
      .sort((a, b) => b.graceSeconds - a.graceSeconds),
  }));
}

/** When the last of these tasks must have been killed; null when none runs. Frameworks' acknowledgements come on top. */
export function expectedEnd(groups: TaskGroup[], from: Instant): Instant | null {
  const graces = groups.flatMap((group) => group.tasks.map((task) => task.graceSeconds));
  return graces.length === 0 ? null : after(from, Math.max(...graces) * 1000);
}
