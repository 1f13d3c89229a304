import { type CoveredAgent, coveredFrom } from '../../../domain/approval/covers.ts';
import type { Plan } from '../../../domain/plan.ts';
import type { Preview } from '../../../domain/preview.ts';
import { isUnreadable, ok, refuse } from '../../../domain/refusal.ts';
import { lastInstancesOn } from '../../../domain/rolling/alike.ts';
import type { Around } from '../../../domain/rolling/lay-out.ts';
import { wavesOverLimits } from '../../../domain/rolling/limits.ts';
import type { RollingPlan } from '../../../domain/rolling.ts';
import type { PlanActs } from '../../approvals/plans/plan-acts.ts';
import type { NewId } from '../../ports.ts';
import { asTheyAre } from '../agents/frozen-agents.ts';
import type { LookedAgent } from '../agents/look-at-agents.ts';
import { besideOfList, collidedBy, insistsOfPlan } from '../beside-of-plan.ts';
import { fileBeginning } from '../file-beginning.ts';
import { objectionOfHolder } from '../held-by-plan.ts';
import { applyRolling } from './apply-rolling.ts';
import { type DrawDeps, lookAtRolling } from './draw-up.ts';
import { lookAround } from './look-at-waves.ts';

/** What questions about rolling plans need to have done. */
export function makeRollingActs(deps: DrawDeps & { newId: NewId }): PlanActs {
  const { policy, newId } = deps;
  return {
    look: async (plan, _besides, forPeople) => {
      const rolling = mustRoll(plan);
      const { limits, needsApproval } = policy.current();
      const over = wavesOverLimits(rolling.work, limits);
      if (over !== null) return refuse(over);
      const todo = rolling.lines.filter(({ state }) => state.is === 'todo');
      const looked = await lookAtRolling(deps, rolling.work, await asTheyAre(deps, todo), plan.id);
      // All of the list, or none of it; and what nobody can say now is waited for.
      const against = looked.flatMap(({ refusal }) => refusal ?? []);
      const refusal = against.find(isUnreadable) ?? against[0];
      if (refusal !== undefined) return refuse(refusal);
      const insists = insistsOfPlan(rolling, null);
      const beside = await besideOfList(deps, rolling.requester.userId, looked, insists, { whole: true });
      if (beside?.verdict.refusal) return refuse(beside.verdict.refusal);
      const around = forPeople ? await lookAround(deps, looked) : null;
      const under = needsApproval.graceUnderSeconds;
      return ok({
        of: 'agents',
        work: rolling.work,
        lines: looked.map((one) => covered(rolling, one, under, around)),
      });
    },
    overtakenBy: async (tx, plan) =>
      (await objectionOfHolder(tx, mustRoll(plan), false)) ?? collidedBy(tx, deps, plan),
    begin: async (tx, plan, approved, at) => {
      const running = await applyRolling(tx, mustRoll(plan), [{ type: 'begun', at, approved }], newId);
      await fileBeginning(tx, running, 'approved', at);
    },
    send: () => Promise.reject(new TypeError('no call of a rolling plan is sent from its question')),
  };
}

/** `around` null: nobody looked. */
function covered(
  { work }: RollingPlan,
  { agent, preview }: LookedAgent,
  under: number,
  around: Around | null,
): CoveredAgent {
  if (preview === null) throw new TypeError('a drain has a preview');
  const { agentId, hostname, address } = agent;
  const isCut = work.maxGrace !== null && work.maxGrace < under;
  const line = coveredFrom({ agentId, hostname, address }, preview, isCut, null);
  const { loss, cost } = line;
  return {
    ...line,
    // What is marked gone takes with it what is held there.
    loss: work.afterwards.do === 'mark-gone' ? { ...loss, held: preview.held } : loss,
    cost: { ...cost, soleInstances: around === null ? null : soleOn(agentId, preview, around) },
  };
}

/** Tasks that run on this agent alone; null: of some nobody knows. Others of its wave are spared together (waves.ts). */
function soleOn(
  agentId: CoveredAgent['agentId'],
  { groups }: Preview,
  { alike, unknown }: Around,
): number | null {
  if (!groups.known || groups.value.some(({ framework }) => unknown.some(({ id }) => id === framework.id)))
    return null;
  return lastInstancesOn([agentId], alike).reduce((sum, { count }) => sum + count, 0);
}

function mustRoll(plan: Plan): RollingPlan {
  if (plan.of !== 'rolling') throw new TypeError('this plan has acts of its own');
  return plan;
}
