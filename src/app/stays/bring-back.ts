import { coveredAgents } from '../../domain/approval/covers.ts';
import { reasonsForApproval } from '../../domain/approval/needs-approval.ts';
import { factsOf } from '../../domain/audit/facts.ts';
import { changedByOthers } from '../../domain/drain/look.ts';
import type { Drain } from '../../domain/drain.ts';
import { correlationId } from '../../domain/ids.ts';
import { agentsToCome } from '../../domain/plan.ts';
import { refusalAtCall } from '../../domain/policy/judge-change.ts';
import { type AgentLabel, isUnreadable, type Refusal } from '../../domain/refusal.ts';
import type { Reminder } from '../../domain/stay/reminder.ts';
import { outUntil } from '../../domain/stay/stay.ts';
import { labelOf } from '../../domain/target.ts';
import { authorise } from '../authorise.ts';
import { applyEvents } from '../drains/apply-events.ts';
import { MasterFault } from '../faults.ts';
import { Overtaken } from '../overtaken.ts';
import { standing } from '../policies/standing-policy.ts';
import type { People, PolicyInForce, Tx } from '../ports.ts';
import {
  lookForReturn,
  objectionToReturn,
  type ReactivationDeps,
  sendReactivation,
} from '../reactivations/send-reactivation.ts';

export interface BringBackDeps extends ReactivationDeps {
  people: People;
  policy: PolicyInForce;
}

/** What came of it. `unclear`: nobody can say now whether it may come back, so its turn comes again. */
export type CameBack =
  | { is: 'begun' }
  | { is: 'kept-out'; reminder: Reminder }
  | { is: 'unclear'; why: Refusal };

/** Brings an agent back whose time out of service is over, on behalf of whoever asked for that: as a `reactivate` of theirs
 * would be, with everything asked anew. Where anything speaks against it, nothing is sent. */
export async function bringBack(deps: BringBackDeps, drain: Drain): Promise<CameBack> {
  try {
    const refusal = await tryToBringBack(deps, drain);
    if (refusal === null) return { is: 'begun' };
    if (isUnclear(refusal)) return { is: 'unclear', why: refusal };
    const reminder: Reminder =
      refusal.code === 'scheduled-for-maintenance'
        ? { why: 'scheduled', machine: refusal.machine }
        : { why: 'refused', refusal };
    return { is: 'kept-out', reminder };
  } catch (fault) {
    if (!(fault instanceof MasterFault)) throw fault;
    const why = { code: 'master-unreadable', cluster: drain.cluster, why: fault.message } as const;
    return { is: 'unclear', why };
  }
}

async function tryToBringBack(deps: BringBackDeps, drain: Drain): Promise<Refusal | null> {
  const { master, policy, people, newId } = deps;
  const correlation = correlationId(newId());
  const by = drain.stay?.outFor?.by ?? drain.requester;
  const allowed = await authorise(
    people,
    policy.current(),
    { user: by.userId, channel: drain.channel },
    'reversible',
  );
  if (!allowed.ok) return allowed.refusal;
  const forbidden = forbiddenNow(deps);
  if (forbidden !== null) return forbidden;
  const { agentId, hostname } = drain;
  const chosen = (await deps.store.directory(master.cluster)).find((each) => each.agentId === agentId);
  if (chosen === undefined) return { code: 'no-such-agent', typed: hostname, near: [] };
  const looked = await lookForReturn(master, chosen);
  const seen = looked.master;
  // Out of service by somebody else's hand by now: the sweep ends this drain, and tells it.
  const shown = seen.kind === 'registered' ? seen.agent : seen.kind === 'unreachable' ? seen : null;
  const changed = shown === null ? null : changedByOthers(shown, drain, deps.clock.now());
  if (changed !== null)
    return {
      code: 'agent-not-reactivatable',
      agent: labelOf(chosen),
      why: 'unreadable',
      detail: 'it is not as our drain left it',
    };
  const objection = await objectionToReturn(deps, chosen, looked);
  if (objection !== null) return objection;
  const scheduled = await master.scheduled({ hostname, ip: shownIp(seen) ?? chosen.address?.ip ?? '' });
  if (scheduled !== null)
    return { code: 'scheduled-for-maintenance', agent: labelOf(chosen), machine: scheduled };

  const sent = await sendReactivation(deps, {
    agent: chosen,
    others: [],
    looked,
    requester: by,
    channel: drain.channel,
    plan: null,
    correlation,
    reason: null,
    byHour: true,
    audit: {
      actor: { kind: 'bot' },
      correlation,
      place: { channel: drain.channel },
      facts: factsOf({ onBehalfOf: by, until: outUntil(drain), drain: drain.id }),
    },
    record: async (tx) => {
      const now = await tx.drain(drain.id);
      if (now?.version !== drain.version)
        throw new Overtaken({ code: 'drain-ended', drain: drain.id, end: 'moved-on' });
      const forbiddenByNow = forbiddenNow(deps);
      if (forbiddenByNow !== null) throw new Overtaken(forbiddenByNow);
      await refuseIfPlanned(tx, drain, labelOf(chosen));
      await refuseIfAskedAbout(tx, drain, labelOf(chosen));
      await applyEvents(tx, now, [{ type: 'return-begun', at: deps.clock.now() }], newId);
    },
  });
  return sent.ok ? null : sent.refusal;
}

