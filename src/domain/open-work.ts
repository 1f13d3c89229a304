import type { Attributes } from './agent.ts';
import { coveredAgents } from './approval/covers.ts';
import type { OtherWork } from './approval/may-ask.ts';
import type { Approval } from './approval.ts';
import type { Drain } from './drain.ts';
import type { AgentId, CorrelationId, Instant, ThreadId, UserId } from './ids.ts';
import type { Person } from './person.ts';
import { agentsToCome, type Plan } from './plan.ts';
import type { WorkKind } from './preview/open-work.ts';
import type { Preview } from './preview.ts';

/** A framework that has tasks somewhere. */
export interface FrameworkRef {
  id: string;
  name: string | null;
}

/** Work of ours on one agent that is not finished. */
export interface Work {
  kind: WorkKind;
  agentId: AgentId;
  hostname: string;
  thread: ThreadId;
  requester: Person;
  /** One command of one person, whatever has come of it. */
  correlation: CorrelationId;
  since: Instant;
  /** Null: the directory has to tell. */
  attributes: Attributes | null;
  /** Those that had tasks there when it began; null: not known. */
  frameworks: readonly FrameworkRef[] | null;
  /** It takes the agent out of service, or keeps it there. */
  takesOut: boolean;
  /** A rolling plan keeps new tasks away from it, and nothing else of it is done yet. */
  keptAway?: { at: Instant; by: UserId };
}

/** The frameworks that end tasks on the agent of a preview; null: not known. What ran on an agent that is away, they have
 * replaced or are replacing by now. */
export function frameworksIn({ subject, groups }: Preview): FrameworkRef[] | null {
  if (subject.kind !== 'registered') return [];
  if (!groups.known) return null;
  return groups.value.map(({ framework: { id, name } }) => ({ id, name }));
}

/** All of it by these records; of one agent, or of one thread, the latest chapter comes first. */
export function worksOf({ drains, drained, approvals, markings, plans, reactivations }: OtherWork): Work[] {
  return [
    ...markings.map((each): Work => ({ ...common(each), kind: { what: 'mark-gone' }, takesOut: true })),
    ...reactivations.map(
      (each): Work => ({ ...common(each), kind: { what: 'reactivation' }, takesOut: false }),
    ),
    ...drains.map((each) => ofDrain(each, 'drain')),
    ...drained.map((each) => ofDrain(each, 'drained')),
    ...approvals.flatMap((each) => ofQuestion(each, plans)),
    ...plans
      .filter(({ state }) => state.status === 'running' || state.status === 'scheduled')
      .flatMap(turnsIn),
  ];
}

type Begun = Pick<Work, 'agentId' | 'hostname' | 'thread' | 'requester' | 'correlation'> & {
  intendedAt: Instant;
};

function common({ agentId, hostname, thread, requester, correlation, intendedAt }: Begun) {
  const who = { agentId, hostname, thread, requester, correlation, since: intendedAt };
  return { ...who, attributes: null, frameworks: [] };
}

function ofDrain(drain: Drain, what: 'drain' | 'drained'): Work {
  return {
    ...common(drain),
    kind: { what, drain: drain.id, way: drain.way },
    attributes: drain.attributes,
    // What is drained has ended its tasks already.
    frameworks: what === 'drained' ? [] : (drain.runsFor ?? null),
    takesOut: true,
  };
}

/** A question is work on every agent that it is about. */
function ofQuestion(approval: Approval, plans: readonly Plan[]): Work[] {
  const { id, thread, requester, correlation, askedAt: since } = approval;
  const kind = { what: 'approval' as const, approval: id };
  const question = { kind, thread, requester, correlation, since, attributes: null };
  if (approval.of === 'agent') {
    const { agentId, hostname, beside } = approval;
    return [{ ...question, agentId, hostname, frameworks: beside?.frameworks ?? null, takesOut: true }];
  }
  const plan = plans.find((each) => each.id === approval.plan);
  return coveredAgents(approval.covers).map(({ agentId, hostname }) => ({
    ...question,
    agentId,
    hostname,
    frameworks: plan === undefined ? null : frameworksOf(plan, agentId),
    takesOut: plan === undefined || takesOut(plan),
  }));
}

/** What a running plan has still to begin, for what it has begun has a record of its own; and the agents of machines, to
 * the end of a plan over these. */
function turnsIn(plan: Plan): Work[] {
  const { thread, requester, correlation, proposedAt } = plan;
  const since = plan.of === 'machines' ? proposedAt : (plan.begunAt ?? proposedAt);
  const hour = plan.state.status === 'scheduled' ? { hour: plan.state.hour } : {};
  const kind = { what: 'plan' as const, plan: plan.id, ...hour };
  const turn = { kind, thread, requester, correlation, since, attributes: null, takesOut: takesOut(plan) };
  const held = agentsToCome(plan);
  const of = ({ agentId, hostname }: Pick<Work, 'agentId' | 'hostname'>): Work => ({
    ...turn,
    agentId,
    hostname,
    frameworks: frameworksOf(plan, agentId),
  });
  if (plan.of === 'machines')
    return plan.lines.flatMap(({ machine: { hostname }, agents }) =>
      agents.map(({ agentId }) => of({ agentId, hostname })),
    );
  if (plan.of === 'agents') return plan.lines.filter(({ agentId }) => held.includes(agentId)).map(of);
  return plan.lines
    .filter(({ agentId }) => held.includes(agentId))
    .map((line) => ({
      ...of(line),
      kind: { ...kind, wave: line.wave },
      ...(line.state.is === 'kept-away' && line.state.ours
        ? { keptAway: { at: line.state.since, by: requester.userId } }
        : {}),
    }));
}

function frameworksOf(plan: Plan, agentId: AgentId): readonly FrameworkRef[] | null {
  if (plan.of === 'machines') return plan.beside?.frameworks ?? null;
  return plan.lines.find((line) => line.agentId === agentId)?.shown.frameworks ?? null;
}

/** Whether a plan takes agents out of service, or keeps them there. Until its hour it does not: others can work on its agents,
 * and what that makes of it is judged then. */
function takesOut(plan: Plan): boolean {
  const isReturning =
    plan.of === 'machines' && plan.state.status === 'running' && plan.state.step.at === 'returning';
  return isTakingOut(plan) && plan.state.status !== 'scheduled' && !isReturning;
}

/** Whether that is what it is for. */
export function isTakingOut(plan: Plan): boolean {
  switch (plan.of) {
    case 'agents':
      return plan.work.do !== 'reactivate';
    case 'rolling':
      return true;
    case 'machines':
      return plan.work.do === 'start';
  }
}
