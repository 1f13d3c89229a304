import { type CoveredAgent, coveredFrom } from '../../../domain/approval/covers.ts';
import type { AgentsPlan, Plan } from '../../../domain/plan.ts';
import type { Spread } from '../../../domain/preview/spread.ts';
import type { Preview } from '../../../domain/preview.ts';
import { isUnreadable, ok, refuse } from '../../../domain/refusal.ts';
import type { PlanActs } from '../../approvals/plans/plan-acts.ts';
import type { NewId, PolicyInForce } from '../../ports.ts';
import { applyAgentsPlan } from '../apply-agents-plan.ts';
import { besideOfList, collidedBy, insistsOfPlan } from '../beside-of-plan.ts';
import { fileBeginning } from '../file-beginning.ts';
import { objectionOfHolder } from '../held-by-plan.ts';
import { spreadOfList } from '../spread-of-list.ts';
import { asTheyAre } from './frozen-agents.ts';
import { type LookDeps, type LookedAgent, lookAtAgents } from './look-at-agents.ts';
import { beyondLimits } from './propose-agents.ts';

/** What questions about plans over agents need to have done. */
export function makeAgentsActs(deps: LookDeps & { policy: PolicyInForce; newId: NewId }): PlanActs {
  const { policy, newId } = deps;
  return {
    look: async (plan, _besides, forPeople) => {
      const agents = mustBeAgents(plan);
      const todo = agents.lines.filter(({ state }) => state.is === 'todo');
      const looked = await lookAtAgents(deps, agents.work, await asTheyAre(deps, todo), plan.id);
      // All of the list, or none of it; and what nobody can say now is waited for.
      const against = looked.flatMap(({ refusal }) => refusal ?? []);
      const refusal =
        against.find(isUnreadable) ?? against[0] ?? (await beyondLimits(deps, agents.work, looked));
      if (refusal !== null) return refuse(refusal);
      const beside = await besideOfList(deps, agents.requester.userId, looked, insistsOfPlan(agents, null));
      if (beside?.verdict.refusal) return refuse(beside.verdict.refusal);
      const previews = looked.flatMap(({ preview }) => preview ?? []);
      const spread = forPeople ? await spreadOfList(deps, previews) : () => null;
      return ok({
        of: 'agents',
        work: agents.work,
        lines: looked.map((one) => covered(agents, one, spread)),
      });
    },
    overtakenBy: async (tx, plan) =>
      (await objectionOfHolder(tx, mustBeAgents(plan), false)) ?? collidedBy(tx, deps, plan),
    begin: async (tx, plan, approved, at) => {
      const running = await applyAgentsPlan(tx, mustBeAgents(plan), [{ type: 'begun', at, approved }], newId);
      await fileBeginning(tx, running, 'approved', at);
    },
    send: () => Promise.reject(new TypeError('no call of a plan over agents is the plan’s own')),
  };

  function covered(
    { work }: AgentsPlan,
    { agent, preview, state }: LookedAgent,
    spread: (preview: Preview) => Spread[] | null,
  ): CoveredAgent {
    const { agentId, hostname, address } = agent;
    const who = { agentId, hostname, address };
    const under = policy.current().needsApproval.graceUnderSeconds;
    if (preview !== null) {
      const isCut = work.do === 'drain' && work.maxGrace !== null && work.maxGrace < under;
      return coveredFrom(who, preview, isCut, spread(preview));
    }
    return {
      ...who,
      loss: { alive: state !== 'unreachable', held: { known: true, value: [] }, tasks: null },
      cost: {
        tasks: null,
        frameworks: null,
        soleInstances: null,
        volumes: null,
        reservations: null,
        drainShown: state === 'draining' || state === 'drained',
      },
    };
  }
}

/** Whether its asker had a freeze overridden, which a second person has to agree to. */
export function overridesFreeze({ because }: Pick<Plan, 'because'>): boolean {
  return because.some(({ why }) => why === 'freeze');
}

function mustBeAgents(plan: Plan): AgentsPlan {
  if (plan.of !== 'agents') throw new TypeError('a plan over machines has acts of its own');
  return plan;
}
