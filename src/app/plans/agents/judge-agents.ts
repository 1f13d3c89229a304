import { reasonsForApproval } from '../../../domain/approval/needs-approval.ts';
import { expectedEnd } from '../../../domain/drain/grace.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { Totals } from '../../../domain/plan/proposal.ts';
import type { AgentsWork } from '../../../domain/plan.ts';
import type { Policy } from '../../../domain/policy.ts';
import { roomElsewhere } from '../../../domain/preview/room.ts';
import type { ApprovalReason } from '../../../domain/refusal.ts';
import { spreadOf } from '../../agents/list-framework.ts';
import { mergedGroups } from '../spread-of-list.ts';
import type { LookDeps, LookedAgent } from './look-at-agents.ts';

/** Why a second person has to be asked about what can be done of this; empty: nobody has to be. */
export function reasonsForPlan(
  policy: Policy,
  work: AgentsWork,
  looked: readonly LookedAgent[],
  overrideFreeze: boolean,
  at: Instant,
): ApprovalReason[] {
  const able = looked.filter(({ refusal }) => refusal === null);
  const idle = able.every(({ tasks }) => tasks?.known && tasks.value.length === 0);
  const maxGrace = work.do === 'drain' ? work.maxGrace : null;
  return reasonsForApproval(
    policy,
    { kind: work.do, agents: able.length, maxGrace, idle, overrideFreeze },
    at,
  );
}

/** What all that can be done comes to, together. */
export async function totalsOf(
  deps: LookDeps,
  policy: Policy,
  work: AgentsWork,
  looked: readonly LookedAgent[],
): Promise<Totals> {
  const { store, master, clock } = deps;
  const able = looked.filter(({ refusal }) => refusal === null);
  const known = able.flatMap(({ tasks }) => (tasks?.known ? tasks.value : []));
  const directory = await store.directory(master.cluster);
  const ids = able.map(({ agent }) => agent.agentId);
  const away = directory.filter(({ state }) => state === 'recovered').length;
  const groups = mergedGroups(able.flatMap(({ preview }) => preview ?? []));
  const ends = work.do !== 'reactivate' && known.length > 0;
  const open = await store.openDrains(master.cluster);
  return {
    agents: able.length,
    tasks: known.length,
    tasksNotKnown: able.filter(({ tasks }) => tasks !== null && !tasks.known).length,
    expectedEnd: work.do === 'drain' ? expectedEnd(groups, clock.now()) : null,
    room: ends ? roomElsewhere(known, ids, directory) : null,
    spread: ends ? await spreadOf(deps, groups, ids, away) : [],
    limit: work.do === 'reactivate' ? null : { open: open.length, allowed: policy.limits.drainsAtOnce },
  };
}
