import type { KnownAgent, RegisteredAgent } from '../../domain/agent.ts';
import { reasonsForApproval } from '../../domain/approval/needs-approval.ts';
import type { MaintenanceCommand } from '../../domain/command.ts';
import { differences } from '../../domain/maintenance/difference.ts';
import { isAmong } from '../../domain/maintenance/machine.ts';
import { objectionsToMaintenance } from '../../domain/maintenance/may-maintain.ts';
import { merged } from '../../domain/maintenance/merge.ts';
import type { MaintenancePreview } from '../../domain/maintenance/news.ts';
import type { MaintenanceSeen } from '../../domain/maintenance/seen.ts';
import { callAfter, changeBy, firstStep } from '../../domain/maintenance/steps.ts';
import { lineText } from '../../domain/maintenance/text.ts';
import type { MachineLine, MachinesCall, MachinesWork, Plan } from '../../domain/plan.ts';
import { type ApprovalReason, ok, type Result, refuse } from '../../domain/refusal.ts';
import type { Hour } from '../../domain/time/hour.ts';
import { knownFrom } from '../agents/find-agent.ts';
import { MasterFault } from '../faults.ts';
import type { PolicyInForce } from '../ports.ts';
import { type MeantDeps, machinesMeant } from './machines-meant.ts';

export interface DrawUpDeps extends MeantDeps {
  policy: PolicyInForce;
}

/** How the schedule, its machines and the agents of the cluster stand, by one leader. */
export interface MachinesNow {
  seen: MaintenanceSeen;
  directory: KnownAgent[];
  registered: RegisteredAgent[];
}

/** What a command over machines comes to now. */
export interface DrawnUp extends MachinesNow {
  work: MachinesWork;
  lines: MachineLine[];
  because: ApprovalReason[];
}

/** Throws a MasterFault where one leader did not show all of it. */
export async function lookAtMachines({ store, master, clock }: MeantDeps): Promise<MachinesNow> {
  const [seen, sweep] = [await master.maintenance(), await master.sweep()];
  if (sweep.leader.id !== seen.leader)
    throw new MasterFault('another master began to lead between two reads');
  const now = clock.now();
  const remembered = await store.directory(master.cluster);
  const fresh = knownFrom(sweep, now, remembered);
  const ids = new Set(fresh.map(({ agentId }) => agentId));
  const left = remembered.filter(({ agentId }) => !ids.has(agentId));
  const directory = [...fresh, ...left.map((agent) => ({ ...agent, state: away(agent) }))];
  return { seen, directory, registered: sweep.registered };
}

/** What the master lists no more is not registered. */
function away({ state }: KnownAgent): KnownAgent['state'] {
  return state === 'unreachable' || state === 'gone' ? state : 'unlisted';
}

/** Looks and judges, as if it were asked now. `hour`: when a window begins that is to be scheduled; null: now. Throws as
 * {@link lookAtMachines}. */
export async function drawUp(
  deps: DrawUpDeps,
  command: MaintenanceCommand,
  hour: Hour | null,
): Promise<Result<DrawnUp>> {
  const now = await lookAtMachines(deps);
  const meant = await machinesMeant(deps, command, now.seen, now.directory);
  if (!meant.ok) return meant;
  const lines = meant.value;
  const work = workOf(command, lines, now.seen, hour?.at ?? deps.clock.now());
  const plans = await deps.store.unendedPlans(deps.master.cluster);
  const machines = objectionsToMaintenance(work, lines, now.seen, now.registered, plans, null);
  if (machines.length > 0) return refuse({ code: 'machines-not-ready', command: command.verb, machines });
  const because = reasonsForMaintenance(deps, work, lines, command.overrideFreeze);
  if (because.length > 0 && command.reason === null) return refuse({ code: 'reason-needed', because });
  return ok({ ...now, work, lines, because });
}

export function reasonsForMaintenance(
  { policy, clock }: Pick<DrawUpDeps, 'policy' | 'clock'>,
  work: MachinesWork,
  lines: readonly MachineLine[],
  overrideFreeze: boolean,
): ApprovalReason[] {
  const drains = work.do === 'start' ? work.drainFirst : null;
  return reasonsForApproval(
    policy.current(),
    {
      kind: `maintenance ${work.do}`,
      agents: lines.length,
      maxGrace: drains?.maxGrace ?? null,
      idle: false,
      overrideFreeze,
    },
    clock.now(),
  );
}

function workOf(
  command: MaintenanceCommand,
  lines: readonly MachineLine[],
  { windows }: MaintenanceSeen,
  at: number,
): MachinesWork {
  switch (command.verb) {
    case 'maintenance schedule':
      return { do: 'schedule', window: unavailable(at, command.lasts) };
    case 'maintenance clear':
      return { do: 'clear' };
    case 'maintenance stop':
      return { do: 'stop' };
    case 'maintenance start': {
      const isScheduled = lines.every((line) =>
        windows.some(({ machines }) => isAmong(line.machine, machines)),
      );
      const window = isScheduled ? null : unavailable(at, command.lasts);
      return { do: 'start', window, drainFirst: command.drainFirst };
    }
  }
}

function unavailable(fromMs: number, lastsSeconds: number | null) {
  const startNs = (BigInt(fromMs) * 1_000_000n).toString();
  return {
    startNs,
    durationNs: lastsSeconds === null ? null : (BigInt(lastsSeconds) * 1_000_000_000n).toString(),
  };
}

/** The call of this work that writes the schedule; null: none does. */
export function writingCall(work: MachinesWork): MachinesCall | null {
  const first = firstStep(work);
  const call = first.at === 'next' ? first.call : callAfter(work, null);
  return call === 'schedule' || call === 'clear' ? call : null;
}

/** What the schedule would have otherwise, and how many machines of others it holds. Null: this work does not write it. */
export function differenceBy(
  plan: Pick<DrawnUp, 'work' | 'lines'>,
  { windows }: MaintenanceSeen,
): MaintenancePreview['difference'] {
  const call = writingCall(plan.work);
  const change = call === null ? null : changeBy(plan, call);
  if (change === null) return null;
  const others = windows
    .flatMap(({ machines }) => machines)
    .filter((machine) => !isAmong(machine, change.machines)).length;
  return { lines: differences(windows, merged(windows, change)).map(lineText), others };
}

/** Whether another plan of ours has written the schedule, or may still, and nobody knows yet what came of it. */
export function isWriting(plan: Plan): boolean {
  if (plan.of !== 'machines' || plan.state.status !== 'running') return false;
  const { step } = plan.state;
  return step.at === 'calling' || step.at === 'checking';
}
