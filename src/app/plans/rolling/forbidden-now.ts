import { overriddenBy, reasonsForApproval } from '../../../domain/approval/needs-approval.ts';
import type { Instant } from '../../../domain/ids.ts';
import { changeKindOfPlan } from '../../../domain/policy/change-kind.ts';
import { refusalAtCall } from '../../../domain/policy/judge-change.ts';
import type { ApprovalReason, Refusal } from '../../../domain/refusal.ts';
import type { RollingPlan } from '../../../domain/rolling.ts';
import { standing } from '../../policies/standing-policy.ts';
import type { PolicyInForce } from '../../ports.ts';

/** What the policy that stands now has against the plan going on; null: nothing. */
export function forbiddenNow(
  { policy }: { policy: PolicyInForce },
  plan: RollingPlan,
  at: Instant,
): Refusal | null {
  // What was to be overridden was over when it began, where nobody was asked.
  const overridden = plan.approved === null ? [] : overriddenBy(plan.because);
  const frozen = refusalAtCall(standing(policy), { kind: changeKindOfPlan(plan), overridden }, at);
  if (frozen !== null) return frozen;
  const because = wantsTwo({ policy }, plan, plan.lines.length, true, at);
  return because.length === 0 ? null : { code: 'needs-approval', because };
}

/** Why a second person has to be asked by now about a plan that nobody was asked about: the policy and the hour may be others
 * than when it was confirmed. */
export function wantsTwo(
  { policy }: { policy: PolicyInForce },
  plan: RollingPlan,
  agents: number,
  idle: boolean,
  at: Instant,
): ApprovalReason[] {
  if (plan.approved !== null) return [];
  const change = {
    kind: changeKindOfPlan(plan),
    agents,
    maxGrace: plan.work.maxGrace,
    idle,
    overrideFreeze: false,
  };
  return reasonsForApproval(policy.current(), change, at);
}
