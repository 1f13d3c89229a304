import { z } from 'zod';
import type { MasterDrain } from '../../domain/agent.ts';
import { type AgentId, agentId, type Instant, type MasterId, masterId } from '../../domain/ids.ts';
import { drainInfo } from './drain-info.ts';
import { id, repeated, timeInfo, wrapped } from './fields.ts';

/** What the registry holds on one agent. */
export type RegistryEntry =
  | { kind: 'gone'; at: Instant }
  | { kind: 'unreachable'; since: Instant; drain: MasterDrain | null; deactivated: boolean }
  | { kind: 'admitted' }
  | { kind: 'none' };

/** An entry with the master whose registry holds it; `writer` null: no registry at all. */
export interface RegistryLook {
  writer: MasterId | null;
  entry: RegistryEntry;
}

function section<T extends z.ZodType>(item: T) {
  return z
    .object({ slaves: repeated(item) })
    .optional()
    .transform((found) => found?.slaves ?? []);
}

/** `/registrar(1)/registry`, read for one agent. `writer` null: the answer was `{}`, which is what a master that
 * doesn't lead says (recording registry_03_non_leader). */
export function registry(wanted: AgentId) {
  return z
    .object({
      master: z.object({ info: z.object({ id: id(masterId) }) }).optional(),
      slaves: section(z.object({ info: z.object({ id: wrapped(agentId) }) })),
      unreachable: section(
        z.object({
          id: wrapped(agentId),
          timestamp: timeInfo,
          drain_info: drainInfo.optional(),
          deactivated: z.boolean().optional(),
        }),
      ),
      gone: section(z.object({ id: wrapped(agentId), timestamp: timeInfo })),
    })
    .transform((lists): RegistryLook => {
      const gone = lists.gone.find((each) => each.id === wanted);
      const away = lists.unreachable.find((each) => each.id === wanted);
      const entry: RegistryEntry =
        gone !== undefined
          ? { kind: 'gone', at: gone.timestamp }
          : away !== undefined
            ? {
                kind: 'unreachable',
                since: away.timestamp,
                drain: away.drain_info ?? null,
                deactivated: away.deactivated ?? false,
              }
            : { kind: lists.slaves.some((each) => each.info.id === wanted) ? 'admitted' : 'none' };
      return { writer: lists.master?.info.id ?? null, entry };
    });
}
