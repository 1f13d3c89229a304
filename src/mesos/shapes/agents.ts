import { z } from 'zod';
import type { RegisteredAgent } from '../../domain/agent.ts';
import { agentId } from '../../domain/ids.ts';
import { listedAttributes } from './attributes.ts';
import { drainInfo } from './drain-info.ts';
import { repeated, text, timeInfo, wrapped } from './fields.ts';
import { inPassing, passing } from './in-passing.ts';
import { pid } from './pid.ts';
import { heldIn, resource, roomIn } from './resources.ts';

const agentInfo = z.object({ id: wrapped(agentId), hostname: text, attributes: listedAttributes });

const agent = z
  .object({
    agent_info: agentInfo,
    active: z.boolean(),
    deactivated: z.boolean().optional(),
    version: text,
    pid: pid,
    total_resources: repeated(resource),
    allocated_resources: repeated(resource),
    capabilities: repeated(z.object({ type: z.string().optional() })),
    drain_info: drainInfo.optional(),
    estimated_drain_start_time: timeInfo.optional(),
  })
  .transform(
    (seen): RegisteredAgent => ({
      agentId: seen.agent_info.id,
      hostname: seen.agent_info.hostname,
      address: seen.pid,
      attributes: seen.agent_info.attributes,
      version: seen.version,
      active: seen.active,
      deactivated: seen.deactivated ?? false,
      canDrain: seen.capabilities.some(({ type }) => type === 'AGENT_DRAINING'),
      drain: seen.drain_info ?? null,
      drainStartedAt: seen.estimated_drain_start_time ?? null,
      total: roomIn(seen.total_resources),
      used: roomIn(seen.allocated_resources),
      held: heldIn(seen.total_resources),
    }),
  );

/** GET_AGENTS. */
export const agents = inPassing(
  z
    .object({
      get_agents: z.object({
        agents: repeated(passing(agent)),
        recovered_agents: repeated(passing(agentInfo)),
      }),
    })
    .transform(({ get_agents }) => ({
      registered: get_agents.agents,
      recovered: get_agents.recovered_agents.map(({ id, hostname, attributes }) => ({
        agentId: id,
        hostname,
        attributes,
      })),
    })),
  { '$.get_agents.agents.*': agent, '$.get_agents.recovered_agents.*': agentInfo },
);
