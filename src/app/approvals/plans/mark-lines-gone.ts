import { overriddenBy } from '../../../domain/approval/needs-approval.ts';
import { mayLeave, type Reading } from '../../../domain/approval/read-ballots.ts';
import type { PlanApproval } from '../../../domain/approval.ts';
import type { Drain } from '../../../domain/drain.ts';
import { changeKindOfPlan } from '../../../domain/policy/change-kind.ts';
import { refusalAtCall } from '../../../domain/policy/judge-change.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { RollingEvent } from '../../../domain/rolling/events.ts';
import { haltingAtFailures, heldUp } from '../../../domain/rolling/halt.ts';
import { othersMayFollow, toMarkGone } from '../../../domain/rolling/marking.ts';
import type { RollingLine, RollingPlan } from '../../../domain/rolling.ts';
import { applyEvents } from '../../drains/apply-events.ts';
import { MasterFault, VersionConflict } from '../../faults.ts';
import { sendMarkGone } from '../../mark-gones/send-mark-gone.ts';
import { Overtaken } from '../../overtaken.ts';
import { applyRolling } from '../../plans/rolling/apply-rolling.ts';
import { standing } from '../../policies/standing-policy.ts';
import type { Tx } from '../../ports.ts';
import { type ApprovedGone, type Checked, checkSecondCall, refuseIfMoved } from '../acting/second-call.ts';
import type { JudgeDeps, LookedAt } from '../acting/subject.ts';
import { tellUnknownVoter } from '../acting/tell-wait.ts';
import { besideNow, overtakenBy, type Prepared } from '../asking/prepare-act.ts';
import { settle } from '../settle-approval.ts';

/** The agents of a rolling plan that are proven empty, and marked gone on its standing approval: one in each look, so that the
 * votes are read right before its call, by the rules of the second of two calls (product.md 4). */
