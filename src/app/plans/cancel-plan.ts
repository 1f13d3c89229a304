import type { CancelCommand } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import { leftBy, whyNotStopped } from '../../domain/maintenance/left-standing.ts';
import type { Person } from '../../domain/person.ts';
import { tallyOf } from '../../domain/plan/agents-evolve.ts';
import type { Plan } from '../../domain/plan.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { cancelled } from '../../domain/rolling/cancel.ts';
import { auditOfCommand, queueAnswer } from '../commands/record.ts';
import type { Clock, InboxCommand, NewId, Store, Tx } from '../ports.ts';
import { applyAgentsPlan, auditOfPlan } from './apply-agents-plan.ts';
import { endPlan } from './end-plan.ts';
import { applyRolling } from './rolling/apply-rolling.ts';

interface CancelPlanDeps {
  store: Store;
  clock: Clock;
  newId: NewId;
}

/** `cancel PLAN` of one that nobody is asked about: what of it has not begun is left out. Throws VersionConflict where it
 * moved on. */
export async function cancelPlan(
  deps: CancelPlanDeps,
  command: CancelCommand,
  plan: Plan,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const { state } = plan;
  if (state.status === 'ended') return refuse({ code: 'plan-settled', plan: plan.id, how: state.end.kind });
  const refusal = plan.of === 'machines' ? whyNotStopped(plan) : null;
  if (refusal !== null) return refuse(refusal);
  if (plan.of === 'agents' && state.status === 'running' && tallyOf(plan).todo === 0)
    return refuse({ code: 'plan-begun', plan: plan.id, work: plan.work.do });
  if (plan.of === 'rolling' && plan.state.status === 'running' && plan.state.phase.at === 'giving-back')
    return refuse({ code: 'plan-settled', plan: plan.id, how: 'cancelled' });
  await stop(deps, command, plan, typed);
  return ok('settled');
}

async function stop(
  { store, clock, newId }: CancelPlanDeps,
  command: CancelCommand,
  plan: Plan,
  typed: InboxCommand,
): Promise<void> {
  const by = { userId: typed.user, teamId: typed.team, name: typed.userName };
  await store.transact(async (tx) => {
    const at = clock.now();
    const isRunning = plan.state.status === 'running';
    await tx.settleCommand(typed.id, 'done');
    await tx.append({
      ...(await auditOfPlan(tx, plan)),
      ...auditOfCommand(typed, command),
      at,
      event: 'command.accepted',
      decision: 'taken back',
    });
    await stopInPart(tx, plan, by, at, newId);
    const isSeen = isRunning || plan.state.status === 'scheduled';
    const permalink = isSeen ? await tx.permalinkOf(plan.thread) : null;
    await queueAnswer(tx, typed, { kind: 'plan-cancelled', plan: plan.id, permalink }, { clock, newId });
  });
}

/** What has begun of a list goes on, and its end is the plan's. */
async function stopInPart(tx: Tx, plan: Plan, by: Person, at: Instant, newId: NewId): Promise<void> {
  const isRunning = plan.state.status === 'running';
  if (isRunning && plan.of === 'rolling') {
    await applyRolling(tx, plan, cancelled(plan, by, at), newId);
    return;
  }
  const dropped =
    isRunning && plan.of === 'agents'
      ? await applyAgentsPlan(tx, plan, [{ type: 'rest-dropped', at, by }], newId)
      : plan;
  if (!isRunning || dropped.of !== 'agents' || tallyOf(dropped).begun === 0)
    await endPlan(tx, dropped, { kind: 'cancelled', by, ...leftBy(plan) }, at, newId);
}
