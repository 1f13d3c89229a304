import { z } from 'zod';
import { agentId } from '../../domain/ids.ts';
import { wrapped } from './fields.ts';

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

/** The agent's GET_EXECUTORS: how many run now. */
export const executorCount = z
  .object({ get_executors: z.object({ executors: z.array(z.unknown()).optional() }) })
  .transform(({ get_executors }) => get_executors.executors?.length ?? 0);
