import { z } from 'zod';
import type { Unavailability, WindowText } from '../../domain/maintenance/text.ts';
import type {
  AgentLineOfPlan,
  AgentsPlan,
  AgentsWork,
  MachineLine,
  MachinesPlan,
  MachinesStep,
  MachinesWork,
  Plan,
} from '../../domain/plan.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { machine } from './drain.ts';
import * as id from './ids.ts';
import { agentAsShown, asked, base, ended, proposed, scheduled } from './plan-base.ts';
import { shownOnly } from './requester.ts';
import { rollingPlan } from './rolling.ts';

const record = z.union([
  z.object({ drain: id.drainId }).strict(),
  z.object({ reactivation: id.reactivationId }).strict(),
]);

const agentLine: z.ZodType<AgentLineOfPlan> = z.object({
  agentId: id.agentId,
  hostname: z.string(),
  address: z.object({ ip: z.string(), port: z.number() }).nullable(),
  shown: agentAsShown,
  state: z.discriminatedUnion('is', [
    z.object({ is: z.literal('todo') }),
    z.object({ is: z.literal('begun'), by: record }),
    z.object({ is: z.literal('ended'), by: record, well: z.boolean() }),
    z.object({ is: z.literal('refused'), refusal: shownOnly<Refusal>('code') }),
    z.object({ is: z.literal('dropped') }),
  ]),
});

const outFor = z.exactOptional(id.seconds);

/** What is done with each agent (form v 1). */
export const agentsWork: z.ZodType<AgentsWork> = z.discriminatedUnion('do', [
  z.object({ do: z.literal('drain'), maxGrace: id.seconds.nullable(), outFor }),
  z.object({ do: z.literal('deactivate'), outFor }),
  z.object({ do: z.literal('reactivate') }),
]);

const agentsPlan: z.ZodType<AgentsPlan> = z.object({
  ...base,
  of: z.literal('agents'),
  work: agentsWork,
  lines: z.array(agentLine),
  begunAt: id.instant.nullable(),
  state: z.discriminatedUnion('status', [
    proposed,
    scheduled,
    asked,
    z.object({ status: z.literal('running'), since: id.instant }),
    ended,
  ]),
});

const nanoseconds = z.string().regex(/^-?\d+$/);
const window: z.ZodType<Unavailability> = z.object({
  startNs: nanoseconds,
  durationNs: nanoseconds.nullable(),
});

/** What is done with all machines (form v 1). */
export const machinesWork: z.ZodType<MachinesWork> = z.discriminatedUnion('do', [
  z.object({ do: z.literal('schedule'), window }),
  z.object({ do: z.literal('clear') }),
  z.object({
    do: z.literal('start'),
    window: window.nullable(),
    drainFirst: z.object({ maxGrace: id.seconds.nullable() }).nullable(),
  }),
  z.object({ do: z.literal('stop') }),
]);

const wholeMachine = z.object({ hostname: z.string(), ip: z.string() });
const machineLine: z.ZodType<MachineLine> = z.object({
  machine: wholeMachine,
  agents: z.array(z.object({ agentId: id.agentId, drain: id.drainId.nullable() })),
});

const windows: z.ZodType<WindowText[]> = z.array(
  z.object({ machines: z.array(machine), startNs: nanoseconds, durationNs: nanoseconds.nullable() }),
);
const written = { call: z.enum(['schedule', 'clear', 'start', 'stop']), base: windows.nullable() };
const looked = { ...written, between: z.array(windows) };
const firstRead = z.object({ leader: id.masterId, at: id.instant }).nullable();
const step: z.ZodType<MachinesStep> = z.discriminatedUnion('at', [
  z.object({ at: z.literal('draining') }),
  z.object({ at: z.literal('next'), call: written.call }),
  z.object({ at: z.literal('calling'), intendedAt: id.instant, ...written }),
  z.object({
    at: z.literal('checking'),
    intendedAt: id.instant,
    why: z.string(),
    noEffect: firstRead,
    blindSince: id.instant.nullable(),
    toldAt: id.instant.nullable(),
    ...looked,
  }),
  z.object({
    at: z.literal('following'),
    acceptedAt: id.instant,
    amiss: firstRead,
    toldAt: id.instant.nullable(),
    ...looked,
  }),
  z.object({
    at: z.literal('returning'),
    since: id.instant,
    toldAt: id.instant.nullable(),
    back: z.array(z.object({ machine: wholeMachine, agentId: id.agentId })),
  }),
]);

const machinesPlan: z.ZodType<MachinesPlan> = z.object({
  ...base,
  of: z.literal('machines'),
  work: machinesWork,
  lines: z.array(machineLine),
  shown: windows,
  state: z.discriminatedUnion('status', [
    proposed,
    asked,
    z.object({ status: z.literal('running'), since: id.instant, step }),
    ended,
  ]),
});

/** A plan as its row holds it (form v 1). */
export const planShape: z.ZodType<Plan> = z.union([agentsPlan, rollingPlan, machinesPlan]);
