import { z } from 'zod';
import type { MasterDrain } from '../../domain/agent.ts';
import { nanoseconds } from './fields.ts';

/** `drain_info` of GET_AGENTS, `/slaves` and the registry: the grace comes back in nanoseconds, unlike the
 * seconds in which it is sent (recording draining_02_GET_AGENTS). */
export const drainInfo = z
  .object({
    state: z.enum(['DRAINING', 'DRAINED']),
    config: z
      .object({ max_grace_period: nanoseconds.optional(), mark_gone: z.boolean().optional() })
      .optional(),
  })
  .transform(
    ({ state, config }): MasterDrain => ({
      state,
      maxGraceNs: config?.max_grace_period ?? null,
      markGone: config?.mark_gone ?? false,
    }),
  );