export function makeMarkLinesGone(deps: JudgeDeps) {
  const { store, clock, newId, log } = deps;

  return async function look(approval: PlanApproval, plan: RollingPlan): Promise<LookedAt<PlanApproval>> {
    const [line] = toMarkGone(plan);
    const drain = line?.state.is === 'drained' ? (await store.drain(line.state.drain))?.drain : undefined;
    const approved = line === undefined ? null : approvedGone(approval, plan, line);
    // Another end of its drain, the plan's own loop sees.
    if (line === undefined || drain?.state.status !== 'drained' || approved === null)
      return { unread: null, act: null };
    const forbidden = forbiddenNow(plan);
    if (forbidden !== null) return { unread: null, act: () => holdUp(plan, forbidden) };
    try {
      const checked = await checkSecondCall(deps, approved, drain, drain.state);
      return {
        unread: null,
        act: (now, reading) => act(now, plan, { line, drain, approved, checked }, reading),
      };
    } catch (fault) {
      if (!(fault instanceof MasterFault)) throw fault;
      log.warn(
        { err: fault, plan: plan.id, agentId: line.agentId },
        'what was approved can not be looked at now',
      );
      return { unread: fault.message, act: null };
    }
  };

  async function act(
    approval: PlanApproval,
    plan: RollingPlan,
    { line, drain, approved, checked }: Due,
    reading: Reading,
  ): Promise<void> {
    if (approval.state.status !== 'standing') return;
    switch (checked.is) {
      case 'drain-ended':
        return void (await store.transact((tx) => applyEvents(tx, drain, [checked.seen], newId)));
      case 'refused':
        return holdUp(plan, checked.refusal);
      case 'changed':
        return leaveOut(plan, line, drain, checked.what);
      case 'as-approved':
        break;
    }
    if (!mayLeave(approval, reading)) {
      if (await tellUnknownVoter(deps, approval, reading)) return;
      return settle(deps, approval, { how: 'changed', what: [{ what: 'not-entitled' }] });
    }
    const refusal = await send(approval, plan, { line, drain, approved, prepared: checked.prepared });
    // Whatever moved on, the next look judges as it is then.
    if (refusal === null || refusal.code === 'drain-ended' || refusal.code === 'plan-settled') return;
    await holdUp(plan, refusal);
  }

  async function send(
    approval: PlanApproval,
    plan: RollingPlan,
    { line, drain, approved, prepared }: Omit<Due, 'checked'> & { prepared: Prepared },
  ): Promise<Refusal | null> {
    let isLast = false;
    const sent = await sendMarkGone(deps, {
      approval,
      agent: line,
      usesIt: () => isLast,
      call: { by: 'second-drain', drain: drain.id, maxGrace: drain.maxGrace },
      thread: plan.thread,
      record: async (tx, at) => {
        await refuseIfMoved(tx, drain);
        const overtaken =
          forbiddenNow(plan) ??
          (await overtakenBy(tx, deps, prepared, approved.id, null, plan.id)) ??
          (await besideNow(tx, prepared, approval));
        if (overtaken !== null) throw new Overtaken(overtaken);
        // Used up, it is guarded by its own version.
        if ((await tx.approval(approval.id))?.version !== approval.version)
          throw new VersionConflict(`The votes on a${approval.id} have to be looked at again.`);
        const now = await tx.plan(plan.id);
        if (now?.of !== 'rolling' || !toMarkGone(now).some(({ agentId }) => agentId === line.agentId))
          throw new Overtaken({ code: 'plan-settled', plan: plan.id, how: 'moved on' });
        isLast = !othersMayFollow(now, line);
        const marking = { is: 'marking' as const, drain: drain.id };
        await apply(tx, now, [
          { type: 'line-moved', at, agentId: line.agentId, from: 'drained', to: marking },
        ]);
      },
    });
    return sent.ok ? null : sent.refusal;
  }

  /** More would be lost with it than was approved, or nobody can show that it is what was approved: it stays a plain drain. */
  async function leaveOut(
    plan: RollingPlan,
    line: RollingLine,
    drain: Drain,
    what: Extract<Checked, { is: 'changed' }>['what'],
  ): Promise<void> {
    await store.transact(async (tx) => {
      const at = clock.now();
      const why = { code: 'not-marked' as const, what };
      const failed = { is: 'failed' as const, drain: drain.id, why };
      await apply(tx, await samePlan(tx, plan), [
        { type: 'line-moved', at, agentId: line.agentId, from: 'drained', to: failed },
      ]);
      await applyEvents(tx, drain, [{ type: 'gone-dropped', at }], newId);
    });
  }

  async function holdUp(plan: RollingPlan, refusal: Refusal): Promise<void> {
    await store.transact(async (tx) => {
      const now = await samePlan(tx, plan);
      await apply(tx, now, heldUp(now, { code: 'refused', refusal }, clock.now()));
    });
  }

  /** What the policy of now has against it; null: nothing. */
  function forbiddenNow(plan: RollingPlan): Refusal | null {
    const change = { kind: changeKindOfPlan(plan), overridden: overriddenBy(plan.because) };
    return refusalAtCall(standing(deps.policy), change, clock.now());
  }

  async function apply(tx: Tx, plan: RollingPlan, events: RollingEvent[]): Promise<void> {
    await applyRolling(tx, plan, haltingAtFailures(plan, events), newId);
  }
}

interface Due {
  line: RollingLine;
  drain: Drain;
  approved: ApprovedGone;
  checked: Checked;
}

/** What its question showed of this agent; null: it is not on that list. */
function approvedGone(
  { id, covers, askedAt }: PlanApproval,
  { id: plan, work }: RollingPlan,
  { agentId }: RollingLine,
): ApprovedGone | null {
  const shown = covers.of === 'agents' ? covers.lines.find((each) => each.agentId === agentId) : undefined;
  if (shown === undefined) return null;
  const { hostname, address, loss } = shown;
  const act = { kind: 'drain-then-gone' as const, maxGrace: work.maxGrace };
  // No question about a list says that emptiness would be the master's word.
  return { id, plan, agentId, hostname, address, askedAt, act, loss, masterWordOnly: false, witness: null };
}

async function samePlan(tx: Tx, { id, version }: RollingPlan): Promise<RollingPlan> {
  const plan = await tx.plan(id);
  if (plan?.of !== 'rolling' || plan.version !== version)
    throw new VersionConflict(`p${id} is not at version ${version} any more.`);
  return plan;
}
