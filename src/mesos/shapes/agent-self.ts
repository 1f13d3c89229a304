import { z } from 'zod';
import type { ExecutorFacts } from '../../domain/agent.ts';
import { agentId, frameworkId } from '../../domain/ids.ts';
import { repeated, text, wrapped } from './fields.ts';

/** The agent's GET_AGENT: who answers, and whether it drains itself (`drain_config`, mesos-api 3.6). */
export const agentSelf = z
  .object({
    get_agent: z.object({
      agent_info: z.object({ id: wrapped(agentId) }),
      drain_config: z.unknown().optional(),
    }),
  })
  .transform(({ get_agent }) => ({
    id: get_agent.agent_info.id,
    draining: get_agent.drain_config !== undefined,
  }));

const executor = z
  .object({
    executor_info: z.object({
      executor_id: z.object({ value: text }),
      framework_id: wrapped(frameworkId).optional(),
    }),
  })
  .transform(
    ({ executor_info: info }): ExecutorFacts => ({
      executorId: info.executor_id.value,
      framework: info.framework_id ?? null,
    }),
  );

/** The agent's GET_EXECUTORS: those that run now. */
export const agentExecutors = z
  .object({ get_executors: z.object({ executors: repeated(executor) }) })
  .transform(({ get_executors }) => get_executors.executors);
