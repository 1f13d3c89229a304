import { reasonsForApproval } from '../../../domain/approval/needs-approval.ts';
import type { Insists } from '../../../domain/beside.ts';
import type { Instant, UserId } from '../../../domain/ids.ts';
import { changeKindOfPlan } from '../../../domain/policy/change-kind.ts';
import type { Policy } from '../../../domain/policy.ts';
import type { ApprovalReason, Refusal } from '../../../domain/refusal.ts';
import { type Around, type Laid, layOut, unjudgedOf, type Wave } from '../../../domain/rolling/lay-out.ts';
import type { RollingPlan, RollingWork, Unjudged } from '../../../domain/rolling.ts';
import { labelOf, type ResolvedTarget } from '../../../domain/target.ts';
import type { Hour } from '../../../domain/time/hour.ts';
import type { PolicyInForce } from '../../ports.ts';
import { type LookDeps, type LookedAgent, lookAtAgents } from '../agents/look-at-agents.ts';
import { besideOfList, type ListBeside } from '../beside-of-plan.ts';
import { lookAround } from './look-at-waves.ts';

export type DrawDeps = LookDeps & { policy: PolicyInForce };

/** An agent of a list in waves, as it is now. */
export type LookedInWave = LookedAgent & Laid;

/** A list in waves, as it would be done by what is there now. */
export interface DrawnUp {
  waves: Wave<LookedInWave>[];
  /** What can't be done, and why. */
  refused: (LookedAgent & { refusal: Refusal })[];
  around: Around;
  unjudged: Unjudged;
  because: ApprovalReason[];
}

/** Looks at each of these agents as it is now, and judges each by itself. `besides`: the plan on whose behalf. Throws a
 * MasterFault where the master can't say what one is. `hour`: for which it is to be scheduled. */
export async function lookAtRolling(
  deps: LookDeps,
  { maxGrace }: Pick<RollingWork, 'maxGrace'>,
  found: readonly ResolvedTarget[],
  besides: RollingPlan['id'] | null,
  hour?: Hour,
): Promise<LookedAgent[]> {
  const looked = await lookAtAgents(deps, { do: 'drain', maxGrace }, found, besides, hour);
  return looked.map((each) => ({ ...each, refusal: each.refusal ?? refusalIfAway(each) }));
}

/** The waves of these agents, beginning now or at an `hour`. Throws a MasterFault where the master can't list its agents. */
export async function drawUp(
  deps: DrawDeps,
  work: RollingWork,
  looked: readonly LookedAgent[],
  overrideFreeze: boolean,
  hour?: Hour,
): Promise<DrawnUp> {
  const { policy, clock } = deps;
  const rules = policy.current();
  const at = hour?.at ?? clock.now();
  const able = looked.filter(({ refusal }) => refusal === null).map(laid);
  const around = await lookAround(deps, able);
  const waves = layOut(
    able,
    {
      limits: { drainsAtOnce: work.parallel, per: work.per },
      minFreePercent: rules.minFreePercent,
      pause: work.pause,
      comeBack: work.afterwards.do === 'reactivate' && work.afterwards.after <= work.pause,
      at,
    },
    around,
  );
  return {
    waves,
    refused: looked.flatMap((each) => (each.refusal === null ? [] : { ...each, refusal: each.refusal })),
    around,
    unjudged: unjudgedOf(waves, around),
    because: reasonsForRolling(rules, work, able, overrideFreeze, at),
  };
}

/** What of others, and how much of the cluster out of service, it is held against, with all of the list out. */
export function besideWaves(
  deps: DrawDeps,
  by: UserId,
  { waves }: Pick<DrawnUp, 'waves'>,
  insists: Insists,
  hour: Hour | undefined,
): Promise<ListBeside | null> {
  const able = waves.flatMap(({ agents }) => agents);
  return besideOfList(deps, by, able, insists, { whole: true, hour: hour ?? null });
}

/** Why a second person has to be asked about these agents; empty: nobody has to be. */
export function reasonsForRolling(
  rules: Policy,
  work: RollingWork,
  able: readonly LookedAgent[],
  overrideFreeze: boolean,
  at: Instant,
): ApprovalReason[] {
  const kind = changeKindOfPlan({ of: 'rolling', work });
  const idle = able.every(({ tasks }) => tasks?.known && tasks.value.length === 0);
  return reasonsForApproval(
    rules,
    { kind, agents: able.length, maxGrace: work.maxGrace, idle, overrideFreeze },
    at,
  );
}

function laid(looked: LookedAgent): LookedInWave {
  const unknown = { known: false as const, why: 'nobody looked' };
  return {
    ...looked,
    agentId: looked.agent.agentId,
    attributes: looked.agent.attributes,
    groups: looked.preview?.groups ?? unknown,
    tasks: looked.tasks ?? unknown,
  };
}

/** The kill of an agent that is away waits for its return, and its wave would wait with it. */
function refusalIfAway({ agent, state }: LookedAgent): Refusal | null {
  return state === 'active' || state === 'deactivated'
    ? null
    : { code: 'not-rollable', agent: { ...labelOf(agent), state } };
}
