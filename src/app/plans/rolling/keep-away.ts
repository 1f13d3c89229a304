import type { KnownAgent, MasterSighting } from '../../../domain/agent.ts';
import { type OwnDrains, objectionsToDeactivation } from '../../../domain/deactivation/may-deactivate.ts';
import { type AgentId, after, type Instant } from '../../../domain/ids.ts';
import type { DrainLimits } from '../../../domain/policy.ts';
import { isUnreadable, type Refusal } from '../../../domain/refusal.ts';
import { heldUp, mostWaitMs } from '../../../domain/rolling/halt.ts';
import { refusedAtTurn } from '../../../domain/rolling/leave-out.ts';
import type { RollingLine, RollingLineState } from '../../../domain/rolling.ts';
import { labelOf } from '../../../domain/target.ts';
import { allToTheirEnd } from '../../all-to-their-end.ts';
import type { Master, Sweep } from '../../ports.ts';
import { asTheyAre } from '../agents/frozen-agents.ts';
import { isAnother, type TakeOutDeps } from '../take-out.ts';
import { forbiddenNow } from './forbidden-now.ts';
import { isTodo, sendDeactivation } from './send-deactivation.ts';
import { isRunning, type RunningPlan, type WriteDeps, writeRolling } from './write-rolling.ts';

export type KeepAwayDeps = TakeOutDeps & WriteDeps;

/** Calls that are on their way at once. */
const atOnce = 4;
/** How old the list may be by which a call leaves, in ms. */
const freshMs = 5_000;
/** That many agents wait without a task of theirs being killed: no limit is about them. */
const noLimits: DrainLimits = { drainsAtOnce: Number.POSITIVE_INFINITY, per: [] };

interface Listed {
  at: Instant;
  sweep: Sweep;
}

/** Keeps new tasks away from these agents of a plan, a few at a time: one read shows all, and each is judged by it. Throws a
 * MasterFault where the master can't list them. */
export async function keepAway(
  deps: KeepAwayDeps,
  planned: RunningPlan,
  lines: readonly RollingLine[],
): Promise<void> {
  const { store, master, clock } = deps;
  const forbidden = forbiddenNow(deps, planned, clock.now());
  let plan: RunningPlan | null = await writeRolling(deps, planned, (now, at) =>
    forbidden !== null ? heldUp(now, { code: 'refused', refusal: forbidden }, at) : tooLate(now, at),
  );
  let listed: Listed | null = null;
  for (let nth = 0; nth < lines.length; nth += atOnce) {
    if (plan === null || plan.state.halt !== null || plan.state.waits?.why.code === 'refused') return;
    if (listed === null || clock.now() > after(listed.at, freshMs))
      listed = { at: clock.now(), sweep: await master.sweep() };
    const list = listed;
    const of = plan;
    await allToTheirEnd(lines.slice(nth, nth + atOnce).map((line) => one(deps, of, line, list)));
    const now = await store.plan(planned.id);
    plan = now?.of === 'rolling' && isRunning(now) ? now : null;
  }
}

/** Since it was confirmed, or somebody last had it go on. */
function tooLate({ state }: RunningPlan, at: Instant) {
  const since = state.resumedAt ?? state.since;
  if (state.halt !== null || at <= after(since, mostWaitMs)) return [];
  const refusal = { code: 'picked-up-late' as const, afterSeconds: Math.round((at - since) / 1000) };
  return [{ type: 'halted' as const, at, why: { code: 'refused' as const, refusal } }];
}

async function one(deps: KeepAwayDeps, plan: RunningPlan, line: RollingLine, list: Listed): Promise<void> {
  const { master, store } = deps;
  const { cluster } = master;
  const [found] = await asTheyAre(deps, [line]);
  if (found === undefined) throw new TypeError('an agent of a frozen list got lost');
  const { chosen } = found;
  const seen = await sightingIn(list.sweep, line.agentId, master);
  const { version, canDrain } = list.sweep.leader;
  const judge = (own: OwnDrains) =>
    objectionsToDeactivation(chosen, seen, { known: true, value: { version, canDrain } }, own, noLimits)[0];
  const drainsOf = (stored: Awaited<ReturnType<typeof store.openDrains>>) => stored.map(({ drain }) => drain);
  const objection = judge({
    open: drainsOf(await store.openDrains(cluster)),
    outOfService: drainsOf(await store.outOfService(cluster)),
  });
  const refusal =
    seen.kind === 'recovered' || seen.kind === 'not-read'
      ? blind(chosen, seen)
      : against(line, chosen, seen, objection);
  if (refusal !== null) return write(refusal);
  // Others have done it, or a deactivation of ours from before: it stays theirs.
  if (objection?.code === 'already-deactivated' || isAway(seen))
    return moved({ is: 'kept-away', since: list.at, ours: false, amiss: null, leftOut: null });
  await sendDeactivation(deps, plan, line, chosen, judge);

  async function write(why: Refusal): Promise<void> {
    await writeRolling(deps, plan, (now, at) => {
      const current = now.lines.find(({ agentId }) => agentId === line.agentId);
      if (current?.state.is !== 'todo') return [];
      return isUnreadable(why)
        ? heldUp(
            now,
            { code: 'unreadable', why: `the master does not show ${line.hostname} as it is now` },
            at,
          )
        : refusedAtTurn(now, current, why, at);
    });
  }
  async function moved(to: RollingLineState): Promise<void> {
    await writeRolling(deps, plan, (now, at) =>
      isTodo(now, line) ? [{ type: 'line-moved', at, agentId: line.agentId, from: 'todo', to }] : [],
    );
  }
}

/** Null: nothing speaks against it. */
function against(
  line: RollingLine,
  chosen: KnownAgent,
  seen: MasterSighting,
  objection: Refusal | undefined,
): Refusal | null {
  if (objection !== undefined && objection.code !== 'already-deactivated') return objection;
  const changes = isAnother(line, seen.kind === 'registered' ? seen.agent : line);
  if (seen.kind === 'unreachable' && line.shown.state !== 'unreachable')
    changes.push({ what: 'state', was: line.shown.state, is: 'unreachable' });
  return changes.length === 0 ? null : { code: 'not-as-shown', agent: labelOf(chosen), changes };
}

/** After a failover the master shows no drain of an agent that has not come back. */
function blind(chosen: KnownAgent, seen: MasterSighting): Refusal {
  const detail = seen.kind === 'not-read' ? seen.why : 'not re-registered since a failover';
  return { code: 'agent-not-deactivatable', agent: labelOf(chosen), why: 'unreadable', detail };
}

function isAway(seen: MasterSighting): boolean {
  if (seen.kind === 'registered') return seen.agent.deactivated;
  return seen.kind === 'unreachable' && seen.deactivated;
}

/** An agent that the list lacks is asked about by itself. */
export function sightingIn(
  { leader, registered, recovered }: Sweep,
  id: AgentId,
  master: Pick<Master, 'lookAt'>,
): Promise<MasterSighting> {
  const agent = registered.find(({ agentId }) => agentId === id);
  if (agent !== undefined) return Promise.resolve({ kind: 'registered', leader: leader.id, agent });
  return recovered.some(({ agentId }) => agentId === id)
    ? Promise.resolve({ kind: 'recovered', leader: leader.id })
    : master.lookAt(id);
}
