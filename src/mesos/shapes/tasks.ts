import { z } from 'zod';
import type { TaskFacts } from '../../domain/agent.ts';
import { type AgentId, agentId, frameworkId } from '../../domain/ids.ts';
import { nanoseconds, repeated, text, wrapped } from './fields.ts';
import { ignored, inPassing, passing } from './in-passing.ts';
import { resource, roomIn } from './resources.ts';

const task = z.object({
  task_id: z.object({ value: text }),
  name: text,
  framework_id: wrapped(frameworkId),
  agent_id: wrapped(agentId),
  state: text,
  resources: repeated(resource),
  // Left out where the command executor runs it (recording task_1_master_GET_TASKS; mesos-api 3.3).
  executor_id: z.object({ value: z.string() }).optional(),
  kill_policy: z.object({ grace_period: nanoseconds.optional() }).optional(),
});
type Task = z.output<typeof task>;

/** Source: mesos src/common/protobuf_utils.cpp, isTerminalState. */
const terminal = new Set([
  'TASK_FINISHED',
  'TASK_FAILED',
  'TASK_KILLED',
  'TASK_ERROR',
  'TASK_LOST',
  'TASK_DROPPED',
  'TASK_GONE',
  'TASK_GONE_BY_OPERATOR',
]);

function factsOf(seen: Task, terminalUnacknowledged: boolean): TaskFacts {
  const grace = seen.kill_policy?.grace_period;
  return {
    taskId: seen.task_id.value,
    name: seen.name,
    framework: seen.framework_id,
    state: seen.state,
    killPolicySeconds: grace === undefined ? null : grace / 1e9,
    resources: roomIn(seen.resources),
    executor: seen.executor_id === undefined || seen.executor_id.value === '' ? 'command' : 'own',
    terminalUnacknowledged,
  };
}

/** The agent's GET_TASKS. `terminated_tasks` have ended and wait for their framework; completed ones are history. */
export const agentTasks = z
  .object({
    get_tasks: z.object({
      pending_tasks: repeated(task),
      queued_tasks: repeated(task),
      launched_tasks: repeated(task),
      terminated_tasks: repeated(task),
    }),
  })
  .transform(({ get_tasks: lists }) => ({
    pending: lists.pending_tasks.length,
    queued: lists.queued_tasks.length,
    launched: lists.launched_tasks.length,
    tasks: [
      ...[...lists.pending_tasks, ...lists.queued_tasks, ...lists.launched_tasks].map((seen) =>
        factsOf(seen, terminal.has(seen.state)),
      ),
      ...lists.terminated_tasks.map((seen) => factsOf(seen, true)),
    ],
  }));

/** The master's GET_TASKS, for one agent. `tasks` keeps a task until its framework has acknowledged its end;
 * the tasks of an unreachable agent stand in a list of their own, and may well still run. */
export function masterTasks(wanted: AgentId) {
  const known = task.transform((seen) =>
    seen.agent_id === wanted ? factsOf(seen, terminal.has(seen.state)) : null,
  );
  const unreachable = task.transform((seen) => (seen.agent_id === wanted ? factsOf(seen, false) : null));
  return inPassing(
    z
      .object({
        get_tasks: z.object({
          tasks: repeated(passing(known)),
          unreachable_tasks: repeated(passing(unreachable)),
        }),
      })
      .transform(({ get_tasks }): TaskFacts[] =>
        [...get_tasks.tasks, ...get_tasks.unreachable_tasks].filter((facts) => facts !== null),
      ),
    {
      '$.get_tasks.tasks.*': known,
      '$.get_tasks.unreachable_tasks.*': unreachable,
      '$.get_tasks.completed_tasks.*': ignored,
    },
  );
}
