import type { KnownAgent, MasterSighting } from '../agent.ts';
import { type Act, type Approval, agentsOf } from '../approval.ts';
import { objectionsTo, ofPresence, ofSchedule, shownState } from '../drain/may-drain.ts';
import { type Drain, givesWay, isOpen } from '../drain.ts';
import type { MarkGone } from '../mark-gone.ts';
import { agentsHeld, agentsToCome, type Plan } from '../plan.ts';
import type { DrainLimits } from '../policy.ts';
import type { Preview } from '../preview.ts';
import type { Reactivation } from '../reactivation.ts';
import type { AgentLabel, Refusal } from '../refusal.ts';
import { canBeRepeated, firstStepOf } from './first-step.ts';

/** Our other work, as the database has it now. */
export interface OtherWork {
  /** Open ones of the whole cluster. */
  drains: Drain[];
  /** Proven and still out of service. */
  drained: Drain[];
  /** Pending ones, without the one that is being carried out. */
  approvals: Approval[];
  markings: MarkGone[];
  /** That have not ended. */
  plans: Plan[];
  reactivations: Reactivation[];
}

/** Everything that speaks against this act on this agent now, the weightiest first; empty: a second person may be
 * asked, or, once they agreed, it may be done. */
export function objectionsToAct(
  act: Act,
  agent: KnownAgent,
  seen: MasterSighting,
  preview: Preview,
  work: OtherWork,
  limits: DrainLimits,
): Refusal[] {
  const label: AgentLabel = {
    agentId: agent.agentId,
    hostname: agent.hostname,
    state: shownState(agent, seen),
  };
  const asDrain = () => objectionsTo(agent, seen, preview, work.drains, limits);
  const ours = [...work.drained, ...work.drains].filter(
    (drain) => drain.agentId === agent.agentId && !givesWay(drain),
  );
  const others = ofOtherWork(label, work);
  switch (act.kind) {
    case 'drain':
      return [...others, ...asDrain()];
    case 'drain-then-gone':
      return [...others, ...ofThenGone(act, label, seen, preview, ours, asDrain)];
    case 'drain-unattended':
      return [...others, ...ofUnattended(label, seen, ours, asDrain)];
    case 'mark-gone':
      return [...others, ...ofMarkGone(act, label, seen, preview)];
  }
}

/** What is asked of an agent, or about to be done with it, is not done beside that. */
export function ofOtherWork(
  agent: AgentLabel,
  {
    approvals,
    markings,
    plans,
    reactivations,
  }: Pick<OtherWork, 'approvals' | 'markings' | 'plans' | 'reactivations'>,
): Refusal[] {
  const same = ({ agentId }: { agentId: AgentLabel['agentId'] }) => agentId === agent.agentId;
  const approval = approvals.find((each) => agentsOf(each).includes(agent.agentId));
  const plan = plans.find((each) => agentsHeld(each).includes(agent.agentId));
  return [
    ...(approval === undefined
      ? []
      : [{ code: 'approval-open' as const, agent, approval: approval.id, permalink: null }]),
    ...(plan === undefined || approval !== undefined
      ? []
      : [{ code: 'held-by-plan' as const, agent, plan: plan.id, permalink: null }]),
    ...(markings.some(same) ? [{ code: 'marking-open' as const, agent, permalink: null }] : []),
    ...(reactivations.some(same) ? [{ code: 'reactivation-open' as const, agent, permalink: null }] : []),
  ];
}

/** Of two that wait for their hours, the second would find what the first made of it. */
export function ofSchedules(agent: AgentLabel, plans: readonly Plan[]): Refusal[] {
  const plan = plans.find(
    (each) => each.state.status === 'scheduled' && agentsToCome(each).includes(agent.agentId),
  );
  return plan === undefined ? [] : [{ code: 'held-by-plan', agent, plan: plan.id, permalink: null }];
}

/** A plain drain that is under way already is the same with its first step done. */
function ofThenGone(
  act: Extract<Act, { kind: 'drain-then-gone' }>,
  agent: AgentLabel,
  seen: MasterSighting,
  preview: Preview,
  drains: Drain[],
  asDrain: () => Refusal[],
): Refusal[] {
  if (seen.kind === 'unreachable') return [{ code: 'unreachable-for-gone', agent }];
  if (seen.kind !== 'registered') return ofPresence(agent, seen);
  const open = drains.find(isOpen);
  if (open !== undefined && open.state.status !== 'draining')
    return [{ code: 'call-under-way', drain: open.id }];
  const first = firstStepOf(act, seen, drains);
  // Ours is open, and not what the master shows: its thread is about to tell what became of it.
  if (open !== undefined && (first.step !== 'ours' || open.markGone))
    return [{ code: 'already-open', drain: open.id, agent, permalink: null }];
  switch (first.step) {
    case 'call':
      return asDrain();
    case 'ours':
      return [
        ...ofSchedule(agent, seen, preview),
        ...ofGrace(act, agent, first.drain.id, first.drain.maxGrace),
      ];
    case 'adopt': {
      const shown = seen.agent.drain;
      if (shown?.markGone) return [{ code: 'gone-by-others', agent }];
      const ns = shown?.maxGraceNs ?? null;
      const shownSeconds = ns === null ? null : ns / 1e9;
      // The second call has to repeat it exactly.
      if (ns !== null && !canBeRepeated(ns))
        return [{ code: 'grace-differs', agent, drain: null, shownSeconds }];
      return [...ofSchedule(agent, seen, preview), ...ofGrace(act, agent, null, shownSeconds)];
    }
  }
}

function ofGrace(
  act: Extract<Act, { kind: 'drain-then-gone' }>,
  agent: AgentLabel,
  drain: Drain['id'] | null,
  shownSeconds: number | null,
): Refusal[] {
  return differs(act.maxGrace, shownSeconds) ? [{ code: 'grace-differs', agent, drain, shownSeconds }] : [];
}

/** Whoever names no grace takes the one that is there. */
function differs(asked: number | null, there: number | null): boolean {
  return asked !== null && asked !== there;
}

/** The one call that does it all only makes sense as the first one. */
function ofUnattended(
  agent: AgentLabel,
  seen: MasterSighting,
  drains: Drain[],
  asDrain: () => Refusal[],
): Refusal[] {
  if (seen.kind === 'unreachable') return [{ code: 'unreachable-for-gone', agent }];
  const ours = drains.find(isOpen) ?? drains.at(-1);
  if (ours !== undefined || (seen.kind === 'registered' && seen.agent.drain !== null))
    return [{ code: 'unattended-too-late', agent, drain: ours?.id ?? null }];
  return asDrain();
}

/** For machines that are dead. Of a recovered agent the master would go on telling as if it were there (mesos-api 2.5). */
function ofMarkGone(
  { now }: Extract<Act, { kind: 'mark-gone' }>,
  agent: AgentLabel,
  seen: MasterSighting,
  { groups }: Preview,
): Refusal[] {
  switch (seen.kind) {
    case 'registered': {
      const tasks = groups.known ? groups.value.reduce((sum, group) => sum + group.tasks.length, 0) : null;
      return now || tasks === 0 ? [] : [{ code: 'alive-with-tasks', agent, tasks }];
    }
    case 'unreachable':
      return [];
    case 'recovered':
    case 'gone':
    case 'absent':
      return [{ code: 'not-markable', agent, why: seen.kind, detail: '' }];
    case 'unexplained':
    case 'not-read':
      return [{ code: 'not-markable', agent, why: 'unreadable', detail: seen.why }];
  }
}
