import type { PauseCommand } from '../../../domain/command.ts';
import type { Person } from '../../../domain/person.ts';
import type { Plan } from '../../../domain/plan.ts';
import { ok, type Refusal, type Result, refuse } from '../../../domain/refusal.ts';
import type { RollingEvent } from '../../../domain/rolling/events.ts';
import { tallyOfRolling } from '../../../domain/rolling/tally.ts';
import type { RollingPlan } from '../../../domain/rolling.ts';
import { auditOfCommand, queueAnswer } from '../../commands/record.ts';
import type { Clock, InboxCommand, NewId, Store } from '../../ports.ts';
import { asItStands } from '../../races.ts';
import { auditOfPlan } from '../apply-agents-plan.ts';
import { findPlan } from '../find-plan.ts';
import { applyRolling } from './apply-rolling.ts';

interface PauseDeps {
  store: Store;
  clock: Clock;
  newId: NewId;
}

/** `pause PLAN`, `resume PLAN`: whether the next wave may begin. Of what is judged before one, nothing is judged here. */
export async function pauseOrResume(
  deps: PauseDeps,
  command: PauseCommand,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  return asItStands(async () => {
    const found = await findPlan(deps.store, command.plan);
    if (!found.ok) return found;
    const plan = found.value;
    const refusal = whyNot(command.verb, plan);
    if (refusal !== null) return refuse(refusal);
    if (plan.of === 'rolling') await hold(deps, command, plan, typed);
    return ok('settled');
  });
}

/** What speaks against it, or null. */
export function whyNot(verb: PauseCommand['verb'], plan: Plan): Refusal | null {
  const { id } = plan;
  if (plan.state.status === 'ended') return { code: 'plan-settled', plan: id, how: plan.state.end.kind };
  if (plan.of !== 'rolling') return { code: 'plan-not-rolling', plan: id, command: verb };
  const { state } = plan;
  if (state.status !== 'running') return { code: 'plan-not-begun', plan: id, how: state.status };
  const { phase, halt } = state;
  if (phase.at === 'giving-back') return { code: 'plan-settled', plan: id, how: 'cancelled' };
  if (verb === 'pause') return halt === null ? null : { code: 'plan-halted', plan: id, halt: halt.why.code };
  return halt === null ? { code: 'plan-goes-on', plan: id } : null;
}

async function hold(
  { store, clock, newId }: PauseDeps,
  command: PauseCommand,
  plan: RollingPlan,
  typed: InboxCommand,
): Promise<void> {
  const by: Person = { userId: typed.user, teamId: typed.team, name: typed.userName };
  await store.transact(async (tx) => {
    const at = clock.now();
    await tx.settleCommand(typed.id, 'done');
    await tx.append({
      ...(await auditOfPlan(tx, plan)),
      ...auditOfCommand(typed, command),
      at,
      event: 'command.accepted',
      decision: command.verb === 'pause' ? 'paused' : 'resumed',
    });
    const event: RollingEvent =
      command.verb === 'pause'
        ? { type: 'halted', at, why: { code: 'paused', by } }
        : { type: 'resumed', at, by };
    const now = await applyRolling(tx, plan, [event], newId);
    const { underWay } = tallyOfRolling(now);
    const permalink = await tx.permalinkOf(plan.thread);
    const kind = command.verb === 'pause' ? 'plan-paused' : 'plan-resumed';
    await queueAnswer(tx, typed, { kind, plan: plan.id, underWay, permalink }, { clock, newId });
  });
}
