import { z } from 'zod';
import type { Held, KnownAgent, Room } from '../../domain/agent.ts';
import * as id from './ids.ts';

/** What marking an agent gone destroys (form v 1). */
export const held: z.ZodType<Held> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('volume'), id: z.string(), role: z.string(), sizeMb: z.number() }),
  z.object({ kind: z.literal('reservation'), role: z.string(), resource: z.string(), amount: z.number() }),
]);

const room: z.ZodType<Room> = z.object({
  cpus: z.number(),
  mem: z.number(),
  disk: z.number(),
  gpus: z.number(),
});

/** An agent as the directory's row holds it (form v 1). */
export const knownAgentShape: z.ZodType<KnownAgent> = z.object({
  agentId: id.agentId,
  hostname: z.string(),
  address: z.object({ ip: z.string(), port: z.number() }).nullable(),
  attributes: z.record(z.string(), z.string()),
  held: z.array(held).nullable(),
  // Rows from before previews looked for room elsewhere lack it.
  room: z.object({ total: room, used: room }).nullable().default(null),
  state: z.enum([
    'active',
    'deactivated',
    'draining',
    'drained',
    'disconnected',
    'recovered',
    'unreachable',
    'gone',
    'unlisted',
  ]),
  lastSeenAt: id.instant,
});
