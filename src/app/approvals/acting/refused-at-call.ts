import { overriddenBy } from '../../../domain/approval/needs-approval.ts';
import type { AgentApproval } from '../../../domain/approval.ts';
import { changeKindOfAct } from '../../../domain/policy/change-kind.ts';
import { refusalAtCall } from '../../../domain/policy/judge-change.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { standing } from '../../policies/standing-policy.ts';
import type { Clock, PolicyInForce } from '../../ports.ts';

/** What the policy that stands now has against what was approved; null: nothing. */
export function refusedAtCall(
  { policy, clock }: { policy: PolicyInForce; clock: Clock },
  { act, because }: Pick<AgentApproval, 'act' | 'because'>,
): Refusal | null {
  const change = { kind: changeKindOfAct(act), overridden: overriddenBy(because) };
  return refusalAtCall(standing(policy), change, clock.now());
}
