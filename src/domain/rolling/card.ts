import { cardOf } from '../drain/card.ts';
import type { Cause } from '../drain/cause.ts';
import type { Approved } from '../drain.ts';
import { type ClusterName, type Instant, instant, type PlanId } from '../ids.ts';
import type { Person } from '../person.ts';
import type { Records } from '../plan/card.ts';
import type { RollingLine, RollingPlan, RollingWork } from '../rolling.ts';

/** The face of a rolling plan: what its card shows. */
export interface RollingCard {
  plan: PlanId;
  cluster: ClusterName;
  work: RollingWork;
  requester: Person;
  reason: string | null;
  approved: Approved | null;
  /** Votes on the card still count, for agents are to be marked gone on them: the one emoji that approves; absent: they don't. */
  votes?: { approving: string };
  state: RollingPlan['state'];
  lines: RollingCardLine[];
  startedAt: Instant;
  /** Elapsed counts from the start to this. */
  until: Instant;
  /** By the drains that are under way; null: not known, or nothing is expected. */
  expectedEnd: Instant | null;
  /** The oldest of the last looks at what is under way; null: not looked yet, or nothing is. */
  checkedAt: Instant | null;
}

/** One agent of it. `tasksLeft`, `tasksAtStart`: of its drain; null: it has none yet, or they are not known. */
export interface RollingCardLine extends Pick<RollingLine, 'agentId' | 'hostname' | 'wave' | 'state'> {
  tasksLeft: number | null;
  tasksAtStart: number | null;
  /** What its drain waits for beyond its time; null: nothing, or it has none. */
  stuck: Pick<Cause, 'code'> | null;
}

/** The card of a rolling plan as it stands. */
export function rollingCardOf(plan: RollingPlan, records: Pick<Records, 'drain'>, now: Instant): RollingCard {
  const { state } = plan;
  const open = plan.lines.flatMap((line) =>
    line.state.is === 'draining' ? (records.drain(line.state.drain) ?? []) : [],
  );
  const ends = open.flatMap(({ drain }) => drain.expectedEnd ?? []);
  const checks = open.flatMap(({ checkedAt }) => checkedAt ?? []);
  return {
    plan: plan.id,
    cluster: plan.cluster,
    work: plan.work,
    requester: plan.requester,
    reason: plan.reason,
    approved: plan.approved,
    state,
    lines: plan.lines.map((line): RollingCardLine => {
      const { agentId, hostname, wave } = line;
      const found = line.state.is === 'draining' ? records.drain(line.state.drain) : null;
      const drain = found === null ? null : cardOf(found.drain, now, found.checkedAt);
      const waiting = drain?.state.status === 'draining' ? drain.state.waiting : null;
      return {
        agentId,
        hostname,
        wave,
        state: line.state,
        tasksLeft: drain?.tasksLeft ?? null,
        tasksAtStart: drain?.tasksAtStart ?? null,
        stuck: waiting === null ? null : { code: waiting.code },
      };
    }),
    startedAt: plan.begunAt ?? plan.proposedAt,
    until: state.status === 'ended' ? state.at : now,
    expectedEnd: ends.length === 0 ? null : instant(Math.max(...ends)),
    checkedAt: checks.length === 0 || checks.length < open.length ? null : instant(Math.min(...checks)),
  };
}
