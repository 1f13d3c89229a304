import { z } from 'zod';
import type { Cost, CoveredAgent, Covers } from '../../domain/approval/covers.ts';
import type { FrameworkLoss, Loss } from '../../domain/approval/loss.ts';
import * as id from './ids.ts';
import { held } from './known-agent.ts';
import { agentsWork, machinesWork } from './plan.ts';
import { rollingWork } from './rolling.ts';

const frameworkLoss: z.ZodType<FrameworkLoss> = z.object({
  framework: z.string(),
  name: z.string().nullable(),
  tasks: z.number(),
});

function known<T>(value: z.ZodType<T>) {
  return z.discriminatedUnion('known', [
    z.object({ known: z.literal(true), value }),
    z.object({ known: z.literal(false), why: z.string() }),
  ]);
}

/** What would be destroyed (form v 1). */
export const lossShape: z.ZodType<Loss> = z.object({
  alive: z.boolean(),
  held: known(z.array(held)),
  tasks: known(z.array(frameworkLoss)).nullable(),
});

const count = z.number().nullable();
const cost: z.ZodType<Cost> = z.object({
  tasks: count,
  frameworks: count,
  soleInstances: count,
  volumes: count,
  reservations: count,
  drainShown: z.boolean(),
});

const agent: z.ZodType<CoveredAgent> = z.object({
  agentId: id.agentId,
  hostname: z.string(),
  address: z.object({ ip: z.string(), port: z.number() }).nullable(),
  loss: lossShape,
  cost,
});

/** The frozen list that a question about a plan asks for (form v 1). */
export const covers: z.ZodType<Covers> = z.discriminatedUnion('of', [
  z.object({ of: z.literal('agents'), work: z.union([agentsWork, rollingWork]), lines: z.array(agent) }),
  z.object({
    of: z.literal('machines'),
    work: machinesWork,
    lines: z.array(
      z.object({ machine: z.object({ hostname: z.string(), ip: z.string() }), agents: z.array(agent) }),
    ),
  }),
]);
