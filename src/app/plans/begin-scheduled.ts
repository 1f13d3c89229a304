import { callWithin } from '../../domain/approval/patience.ts';
import { after, type Instant } from '../../domain/ids.ts';
import type { AgentsPlanEvent } from '../../domain/plan/agents-evolve.ts';
import type { AgentsPlan, Plan } from '../../domain/plan.ts';
import { isUnreadable, type Refusal } from '../../domain/refusal.ts';
import type { RollingPlan } from '../../domain/rolling.ts';
import type { Hour } from '../../domain/time/hour.ts';
import type { PlanActsByKind } from '../approvals/plans/plan-acts.ts';
import { authorise } from '../authorise.ts';
import { MasterFault, VersionConflict } from '../faults.ts';
import type { People, Tx } from '../ports.ts';
import { judgeAtHour } from './agents/judge-at-hour.ts';
import type { RunDeps } from './agents/run-agents.ts';
import { applyAgentsPlan } from './apply-agents-plan.ts';
import { besideAtHour } from './beside-of-plan.ts';
import { endPlan } from './end-plan.ts';
import { fileBeginning } from './file-beginning.ts';
import { holderOf, objectionOfHolder } from './held-by-plan.ts';
import { applyRolling } from './rolling/apply-rolling.ts';

export type ScheduledDeps = RunDeps & { people: People; planActs: PlanActsByKind };

/** Begins a plan whose hour has come, where whoever asked for it still may, and nothing speaks against it by now; else it ends
 * with that. Where nobody can say, it is looked at again, for as long as an approved call may wait. Answers when to look
 * again; null: whatever is written wakes it. */
export async function beginScheduled(
  deps: ScheduledDeps,
  plan: AgentsPlan | RollingPlan,
  hour: Hour,
): Promise<Instant | null> {
  const { store, clock, timing } = deps;
  // What the lost part of a log has done already, nobody here knows.
  if ((await store.thisDatabase()).restored !== null) return null;
  if (clock.now() > after(hour.at, callWithin * 1000)) {
    await write(deps, plan, (tx, at) => endPlan(tx, plan, { kind: 'late', hour }, at, deps.newId));
    return null;
  }
  const found = await judge(deps, plan);
  if (found === 'not-known') return after(clock.now(), timing.pollMs);
  await write(deps, plan, (tx, at) => {
    if (found !== null) return endPlan(tx, plan, { kind: 'refused', refusal: found }, at, deps.newId);
    return plan.of === 'agents' ? goOn(tx, deps, plan, at, begin) : goOn(tx, deps, plan, at, beginRolling);
  });
  return null;
}

/** By what others began up to now. */
async function goOn<P extends AgentsPlan | RollingPlan>(
  tx: Tx,
  deps: ScheduledDeps,
  plan: P,
  at: Instant,
  then: (tx: Tx, deps: ScheduledDeps, plan: P, at: Instant) => Promise<void>,
): Promise<void> {
  const beside = await besideAtHour(tx, deps, plan, at);
  if (beside.ok) return then(tx, deps, beside.value, at);
  return endPlan(tx, plan, { kind: 'refused', refusal: beside.refusal }, at, deps.newId);
}

async function judge(
  deps: ScheduledDeps,
  plan: AgentsPlan | RollingPlan,
): Promise<Refusal | null | 'not-known'> {
  const { people, policy, log, planActs } = deps;
  const who = { user: plan.requester.userId, channel: plan.channel };
  const allowed = await authorise(people, policy.current(), who, 'reversible');
  if (!allowed.ok) return isUnasked(allowed.refusal) ? 'not-known' : allowed.refusal;
  try {
    if (plan.of === 'agents') return await judgeAtHour(deps, plan);
    // All of the list, or none: its waves are what was shown.
    const found = await planActs.rolling.look(plan, null, false);
    return found.ok ? null : isUnreadable(found.refusal) ? 'not-known' : found.refusal;
  } catch (fault) {
    if (!(fault instanceof MasterFault)) throw fault;
    log.warn({ err: fault, plan: plan.id }, 'a scheduled plan can not be looked at now');
    return 'not-known';
  }
}

/** Whether Slack could not be asked. */
function isUnasked({ code }: Refusal): boolean {
  return code === 'person-unknown' || code === 'channel-unknown';
}

async function begin(tx: Tx, { newId }: ScheduledDeps, plan: AgentsPlan, at: Instant): Promise<void> {
  const plans = await tx.unendedPlans(plan.cluster);
  const events: AgentsPlanEvent[] = [];
  for (const { agentId, hostname, shown, state } of plan.lines) {
    const holder = state.is === 'todo' ? holderOf(plans, agentId, plan.id) : null;
    if (holder === null) continue;
    const agent = { agentId, hostname, state: shown.state };
    const permalink = await tx.permalinkOf(holder.thread);
    const refusal = { code: 'held-by-plan' as const, agent, plan: holder.id, permalink };
    events.push({ type: 'line-refused', at, agentId, refusal });
  }
  events.push({ type: 'begun', at, approved: null });
  await fileBeginning(tx, await applyAgentsPlan(tx, plan, events, newId), 'scheduled', at);
}

async function beginRolling(tx: Tx, { newId }: ScheduledDeps, plan: RollingPlan, at: Instant): Promise<void> {
  const held = await objectionOfHolder(tx, plan, false);
  if (held !== null) return endPlan(tx, plan, { kind: 'refused', refusal: held }, at, newId);
  await fileBeginning(
    tx,
    await applyRolling(tx, plan, [{ type: 'begun', at, approved: null }], newId),
    'scheduled',
    at,
  );
}

async function write(
  { store, clock, log, onWritten }: ScheduledDeps,
  { id, version }: Plan,
  change: (tx: Tx, at: Instant) => Promise<void>,
): Promise<void> {
  try {
    await store.transact(async (tx) => {
      if ((await tx.plan(id))?.version !== version) return;
      await change(tx, clock.now());
    });
  } catch (fault) {
    if (!(fault instanceof VersionConflict)) throw fault;
    log.debug({ plan: id }, 'a scheduled plan moved on as its hour came');
  }
  onWritten();
}
