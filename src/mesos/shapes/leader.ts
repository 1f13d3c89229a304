import { z } from 'zod';
import { masterId } from '../../domain/ids.ts';
import { id, repeated, text } from './fields.ts';

/** GET_MASTER. The id is a plain text here (recording master_GET_MASTER). */
export const leader = z
  .object({
    get_master: z.object({
      master_info: z.object({
        id: id(masterId),
        version: text.optional(),
        capabilities: repeated(z.object({ type: z.string().optional() })),
      }),
    }),
  })
  .transform(({ get_master: { master_info } }) => ({
    id: master_info.id,
    version: master_info.version ?? '',
    canDrain: master_info.capabilities.some(({ type }) => type === 'AGENT_DRAINING'),
  }));
