import { overriddenBy } from '../../domain/approval/needs-approval.ts';
import type { Plan } from '../../domain/plan.ts';
import { changeKindOfPlan } from '../../domain/policy/change-kind.ts';
import { refusalAtCall } from '../../domain/policy/judge-change.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { PlanActs, PlanActsByKind } from '../approvals/plans/plan-acts.ts';
import { standing } from '../policies/standing-policy.ts';
import type { Clock, PolicyInForce } from '../ports.ts';

/** The same, as far as the policy that stands then lets a plan begin, or its last call leave. */
export function underPolicy(
  acts: PlanActsByKind,
  { policy, clock }: { policy: PolicyInForce; clock: Clock },
): PlanActsByKind {
  const refusedFor = (plan: Plan): Refusal | null =>
    refusalAtCall(
      standing(policy),
      { kind: changeKindOfPlan(plan), overridden: overriddenBy(plan.because) },
      clock.now(),
    );
  const under = (own: PlanActs): PlanActs => ({
    ...own,
    look: async (plan, besides, forPeople) => {
      const refusal = refusedFor(plan);
      return refusal === null ? own.look(plan, besides, forPeople) : refuse(refusal);
    },
    overtakenBy: async (tx, plan, besides) => refusedFor(plan) ?? own.overtakenBy(tx, plan, besides),
  });
  return { agents: under(acts.agents), rolling: under(acts.rolling), machines: under(acts.machines) };
}
