import { z } from 'zod';
import type { Machine, MasterDrain } from '../../domain/agent.ts';
import { type AgentId, agentId, type Instant, type MasterId, masterId } from '../../domain/ids.ts';
import { drainInfo } from './drain-info.ts';
import { id, repeated, text, timeInfo, wrapped } from './fields.ts';
import { inPassing, passing } from './in-passing.ts';

/** What the registry holds on one agent. */
export type RegistryEntry =
  | { kind: 'gone'; at: Instant }
  | { kind: 'unreachable'; since: Instant; drain: MasterDrain | null; deactivated: boolean }
  | { kind: 'admitted' }
  /** `down`: the machines that are DOWN for maintenance, whose agents it has removed. */
  | { kind: 'none'; down: Machine[] };

/** An entry with the master whose registry holds it; `writer` null: no registry at all. */
export interface RegistryLook {
  writer: MasterId | null;
  entry: RegistryEntry;
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

/** `/registrar(1)/registry`, read for one agent. `writer` null: the answer was `{}`, which is what a master that
 * doesn't lead says (recording registry_03_non_leader). */
export function registry(wanted: AgentId) {
  return inPassing(
    z
      .object({
        master: z.object({ info: z.object({ id: id(masterId) }) }).optional(),
        slaves: section(admitted),
        unreachable: section(unreachable),
        gone: section(gone),
        machines: z.object({ machines: repeated(passing(machine)) }).optional(),
      })
      .transform((sections): RegistryLook => {
        const left = sections.gone.find((each) => each.id === wanted);
        const away = sections.unreachable.find((each) => each.id === wanted);
        const entry: RegistryEntry =
          left !== undefined
            ? { kind: 'gone', at: left.timestamp }
            : away !== undefined
              ? {
                  kind: 'unreachable',
                  since: away.timestamp,
                  drain: away.drain_info ?? null,
                  deactivated: away.deactivated ?? false,
                }
              : sections.slaves.includes(wanted)
                ? { kind: 'admitted' }
                : {
                    kind: 'none',
                    down: (sections.machines?.machines ?? []).filter((each) => each !== null),
                  };
        return { writer: sections.master?.info.id ?? null, entry };
      }),
    {
      '$.slaves.slaves.*': admitted,
      '$.unreachable.slaves.*': unreachable,
      '$.gone.slaves.*': gone,
      '$.machines.machines.*': machine,
    },
  );
}
