import type { KnownAgent, RegisteredAgent } from '../agent.ts';
import type { AgentId } from '../ids.ts';
import { agentsHeld, type MachineLine, type MachinesPlan, type MachinesWork, type Plan } from '../plan.ts';
import { differences } from './difference.ts';
import { isAmong, machineKey, type WholeMachine } from './machine.ts';
import { merged } from './merge.ts';
import type { MaintenanceSeen } from './seen.ts';
import { changeBy } from './steps.ts';

/** Why something can't be done with a machine now. */
export type MachineObjection =
  /** It is DOWN already: only a stop changes that. */
  | 'down'
  | 'not-down'
  | 'not-scheduled'
  /** The schedule has it exactly so. */
  | 'as-it-is'
  /** To drain its agent first it must not be scheduled. */
  | 'scheduled'
  /** To drain first there must be an agent. */
  | 'no-agent'
  /** Its agent was drained first, and the master shows that no more: somebody had it reactivated. */
  | 'not-drained'
  /** Somebody else changed when it is scheduled since it was shown. */
  | 'moved'
  /** Another plan of ours is about it. */
  | 'in-plan';

export interface ObjectedMachine {
  machine: WholeMachine;
  why: MachineObjection;
  /** Of `in-plan`: which. */
  plan: Plan['id'] | null;
}

/** What the schedule, the machines' state and our other plans have against this work, machine by machine. `registered`: the
 * agents that the master has now. `besides`: the plan itself. */
export function objectionsToMaintenance(
  work: MachinesWork,
  lines: readonly MachineLine[],
  seen: MaintenanceSeen,
  registered: readonly Pick<KnownAgent, 'hostname' | 'address'>[],
  plans: readonly Plan[],
  besides: Plan['id'] | null,
): ObjectedMachine[] {
  return lines.flatMap((line): ObjectedMachine[] => {
    const { machine } = line;
    const other = plans.find((plan) => plan.id !== besides && holdsLine(plan, line));
    if (other !== undefined) return [{ machine, why: 'in-plan', plan: other.id }];
    const why = objectionTo(work, machine, seen, registered);
    return why === null ? [] : [{ machine, why, plan: null }];
  });
}

function objectionTo(
  work: MachinesWork,
  machine: WholeMachine,
  { windows, down }: MaintenanceSeen,
  registered: readonly Pick<KnownAgent, 'hostname' | 'address'>[],
): MachineObjection | null {
  const isDown = isAmong(machine, down);
  const isScheduled = windows.some(({ machines }) => isAmong(machine, machines));
  switch (work.do) {
    case 'schedule': {
      if (isDown) return 'down';
      const change = changeBy({ work, lines: [{ machine, agents: [] }] }, 'schedule');
      return change !== null && differences(windows, merged(windows, change)).length === 0
        ? 'as-it-is'
        : null;
    }
    case 'clear':
      return isDown ? 'down' : isScheduled ? null : 'not-scheduled';
    case 'stop':
      return isDown ? null : 'not-down';
    case 'start': {
      if (isDown) return 'down';
      if (work.window === null && !isScheduled) return 'not-scheduled';
      if (work.drainFirst === null) return null;
      if (isScheduled) return 'scheduled';
      const here = registered.filter(({ hostname, address }) =>
        isAmong(machine, [{ hostname, ip: address?.ip ?? null }]),
      );
      return here.length === 0 ? 'no-agent' : null;
    }
  }
}

/** The same of machines that are scheduled and drained by now, and about to be taken down. */
export function objectionsToTakingDown(
  { work, lines }: Pick<MachinesPlan, 'work' | 'lines'>,
  { windows, down }: MaintenanceSeen,
  registered: readonly Pick<RegisteredAgent, 'hostname' | 'address' | 'drain'>[],
): ObjectedMachine[] {
  const undrained = objectionsToUndrained({ work, lines }, registered);
  return lines.flatMap(({ machine }): ObjectedMachine[] => {
    if (isAmong(machine, down)) return [{ machine, why: 'down', plan: null }];
    const isScheduled = windows.some(({ machines }) => isAmong(machine, machines));
    if (!isScheduled) return [{ machine, why: 'not-scheduled', plan: null }];
    return undrained.filter((each) => each.machine === machine);
  });
}

/** Once the agents were drained first, the machines where the master does not show that any more. */
export function objectionsToUndrained(
  { work, lines }: Pick<MachinesPlan, 'work' | 'lines'>,
  registered: readonly Pick<RegisteredAgent, 'hostname' | 'address' | 'drain'>[],
): ObjectedMachine[] {
  if (work.do !== 'start' || work.drainFirst === null) return [];
  const back = registered.filter(({ drain }) => drain?.state !== 'DRAINED');
  return lines.flatMap(({ machine }): ObjectedMachine[] =>
    back.some(({ hostname, address: { ip } }) => isAmong(machine, [{ hostname, ip }]))
      ? [{ machine, why: 'not-drained', plan: null }]
      : [],
  );
}

/** Whether a plan takes this agent's machine down right now, so that its end is this bot's own doing. */
export function isTakenDownBy(plan: Plan, agentId: AgentId): boolean {
  if (plan.of !== 'machines' || plan.state.status !== 'running') return false;
  const { step } = plan.state;
  const isStarting = 'call' in step && step.call === 'start' && step.at !== 'next';
  return isStarting && plan.lines.some(({ agents }) => agents.some((each) => each.agentId === agentId));
}

/** Whether such a plan is about this machine, or holds an agent of it for a turn that is still to come. */
export function holdsLine(plan: Plan, { machine, agents }: MachineLine): boolean {
  return holdsMachine(plan, machine) || agents.some(({ agentId }) => agentsHeld(plan).includes(agentId));
}

/** Whether a plan that others see is about this machine. One whose agents are only waited for is not in the way. */
export function holdsMachine(plan: Plan, machine: WholeMachine): boolean {
  if (plan.of !== 'machines') return false;
  const { state } = plan;
  if (state.status !== 'asked' && state.status !== 'running') return false;
  if (state.status === 'running' && state.step.at === 'returning') return false;
  return plan.lines.some((line) => machineKey(line.machine) === machineKey(machine));
}
