import { changedLines } from '../../../domain/plan/as-shown.ts';
import { overLimits } from '../../../domain/plan/over-limits.ts';
import { isUnreadable, type Refusal } from '../../../domain/refusal.ts';
import { type LastInstances, lastInstancesOn } from '../../../domain/rolling/alike.ts';
import { objectionsToWave } from '../../../domain/rolling/judge-wave.ts';
import { roomForWaves } from '../../../domain/rolling/room-for-waves.ts';
import { isToBegin } from '../../../domain/rolling/standing.ts';
import type { HaltReason, RollingLine, RollingPlan } from '../../../domain/rolling.ts';
import { labelOf } from '../../../domain/target.ts';
import { MasterFault } from '../../faults.ts';
import type { PolicyInForce } from '../../ports.ts';
import { asTheyAre } from '../agents/frozen-agents.ts';
import { type LookDeps, type LookedAgent, lookAtAgents } from '../agents/look-at-agents.ts';
import { brakeOnRolling } from '../beside-of-plan.ts';
import { forbiddenNow } from './forbidden-now.ts';
import { lookAround } from './look-at-waves.ts';

export type JudgeDeps = LookDeps & { policy: PolicyInForce };

/** Whether a wave may begin now. `last`: what it takes the last instances of that run on one agent alone, for people to be
 * told. */
export type WaveVerdict = { begins: true; last: LastInstances[] } | { begins: false; why: HaltReason };

/** Judges a wave of a running plan anew, by what is there now: the policy and its freezes, each of its agents that has not
 * begun, the limits, the room that the rest has, and last instances. The gate and the votes are none of its business. */
export async function judgeWave(deps: JudgeDeps, plan: RollingPlan, wave: number): Promise<WaveVerdict> {
  try {
    return await judge(deps, plan, wave);
  } catch (fault) {
    if (!(fault instanceof MasterFault)) throw fault;
    return halt({ code: 'unreadable', why: fault.message });
  }
}

async function judge(deps: JudgeDeps, plan: RollingPlan, wave: number): Promise<WaveVerdict> {
  const { store, master, policy, clock } = deps;
  // The cheapest first: a wave may wait a while for others' drains.
  const forbidden = forbiddenNow(deps, plan, clock.now());
  if (forbidden !== null) return halt({ code: 'refused', refusal: forbidden });
  const rules = policy.current();
  const ahead = plan.lines.filter(({ state }) => isToBegin(state));
  const lines = ahead.filter((line) => line.wave === wave);
  const open = (await store.openDrains(master.cluster)).map((stored) => stored.drain);
  const mine = new Set(lines.map(({ agentId }) => agentId));
  const others = open.filter(({ agentId }) => !mine.has(agentId));
  const over = overLimits(lines, others, rules.limits);
  if (over !== null) return halt({ code: 'refused', refusal: over });
  const braked = await brakeOnRolling(deps, plan);
  if (braked !== null) return halt({ code: 'refused', refusal: braked });
  const drain = { do: 'drain', maxGrace: plan.work.maxGrace } as const;
  const looked = await lookAtAgents(deps, drain, await asTheyAre(deps, lines), plan.id);
  for (const [nth, line] of lines.entries()) {
    const refusal = againstLine(line, looked[nth]);
    if (refusal === null) continue;
    const { agentId, hostname } = line;
    return isUnreadable(refusal)
      ? halt({ code: 'unreadable', why: `the master does not show ${hostname} as it is now` })
      : halt({ code: 'line-refused', agentId, hostname, refusal });
  }
  const { directory, alike, unknown } = await lookAround(deps, looked);
  const going = others.filter(({ way }) => way === 'drain').map(({ agentId }) => agentId);
  const last = lastInstancesOn([...mine], alike, going);
  const [room = null] = roomForWaves(
    [
      { agents: [...mine], tasks: tasksOf(looked) },
      { agents: ahead.map(({ agentId }) => agentId), tasks: { known: true, value: [] } },
    ],
    directory,
    false,
  );
  const isIdle = looked.every(({ tasks }) => tasks?.known === true && tasks.value.length === 0);
  const facts = { room: isIdle ? null : room, last, unknown };
  const [objection] = objectionsToWave(facts, rules.minFreePercent, plan.unjudged);
  return objection === undefined ? { begins: true, last } : halt({ code: 'wave', objection });
}

function againstLine(line: RollingLine, now: LookedAgent | undefined): Refusal | null {
  if (now === undefined) throw new TypeError('an agent of a frozen list got lost');
  if (now.refusal !== null) return now.refusal;
  const { agentId, hostname, address, shown } = line;
  const before = { agentId, hostname, address, shown, state: { is: 'todo' as const } };
  // Of what is kept away by the plan itself the state is another; but what is away can't be emptied.
  const isThere = now.state === 'active' || now.state === 'deactivated';
  const [changed] = changedLines(
    [before],
    [
      {
        ...before,
        hostname: now.agent.hostname,
        address: now.agent.address,
        shown: { state: isThere ? shown.state : now.state, tasks: shown.tasks },
      },
    ],
  );
  return changed === undefined
    ? null
    : { code: 'not-as-shown', agent: labelOf(now.agent), changes: changed.changes };
}

/** What runs on all of them; not known where of any it is not. */
export function tasksOf(looked: readonly LookedAgent[]) {
  const blind = looked.flatMap(({ tasks }) => (tasks?.known === false ? tasks : []))[0];
  return (
    blind ?? { known: true as const, value: looked.flatMap(({ tasks }) => (tasks?.known ? tasks.value : [])) }
  );
}

function halt(why: HaltReason): WaveVerdict {
  return { begins: false, why };
}
