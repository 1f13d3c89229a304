import type { Drain } from '../drain.ts';
import type { DrainId, Instant, ReactivationId } from '../ids.ts';
import type { Reactivation } from '../reactivation.ts';
import type { HaltReason, LineFailure, RollingLine, RollingLineState, RollingPlan } from '../rolling.ts';
import type { RollingEvent } from './events.ts';

/** The records of its lines; null: not in this database any more. */
export interface LineRecords {
  drain(id: DrainId): Drain | null;
  reactivation(id: ReactivationId): Reactivation | null;
}

/** What has become of the lines by their own records, and which of their drains are stuck. */
export function newsOfLines(plan: RollingPlan, records: LineRecords, at: Instant): RollingEvent[] {
  const { state } = plan;
  if (state.status !== 'running') return [];
  const moved = plan.lines.flatMap((line): RollingEvent[] => {
    const { agentId, hostname } = line;
    const to = afterRecords(plan, line, records, at);
    if (to === null) return [];
    const event = { type: 'line-moved' as const, at, agentId, from: line.state.is, to };
    if (to.is !== 'kept-away' || state.phase.at === 'giving-back') return [event];
    const why: LineFailure = { code: 'ended-otherwise', end: endOf(line.state, records) };
    return [event, { type: 'halted', at, why: { code: 'line-failed', agentId, hostname, why } }];
  });
  const stuck = state.halt === null && state.phase.at !== 'giving-back' ? stuckLine(plan, records) : null;
  return stuck === null ? moved : [...moved, { type: 'halted', at, why: stuck }];
}

/** Null: as it was. */
function afterRecords(
  plan: RollingPlan,
  { state }: RollingLine,
  records: LineRecords,
  at: Instant,
): RollingLineState | null {
  switch (state.is) {
    case 'draining':
    case 'drained':
      return afterDrain(plan, state, records.drain(state.drain), at);
    case 'returning':
      return afterReturn(state, records.reactivation(state.reactivation));
    case 'marking':
      return afterMarking(state, records.drain(state.drain));
    case 'todo':
    case 'deactivating':
    case 'kept-away':
    case 'done':
    case 'given-back':
    case 'failed':
    case 'refused':
    case 'dropped':
      return null;
  }
}

function afterDrain(
  plan: RollingPlan,
  line: Extract<RollingLineState, { is: 'draining' | 'drained' }>,
  drain: Drain | null,
  at: Instant,
): RollingLineState | null {
  if (drain === null) return failed(line.drain, 'lost');
  const { state } = drain;
  if (state.status === 'drained') {
    if (stays(plan)) return { is: 'done', how: 'drained', drain: drain.id };
    return line.is === 'drained' ? null : { is: 'drained', drain: drain.id, at: state.provenAt };
  }
  if (state.status !== 'ended') return null;
  const { afterwards } = plan.work;
  const { kind } = state.end;
  if (line.is === 'draining' && (kind === 'rejected' || kind === 'not-applied'))
    return stillAway(plan, line, at);
  // Whoever brought it about: that is what was to become of it.
  if (afterwards.do === 'reactivate' && state.drainedAt !== null && kind === 'reactivated')
    return { is: 'done', how: 'back', drain: drain.id };
  if (afterwards.do === 'mark-gone' && kind === 'gone') return { is: 'done', how: 'gone', drain: drain.id };
  if (state.drainedAt !== null && stays(plan)) return { is: 'done', how: 'drained', drain: drain.id };
  return failed(drain.id, kind);
}

/** Of its drain. */
function endOf(line: RollingLineState, records: LineRecords): string {
  const drain = line.is === 'draining' ? records.drain(line.drain) : null;
  return drain?.state.status === 'ended' ? drain.state.end.kind : 'lost';
}

/** Nothing came of its drain, so that it is kept away as it was before, and its turn is to come again. */
function stillAway(
  { state }: RollingPlan,
  { others }: Extract<RollingLineState, { is: 'draining' }>,
  at: Instant,
): RollingLineState {
  const isOver = state.status === 'running' && state.phase.at === 'giving-back';
  if (isOver && others) return { is: 'dropped' };
  return { is: 'kept-away', since: at, ours: !others, amiss: null, leftOut: null };
}

/** Once it was cancelled, what is drained stays out of service. */
export function stays({ work, state }: Pick<RollingPlan, 'work' | 'state'>): boolean {
  return work.afterwards.do === 'wait' || (state.status === 'running' && state.phase.at === 'giving-back');
}

function afterReturn(
  { drain }: Extract<RollingLineState, { is: 'returning' }>,
  reactivation: Reactivation | null,
): RollingLineState | null {
  if (reactivation === null) return notBack(drain, 'lost');
  const { state, id } = reactivation;
  if (state.status !== 'ended') return null;
  if (state.end.kind !== 'active') return notBack(drain, state.end.kind);
  return drain === null ? { is: 'given-back', reactivation: id } : { is: 'done', how: 'back', drain };
}

function notBack(drain: DrainId | null, end: string): RollingLineState {
  return { is: 'failed', drain, why: { code: 'return-ended', end } };
}

function afterMarking(
  line: Extract<RollingLineState, { is: 'marking' }>,
  drain: Drain | null,
): RollingLineState | null {
  if (drain === null) return failed(line.drain, 'lost');
  const { state } = drain;
  // The call came to nothing: a plain drain is left.
  if (state.status === 'drained' && !drain.goneNext) return failed(drain.id, 'not-marked-gone');
  if (state.status !== 'ended') return null;
  return state.end.kind === 'gone'
    ? { is: 'done', how: 'gone', drain: drain.id }
    : failed(drain.id, state.end.kind);
}

function failed(drain: DrainId | null, end: string): RollingLineState {
  const why: LineFailure = { code: 'ended-otherwise', end };
  return { is: 'failed', drain, why };
}

/** The first line whose drain was told to be stuck since somebody last had the plan go on. */
function stuckLine({ lines, state }: RollingPlan, records: LineRecords): HaltReason | null {
  const since = state.status === 'running' ? (state.resumedAt ?? state.since) : null;
  if (since === null) return null;
  for (const { agentId, hostname, state: line } of lines) {
    if (line.is !== 'draining') continue;
    const drain = records.drain(line.drain);
    if (drain === null) continue;
    const waiting =
      drain.state.status === 'draining' || drain.state.status === 'checking' ? drain.state.waiting : null;
    if (waiting?.toldAt != null && waiting.toldAt > since)
      return { code: 'stuck', agentId, hostname, drain: drain.id, cause: waiting.cause };
  }
  return null;
}
