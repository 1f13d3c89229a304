import type { Covers } from '../../../domain/approval/covers.ts';
import { driftOfPlan, isWhole } from '../../../domain/approval/drift-of-plan.ts';
import { firstOfPlan, isLastCallDue } from '../../../domain/approval/plan-steps.ts';
import { mayLeave, type Reading } from '../../../domain/approval/read-ballots.ts';
import type { PlanApproval, Settlement } from '../../../domain/approval.ts';
import type { Plan } from '../../../domain/plan.ts';
import { isUnreadable, type Refusal, type Result, refuse } from '../../../domain/refusal.ts';
import { MasterFault, StoreFault } from '../../faults.ts';
import { stillAllowed } from '../acting/still-allowed.ts';
import type { JudgeDeps, LookedAt, Subject } from '../acting/subject.ts';
import { tellUnknownVoter } from '../acting/tell-wait.ts';
import { settle } from '../settle-approval.ts';
import { askForPlanAgain } from './ask-for-plan-again.ts';
import { beginPlan, sendOfPlan } from './carry-out-plan.ts';
import { makeMarkLinesGone } from './mark-lines-gone.ts';

/** What a question about a plan is about. */
export function makeOnPlan(deps: JudgeDeps) {
  const { store, clock, planActs, log } = deps;
  const lookAtLines = makeMarkLinesGone(deps);

  return async function onPlan(approval: PlanApproval): Promise<Subject<PlanApproval>> {
    const plan = await store.plan(approval.plan);
    if (plan === null) throw new StoreFault(`a${approval.id} is about a plan that is not there`);
    return {
      end: endBy(plan),
      isLastDue: approval.state.status === 'standing' && isLastCallDue(plan),
      look: () =>
        plan.of === 'rolling' && approval.state.status === 'standing'
          ? lookAtLines(approval, plan)
          : look(approval, plan),
      // Of what has begun of a list nothing can be asked for again as it was: a person types what is left.
      askAgain: (how) =>
        plan.of === 'rolling' && plan.state.status === 'running'
          ? settle(deps, approval, how)
          : askForPlanAgain(deps, approval, how, null),
    };
  };

  /** How the plan itself ended it; null: it did not. */
  function endBy({ of, state }: Plan): Settlement | null {
    if (state.status === 'ended') return { how: 'plan-ended', end: state.end.kind };
    const isCancelled = of === 'rolling' && state.status === 'running' && state.phase.at === 'giving-back';
    return isCancelled ? { how: 'plan-ended', end: 'cancelled' } : null;
  }

  /** Looks at every line where something is due by now: the beginning, or the call that can't be undone. */
  async function look(approval: PlanApproval, plan: Plan): Promise<LookedAt<PlanApproval>> {
    const { state } = approval;
    const due =
      (state.status === 'holding' && clock.now() >= state.until) ||
      (state.status === 'standing' && isLastCallDue(plan));
    if (!due) return { unread: null, act: null };
    try {
      const allowed: Awaited<ReturnType<typeof stillAllowed>> =
        state.status === 'holding' ? await stillAllowed(deps, approval) : { refusal: null };
      if ('unread' in allowed) return { unread: allowed.unread, act: null };
      const found =
        allowed.refusal === null
          ? await planActs[plan.of].look(plan, approval.id, false)
          : refuse(allowed.refusal);
      // Mended, the policy may well let it through.
      if (!found.ok && found.refusal.code === 'policy-broken')
        return { unread: `the policy can't be read: ${found.refusal.why}`, act: null };
      return !found.ok && isUnreadable(found.refusal)
        ? { unread: 'the master does not show every agent as it is now', act: null }
        : { unread: null, act: (now, reading) => act(now, plan, found, reading) };
    } catch (fault) {
      if (!(fault instanceof MasterFault)) throw fault;
      log.warn({ err: fault, approval: approval.id }, 'what was approved can not be looked at now');
      return { unread: fault.message, act: null };
    }
  }

  async function act(
    approval: PlanApproval,
    plan: Plan,
    found: Result<Covers>,
    reading: Reading,
  ): Promise<void> {
    const standing = approval.state.status === 'standing';
    const enough = mayLeave(approval, reading);
    if (!standing && (approval.state.status !== 'holding' || !enough)) return;
    if (!found.ok) return settle(deps, approval, { how: 'refused', refusal: found.refusal });
    const what = driftOfPlan(approval.covers, found.value);
    if (what.length > 0) {
      const how: Settlement = { how: 'changed', what };
      // What is missing from a frozen list can't be asked for again: a person types what is left.
      return isWhole(what) ? askForPlanAgain(deps, approval, how, found.value) : settle(deps, approval, how);
    }
    if (enough) return endIfRefused(approval, await leave(approval, plan));
    if (await tellUnknownVoter(deps, approval, reading)) return;
    await askForPlanAgain(deps, approval, { how: 'changed', what: [{ what: 'not-entitled' }] }, found.value);
  }

  /** One that was asked again while the plan runs has nothing left to begin. */
  function leave(approval: PlanApproval, plan: Plan): Promise<Refusal | null> {
    const first = plan.state.status === 'running' ? 'stand' : firstOfPlan(plan);
    return first === 'send' || isLastCallDue(plan)
      ? sendOfPlan(deps, approval, plan)
      : beginPlan(deps, approval, plan, first);
  }

  async function endIfRefused(approval: PlanApproval, refusal: Refusal | null): Promise<void> {
    // Its time ran out while it was being carried out: the next look says so.
    if (refusal === null || refusal.code === 'approval-settled') return;
    await settle(deps, approval, { how: 'refused', refusal });
  }
}
