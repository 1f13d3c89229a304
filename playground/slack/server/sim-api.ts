import { z } from 'zod';
import type { SocketMode } from '../delivery/socket-mode.ts';
import type { SlackModel } from '../model.ts';
import { faultKinds } from '../rules/faults.ts';

const fault = z.object({
  method: z.string(),
  fault: z.enum(faultKinds),
  times: z.int().positive().default(1),
  retryAfter: z.int().positive().default(1),
});

const limits = z.object({ enabled: z.boolean() });

/** What goes wrong on request: POST /_sim/fault, /_sim/disconnect, /_sim/limits. False for another path; throws a
 * ZodError for a wrong body. */
export function simulate(model: SlackModel, socketMode: SocketMode, path: string, body: unknown): boolean {
  switch (path) {
    case '/_sim/fault':
      model.faults.add(fault.parse(body));
      return true;
    case '/_sim/disconnect':
      socketMode.disconnect();
      return true;
    case '/_sim/limits':
      model.limits.enabled = limits.parse(body).enabled;
      return true;
    default:
      return false;
  }
}
