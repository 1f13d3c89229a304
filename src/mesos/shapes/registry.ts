import { z } from 'zod';
import type { Machine, RegistryWord } from '../../domain/agent.ts';
import { type AgentId, agentId, type Instant, type MasterId, masterId } from '../../domain/ids.ts';
import { drainInfo } from './drain-info.ts';
import { id, repeated, text, timeInfo, wrapped } from './fields.ts';
import { inPassing, passing } from './in-passing.ts';

/** What the registry holds, and the master that wrote it; `writer` null: no registry at all. */
export interface RegistryLook {
  writer: MasterId | null;
  gone: Map<AgentId, Instant>;
  unreachable: Map<AgentId, Extract<RegistryWord, { kind: 'unreachable' }>>;
  admitted: Set<AgentId>;
  /** The machines that are DOWN for maintenance. */
  down: Machine[];
}

/** The registry's word on one agent. */
export function wordOn(
  agent: AgentId,
  { gone: left, unreachable: away, ...look }: RegistryLook,
): RegistryWord {
  const at = left.get(agent);
  if (at !== undefined) return { kind: 'gone', at };
  const lost = away.get(agent);
  if (lost !== undefined) return lost;
  return look.admitted.has(agent) ? { kind: 'admitted' } : { kind: 'none', down: look.down };
}

function section<T extends z.ZodType>(item: T) {
  return z
    .object({ slaves: repeated(passing(item)) })
    .optional()
    .transform((found) => found?.slaves ?? []);
}

const admitted = z.object({ info: z.object({ id: wrapped(agentId) }) }).transform(({ info }) => info.id);
const unreachable = z.object({
  id: wrapped(agentId),
  timestamp: timeInfo,
  drain_info: drainInfo.optional(),
  deactivated: z.boolean().optional(),
});
const gone = z.object({ id: wrapped(agentId), timestamp: timeInfo });
const machine = z
  .object({
    info: z.object({
      id: z.object({ hostname: text.optional(), ip: text.optional() }),
      mode: z.string().optional(),
    }),
  })
  .transform(({ info: { id: named, mode } }): Machine | null =>
    mode === 'DOWN' ? { hostname: named.hostname ?? null, ip: named.ip ?? null } : null,
  );

/** `/registrar(1)/registry`. `writer` null: the answer was `{}`, which is what a master that doesn't lead says
 * (recording registry_03_non_leader). */
export const registry = inPassing(
  z
    .object({
      master: z.object({ info: z.object({ id: id(masterId) }) }).optional(),
      slaves: section(admitted),
      unreachable: section(unreachable),
      gone: section(gone),
      machines: z.object({ machines: repeated(passing(machine)) }).optional(),
    })
    .transform(
      ({ master, slaves, machines, ...sections }): RegistryLook => ({
        writer: master?.info.id ?? null,
        gone: new Map(sections.gone.map((each) => [each.id, each.timestamp])),
        unreachable: new Map(
          sections.unreachable.map(
            ({ id: agent, timestamp: since, drain_info: drain = null, deactivated = false }) => [
              agent,
              { kind: 'unreachable', since, drain, deactivated },
            ],
          ),
        ),
        admitted: new Set(slaves),
        down: (machines?.machines ?? []).filter((each) => each !== null),
      }),
    ),
  {
    '$.slaves.slaves.*': admitted,
    '$.unreachable.slaves.*': unreachable,
    '$.gone.slaves.*': gone,
    '$.machines.machines.*': machine,
  },
);