/** What the policy has against it at this moment: a freeze, or that it takes two, of whom there is one. */
function forbiddenNow({ policy, clock }: BringBackDeps): Refusal | null {
  const at = clock.now();
  const frozen = refusalAtCall(standing(policy), { kind: 'reactivate', overridden: [] }, at);
  if (frozen !== null) return frozen;
  const change = {
    kind: 'reactivate',
    agents: 1,
    maxGrace: null,
    idle: false,
    overrideFreeze: false,
  } as const;
  const because = reasonsForApproval(policy.current(), change, at);
  return because.length === 0 ? null : { code: 'needs-approval', because };
}

/** A plan will do something with it, now or at its hour. Throws an Overtaken. */
async function refuseIfPlanned(tx: Tx, { cluster, agentId }: Drain, agent: AgentLabel): Promise<void> {
  const plans = await tx.unendedPlans(cluster);
  const plan = plans.find((each) => agentsToCome(each).includes(agentId));
  if (plan === undefined) return;
  const permalink = await tx.permalinkOf(plan.thread);
  throw new Overtaken({ code: 'held-by-plan', agent, plan: plan.id, permalink });
}

/** A second person is asked about it: what they decide must not be undone beforehand. Throws an Overtaken. */
async function refuseIfAskedAbout(tx: Tx, { cluster, agentId }: Drain, agent: AgentLabel): Promise<void> {
  const asking = (await tx.pendingApprovals(cluster)).find((each) =>
    each.of === 'agent'
      ? each.agentId === agentId
      : coveredAgents(each.covers).some((covered) => covered.agentId === agentId),
  );
  if (asking !== undefined)
    throw new Overtaken({ code: 'approval-open', agent, approval: asking.id, permalink: null });
}

function shownIp(seen: Awaited<ReturnType<typeof lookForReturn>>['master']): string | null {
  return seen.kind === 'registered' ? seen.agent.address.ip : null;
}

function isUnclear(refusal: Refusal): boolean {
  return (
    isUnreadable(refusal) ||
    (refusal.code === 'agent-not-reactivatable' && refusal.why === 'unreadable') ||
    // Others are at it, or it has not left its drain yet: that ends, or is told by itself.
    refusal.code === 'reactivation-open' ||
    refusal.code === 'marking-open' ||
    refusal.code === 'call-under-way' ||
    refusal.code === 'still-draining' ||
    refusal.code === 'master-unreadable' ||
    refusal.code === 'person-unknown' ||
    refusal.code === 'channel-unknown' ||
    refusal.code === 'drain-ended' ||
    refusal.code === 'database-restored'
  );
}
