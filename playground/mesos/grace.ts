import type { TaskSpec } from './spec.ts';
import { executorOf, type Task } from './state.ts';

const DEFAULT_GRACE_MS = 3000;

const NS_PER_MS = 1_000_000n;

/** How long a task may take after SIGTERM when its agent is drained (mesos src/slave/slave.cpp, Slave::drain).
 * `maxNs` null: no maximum given. A maximum *raises* the grace of a task without a kill policy; the libprocess
 * command executor ignores it; Infinity: a custom executor, which decides alone. */
export function effectiveGraceMs(spec: TaskSpec, maxNs: bigint | null): number {
  const policy = spec.killPolicySeconds === undefined ? null : spec.killPolicySeconds * 1000;
  const own = policy ?? DEFAULT_GRACE_MS;
  const executor = executorOf(spec);
  switch (executor) {
    case 'custom':
      return Number.POSITIVE_INFINITY;
    case 'legacy-command':
      return own;
    case 'command':
    case 'default': {
      if (maxNs === null) return own;
      const max = Math.max(0, Number(maxNs / NS_PER_MS));
      return policy === null ? max : Math.min(policy, max);
    }
    default: {
      const never: never = executor;
      return never;
    }
  }
}

/** What an executor gets from a dying agent: its kill policy and 2 s more (recording task_8_agent_GET_EXECUTORS),
 * or the flag's 5 s. */
export function shutdownGraceMs(task: Task): number {
  const policy = task.spec.killPolicySeconds;
  return policy === undefined ? 5000 : policy * 1000 + 2000;
}
