import { overriddenBy } from '../../domain/approval/needs-approval.ts';
import { reasonsOfBrake } from '../../domain/beside.ts';
import type { ConfirmCommand } from '../../domain/command.ts';
import { differences, splitBy } from '../../domain/maintenance/difference.ts';
import {
  objectionsToMaintenance,
  objectionsToTakingDown,
  objectionsToUndrained,
} from '../../domain/maintenance/may-maintain.ts';
import { firstStep } from '../../domain/maintenance/steps.ts';
import { lineText, type ScheduleLine, windowsOf } from '../../domain/maintenance/text.ts';
import type { MachinesPlan } from '../../domain/plan.ts';
import { refusalAtCall } from '../../domain/policy/judge-change.ts';
import { type ApprovalReason, ok, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import { withLink } from '../answers/with-link.ts';
import { auditOfCommand } from '../commands/record.ts';
import { Overtaken } from '../overtaken.ts';
import { besideOfMachines, insistsOfPlan } from '../plans/beside-of-plan.ts';
import { settledBy } from '../plans/still-as-read.ts';
import { standing } from '../policies/standing-policy.ts';
import type { InboxCommand } from '../ports.ts';
import { applyMachines } from './apply-machines.ts';
import { type DrawnUp, lookAtMachines, reasonsForMaintenance, writingCall } from './draw-up.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import { agentsShown, type ProposeMachinesDeps, proposeAgain } from './propose-machines.ts';
import { type SendStepDeps, sendStep } from './send-step.ts';

export interface ConfirmMachinesDeps extends ProposeMachinesDeps, SendStepDeps {
  oneWriter: OneAtATime;
}

/** Does what was proposed and is confirmed now: looks at everything again, and sends the first call, or answers for what a
 * second person has to be asked. Where somebody changed the schedule since it was shown, it is shown anew and nothing is
 * written. The caller has judged whose it is and whether it still stands. */
export function confirmMachines(
  deps: ConfirmMachinesDeps,
  command: ConfirmCommand,
  plan: MachinesPlan,
  typed: InboxCommand,
): Promise<Result<'settled' | { ask: ApprovalReason[] }>> {
  // From the read to the write nobody else of ours may write.
  return deps.oneWriter(async () => {
    const { store, clock, newId } = deps;
    const audit = auditOfCommand(typed, command);
    // Whoever clicked twice waits here for the first click to be done.
    const still = await store.plan(plan.id);
    if (still?.version !== plan.version) return refuse(settledBy(plan.id, still));
    const looked = await judgeAgain(deps, plan);
    if (!looked.ok) return looked;
    const now = looked.value;
    const changed = changedSince(plan, now);
    if (changed.length > 0) {
      const agents = await agentsShown(deps, now);
      await store.transact(async (tx) => {
        await tx.settleCommand(typed.id, 'done');
        const at = clock.now();
        await applyMachines(tx, plan, [{ type: 'ended', at, end: { kind: 'not-confirmed' } }], newId);
        await proposeAgain(tx, deps, plan, now, agents, changed, typed, audit);
      });
      return ok('settled');
    }
    if (now.because.length > 0) return ok({ ask: now.because });
    const step = firstStep(plan.work);
    try {
      if (step.at !== 'next')
        throw new TypeError(`a plan to ${plan.work.do} begins with ${step.at}, and was not approved`);
      await sendStep(deps, plan, {
        call: step.call,
        windows: now.seen.windows,
        events: [{ type: 'begun', at: clock.now(), approved: null, step }],
        record: async (tx) => {
          const machines = objectionsIn(plan, now, await tx.unendedPlans(plan.cluster));
          if (machines.length > 0) throw new Overtaken(notReady(plan, machines));
          await tx.settleCommand(typed.id, 'done');
        },
        ...(audit.command === undefined ? {} : { command: audit.command }),
      });
      return ok('settled');
    } catch (fault) {
      if (fault instanceof Overtaken) return refuse(fault.refusal);
      throw fault;
    }
  });
}

/** The frozen list, judged as if it were asked for now. Throws a MasterFault where the master can't say how things stand. */
export async function judgeAgain(deps: ProposeMachinesDeps, plan: MachinesPlan): Promise<Result<DrawnUp>> {
  const { store } = deps;
  const now = await lookAtMachines(deps);
  const machines = objectionsIn(plan, now, await store.unendedPlans(plan.cluster));
  if (machines.length > 0) return refuse(notReady(plan, machines));
  const forbidden = forbiddenNow(deps, plan);
  if (forbidden !== null) return refuse(forbidden);
  const others = await besideOfMachines(deps, plan, now.directory, insistsOfPlan(plan, null));
  if (others?.verdict.refusal) return refuse(await withLink(store, plan.cluster, others.verdict.refusal));
  const because = [
    ...reasonsForMaintenance(deps, plan.work, plan.lines, overriddenBy(plan.because).length > 0),
    ...reasonsOfBrake(others?.verdict.brake ?? null),
  ];
  return ok({ ...now, work: plan.work, lines: plan.lines, because });
}

/** What the policy that stands now has against the next call of a plan; null: nothing. */
export function forbiddenNow(
  { policy, clock }: Pick<ProposeMachinesDeps, 'policy' | 'clock'>,
  { work, because }: Pick<MachinesPlan, 'work' | 'because'>,
): Refusal | null {
  const change = { kind: `maintenance ${work.do}` as const, overridden: overriddenBy(because) };
  return refusalAtCall(standing(policy), change, clock.now());
}

export function objectionsIn(
  plan: MachinesPlan,
  now: Pick<DrawnUp, 'seen' | 'registered'>,
  plans: Parameters<typeof objectionsToMaintenance>[4],
) {
  const { state } = plan;
  const next = state.status === 'running' && state.step.at === 'next' ? state.step.call : null;
  // By then it has scheduled and drained them itself.
  if (next === 'start') return objectionsToTakingDown(plan, now.seen, now.registered);
  const undrained = next === null ? [] : objectionsToUndrained(plan, now.registered);
  if (undrained.length > 0) return undrained;
  return objectionsToMaintenance(plan.work, plan.lines, now.seen, now.registered, plans, plan.id);
}

export function notReady(plan: MachinesPlan, machines: ReturnType<typeof objectionsIn>) {
  return { code: 'machines-not-ready' as const, command: `maintenance ${plan.work.do}`, machines };
}

/** What others changed since the asker was shown the schedule. Where this work does not write it, only what they changed about
 * its own machines counts. */
export function changedSince(plan: MachinesPlan, { seen }: Pick<DrawnUp, 'seen'>): ScheduleLine[] {
  const all = differences(windowsOf(plan.shown), seen.windows);
  const machines = plan.lines.map(({ machine }) => machine);
  const matter =
    writingCall(plan.work) === null || plan.approved !== null ? splitBy(machines, all).ours : all;
  return matter.map(lineText);
}
