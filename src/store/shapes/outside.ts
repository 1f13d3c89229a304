import { z } from 'zod';
import type { Swept } from '../../app/ports.ts';
import type { Schedule, ScheduledMachine } from '../../domain/outside/machines.ts';
import type { Believed } from '../../domain/outside/service.ts';
import { machine, masterDrain } from './drain.ts';
import * as id from './ids.ts';

/** What is believed of an agent, as its row holds it (form v 1). */
export const believedShape: z.ZodType<Believed> = z.object({
  service: z.union([z.enum(['active', 'deactivated']), masterDrain]),
  leader: id.masterId,
  at: id.instant,
});

const scheduled: z.ZodType<ScheduledMachine> = z.object({
  machine,
  start: id.instant,
  durationMs: z.number().nullable(),
  down: z.boolean(),
});

const schedule: z.ZodType<Schedule> = z.object({
  leader: id.masterId,
  at: id.instant,
  machines: z.array(scheduled),
});

/** The last sweep of a cluster, as its row holds it (form v 1). */
export const sweptShape: z.ZodType<Swept> = z.object({
  at: id.instant,
  leader: id.masterId,
  schedule: schedule.nullable(),
});
