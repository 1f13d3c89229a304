import type { KnownAgent } from '../../domain/agent.ts';
import type { Drain } from '../../domain/drain.ts';
import { type ClusterName, type Instant, instant } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan.ts';
import { byHostname } from '../../domain/select-agents.ts';
import type { OutLine, OutList } from '../../domain/stay/out-line.ts';
import { outSince, outUntil } from '../../domain/stay/stay.ts';
import { linkTo } from '../answers/with-link.ts';
import type { Store } from '../ports.ts';

/** The most that one list tells; of each the log is asked who it was. */
const most = 40;

/** The agents of a cluster that are out of service, as they were last seen: ours by age, then those that others took out.
 * `openToo`: also those that are being drained, or deactivated and still in use, by us. */
export async function outOfService(store: Store, cluster: ClusterName, openToo: boolean): Promise<OutList> {
  const open = (await store.openDrains(cluster)).map(({ drain }) => drain);
  const out = (await store.outOfService(cluster)).map(({ drain }) => drain);
  const agents = await store.directory(cluster);
  const ours = [...out, ...(openToo ? open : [])].sort((a, b) => startOf(a) - startOf(b));
  const known = new Set([...open, ...out].map(({ agentId }) => agentId));
  const others = agents.filter((agent) => isOut(agent) && !known.has(agent.agentId)).sort(byHostname);
  const lines: OutLine[] = [];
  for (const drain of ours.slice(0, most)) {
    const state = agents.find(({ agentId }) => agentId === drain.agentId)?.state ?? 'unlisted';
    lines.push(await ourLine(store, drain, state));
  }
  const plans = await store.unendedPlans(cluster);
  for (const agent of others.slice(0, most - lines.length))
    lines.push(planLine(plans, agent) ?? (await othersLine(store, agent)));
  return { lines, more: ours.length + others.length - lines.length };
}

function startOf(drain: Drain): Instant {
  return outSince(drain) ?? drain.intendedAt;
}

function isOut({ state }: KnownAgent): boolean {
  return state === 'draining' || state === 'drained' || state === 'deactivated';
}

async function ourLine(store: Store, drain: Drain, state: OutLine['state']): Promise<OutLine> {
  return {
    agentId: drain.agentId,
    hostname: drain.hostname,
    state,
    since: startOf(drain),
    by: drain.requester.userId,
    reason: drain.reason,
    until: outUntil(drain),
    drain: drain.id,
    permalink: await linkTo(store, drain),
  };
}

/** Of one that waits on the list of a rolling plan, which keeps it away itself; null: none does. */
function planLine(plans: readonly Plan[], { agentId, hostname, state }: KnownAgent): OutLine | null {
  for (const plan of plans) {
    const line = plan.of === 'rolling' ? plan.lines.find((each) => each.agentId === agentId) : undefined;
    if (line?.state.is !== 'kept-away' || !line.state.ours) continue;
    const { requester, reason } = plan;
    return {
      agentId,
      hostname,
      state,
      since: line.state.since,
      by: requester.userId,
      reason,
      until: null,
      drain: null,
      permalink: null,
    };
  }
  return null;
}

async function othersLine(store: Store, { agentId, hostname, state }: KnownAgent): Promise<OutLine> {
  const seen = await takenOutElsewhere(store, agentId);
  const by = seen === null ? null : ('outside' as const);
  return {
    agentId,
    hostname,
    state,
    since: seen,
    by,
    reason: null,
    until: null,
    drain: null,
    permalink: null,
  };
}

/** When somebody else was last seen to have changed this agent; null: nobody saw it. */
export async function takenOutElsewhere(store: Store, agent: KnownAgent['agentId']): Promise<Instant | null> {
  const filter = { agent, cluster: null, by: null, command: null, since: null, until: null };
  const latest = await store.auditBefore(filter, Number.MAX_SAFE_INTEGER, 10);
  const changed = latest.find(({ entry }) => entry.event === 'outside.changed');
  return changed === undefined ? null : instant(Date.parse(changed.entry.at));
}
