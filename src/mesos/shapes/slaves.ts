import { z } from 'zod';
import type { RegisteredAgent } from '../../domain/agent.ts';
import { type AgentId, agentId } from '../../domain/ids.ts';
import { plainAttributes } from './attributes.ts';
import { drainInfo } from './drain-info.ts';
import { epochSeconds, id, repeated, text } from './fields.ts';
import { pid } from './pid.ts';
import { heldIn, resource } from './resources.ts';

const amount = z
  .number()
  .optional()
  .transform((n) => n ?? 0);
const room = z.object({ cpus: amount, mem: amount, disk: amount, gpus: amount });

const slave = z
  .object({
    id: id(agentId),
    hostname: text,
    attributes: plainAttributes,
    pid: pid,
    version: text,
    active: z.boolean(),
    deactivated: z.boolean().optional(),
    capabilities: repeated(z.string()),
    drain_info: drainInfo.optional(),
    estimated_drain_start_time_seconds: epochSeconds.optional(),
    resources: room,
    used_resources: room,
    reserved_resources_full: z.record(z.string(), z.array(resource)).optional(),
  })
  .transform(
    (seen): RegisteredAgent => ({
      agentId: seen.id,
      hostname: seen.hostname,
      address: seen.pid,
      attributes: seen.attributes,
      version: seen.version,
      active: seen.active,
      deactivated: seen.deactivated ?? false,
      canDrain: seen.capabilities.includes('AGENT_DRAINING'),
      drain: seen.drain_info ?? null,
      drainStartedAt: seen.estimated_drain_start_time_seconds ?? null,
      total: seen.resources,
      used: seen.used_resources,
      held: heldIn(Object.values(seen.reserved_resources_full ?? {}).flat()),
    }),
  );

/** Made once: zod compiles a shape when it is first used, which takes longer than the reading. */
const bothLists = z.object({
  slaves: z.array(slave),
  recovered_slaves: z.array(z.object({ id: id(agentId) })),
});

/** What `/slaves?slave_id=` says of one agent. Both lists empty proves nothing: see look-at.ts. */
export function slaves(wanted: AgentId) {
  return bothLists.transform((lists) => ({
    registered: lists.slaves.find((each) => each.agentId === wanted) ?? null,
    recovered: lists.recovered_slaves.some((each) => each.id === wanted),
  }));
}
