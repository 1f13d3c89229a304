import { cardOf, type DrainCard } from '../drain/card.ts';
import type { Approved, Drain } from '../drain.ts';
import { type AgentId, type ClusterName, type Instant, instant, type PlanId } from '../ids.ts';
import type { Person } from '../person.ts';
import type { AgentLineOfPlan, AgentLineState, AgentsPlan, AgentsWork, PlanEnd } from '../plan.ts';
import type { Reactivation, ReactivationState } from '../reactivation.ts';
import type { Hour } from '../time/hour.ts';

/** The face of a plan over agents: what its card shows. */
export interface PlanCard {
  plan: PlanId;
  cluster: ClusterName;
  work: AgentsWork;
  requester: Person;
  reason: string | null;
  approved: Approved | null;
  state:
    | { status: 'proposed' }
    | { status: 'scheduled'; hour: Hour }
    | { status: 'running' }
    | { status: 'ended'; end: PlanEnd };
  lines: PlanCardLine[];
  startedAt: Instant;
  /** Elapsed counts from the start to this. */
  until: Instant;
  /** By the drains that are under way; null: not known, or nothing is expected. */
  expectedEnd: Instant | null;
  /** The oldest of the last looks at what is under way; null: not looked yet, or nothing is. */
  checkedAt: Instant | null;
}

/** One agent of it, as its own record has it now. */
export type PlanCardLine = { agentId: AgentId; hostname: string } & (
  | { is: 'todo' | 'dropped'; tasks: number | null }
  | { is: 'refused'; why: Extract<AgentLineState, { is: 'refused' }>['refusal'] }
  | { is: 'drain'; card: Pick<DrainCard, 'drain' | 'way' | 'state' | 'tasksLeft' | 'tasksAtStart'> }
  | { is: 'reactivation'; state: ReactivationState }
  /** Its record is not in this database. */
  | { is: 'unknown' }
);

/** What became of the lines, by their records. */
export interface Records {
  drain(id: Drain['id']): { drain: Drain; checkedAt: Instant | null } | null;
  reactivation(id: Reactivation['id']): Reactivation | null;
}

type Found = NonNullable<ReturnType<Records['drain']>>;

/** The card of a plan as it stands. */
export function planCardOf(plan: AgentsPlan, records: Records, now: Instant): PlanCard {
  const { state } = plan;
  const open = plan.lines.flatMap(({ state: line }): Found[] => {
    const found = line.is === 'begun' && 'drain' in line.by ? records.drain(line.by.drain) : null;
    return found === null ? [] : [found];
  });
  const ends = open.flatMap(({ drain }) => drain.expectedEnd ?? []);
  const checks = open.flatMap(({ checkedAt }) => checkedAt ?? []);
  return {
    plan: plan.id,
    cluster: plan.cluster,
    work: plan.work,
    requester: plan.requester,
    reason: plan.reason,
    approved: plan.approved,
    state:
      state.status === 'ended'
        ? { status: 'ended', end: state.end }
        : state.status === 'running' || state.status === 'scheduled'
          ? state
          : { status: 'proposed' },
    lines: plan.lines.map((line) => lineOf(line, records, now)),
    startedAt: plan.begunAt ?? plan.proposedAt,
    until: state.status === 'ended' ? state.at : now,
    expectedEnd: ends.length === 0 ? null : instant(Math.max(...ends)),
    checkedAt: checks.length === 0 || checks.length < open.length ? null : instant(Math.min(...checks)),
  };
}

function lineOf(
  { agentId, hostname, shown, state }: AgentLineOfPlan,
  records: Records,
  now: Instant,
): PlanCardLine {
  const who = { agentId, hostname };
  switch (state.is) {
    case 'todo':
    case 'dropped':
      return { ...who, is: state.is, tasks: shown.tasks };
    case 'refused':
      return { ...who, is: 'refused', why: state.refusal };
    case 'begun':
    case 'ended': {
      const { by } = state;
      if ('reactivation' in by) {
        const found = records.reactivation(by.reactivation);
        return found === null
          ? { ...who, is: 'unknown' }
          : { ...who, is: 'reactivation', state: found.state };
      }
      const found = records.drain(by.drain);
      if (found === null) return { ...who, is: 'unknown' };
      const { drain, way, state: face, tasksLeft, tasksAtStart } = cardOf(found.drain, now, found.checkedAt);
      return { ...who, is: 'drain', card: { drain, way, state: face, tasksLeft, tasksAtStart } };
    }
  }
}
