import type { MasterId } from '../../domain/ids.ts';
import type { MachinesEvent } from '../../domain/maintenance/events.ts';
import { callAfter } from '../../domain/maintenance/steps.ts';
import type { MachinesPlan } from '../../domain/plan.ts';
import type { WatchMachinesDeps } from './watch-machines.ts';

type Write = (plan: MachinesPlan, events: readonly MachinesEvent[], leader: MasterId | null) => Promise<void>;

/** Drains the agents of a plan that is to take their machines down, as the limits allow, and goes on once each is proven. */
export async function drainLines(deps: WatchMachinesDeps, plan: MachinesPlan, write: Write): Promise<void> {
  const call = callAfter(plan.work, null);
  if (call !== null)
    await write(plan, [{ type: 'step-begun', at: deps.clock.now(), step: { at: 'next', call } }], null);
}
