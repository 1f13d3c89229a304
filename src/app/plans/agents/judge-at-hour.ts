import type { AgentsPlan } from '../../../domain/plan.ts';
import { refusalByPolicy } from '../../../domain/policy/judge-change.ts';
import { isUnreadable, type Refusal } from '../../../domain/refusal.ts';
import { standing } from '../../policies/standing-policy.ts';
import type { PolicyInForce } from '../../ports.ts';
import { besideOfList, insistsOfPlan } from '../beside-of-plan.ts';
import { asTheyAre } from './frozen-agents.ts';
import { reasonsForPlan } from './judge-agents.ts';
import { type LookDeps, lookAtAgents } from './look-at-agents.ts';
import { beyondLimits } from './propose-agents.ts';

/** What speaks against all of a scheduled plan at its hour, as if it were confirmed now; null: nothing. What speaks against
 * one agent of several, its own turn finds: the others go on. Throws a MasterFault where the master can't say what is there. */
export async function judgeAtHour(
  deps: LookDeps & { policy: PolicyInForce },
  plan: AgentsPlan,
): Promise<Refusal | null> {
  const { policy, clock } = deps;
  const { work, reason, lines } = plan;
  const wanted = { kind: work.do, reason, overrideFreeze: false, underWay: false };
  const forbidden = refusalByPolicy(standing(policy), wanted, clock.now());
  if (forbidden !== null) return forbidden;
  const todo = lines.filter(({ state }) => state.is === 'todo');
  const looked = await lookAtAgents(deps, work, await asTheyAre(deps, todo), plan.id);
  const [only] = looked;
  if (looked.length === 1 && only?.refusal && !isUnreadable(only.refusal)) return only.refusal;
  const over = await beyondLimits(deps, work, looked);
  if (over !== null) return over;
  const beside = await besideOfList(deps, plan.requester.userId, looked, insistsOfPlan(plan, null));
  if (beside?.verdict.refusal) return beside.verdict.refusal;
  const because = reasonsForPlan(policy.current(), work, looked, false, clock.now());
  return because.length === 0 ? null : { code: 'needs-approval', because };
}
