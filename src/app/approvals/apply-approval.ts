import { evolveApproval } from '../../domain/approval/evolve.ts';
import { narrateApproval } from '../../domain/approval/narrate.ts';
import { type ApprovalNews, aboutApproval } from '../../domain/approval/news.ts';
import { type Approval, type ApprovalEvent, approversOf, drainUnder } from '../../domain/approval.ts';
import { approvalInLog } from '../../domain/audit/approval-in-log.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import type { Approved, DrainEvent } from '../../domain/drain.ts';
import { after, type Instant, noticeId } from '../../domain/ids.ts';
import { inPerson, type Person } from '../../domain/person.ts';
import { applyEvents } from '../drains/apply-events.ts';
import { placeInLog } from '../place-in-log.ts';
import type { NewId, Tx } from '../ports.ts';
import { dropPlan } from './plans/drop-plan.ts';

/** What writing about approvals needs beside a transaction. */
export interface Telling {
  newId: NewId;
  /** The one emoji that approves, by its name. */
  approving: string;
}

/** A word to one person that could not be said for so long is worth nothing any more. */
const whisperLifeMs = 30 * 60_000;

/** Writes events of one approval, in order: its new state, the log's entries, what is told and to whom, and what they
 * change in the plan of its drain, all in the transaction at hand. Throws VersionConflict where it has moved on. */
export async function applyApproval<A extends Approval>(
  tx: Tx,
  approval: A,
  events: ApprovalEvent[],
  telling: Telling,
): Promise<A> {
  let now = approval;
  for (const event of events) {
    const before = now;
    now = evolveApproval(before, event);
    await tx.saveApproval(now);
    const { audit, say, whisper } = narrateApproval(before, now, event);
    await tx.append({ ...(await auditOfApproval(tx, now)), ...audit, at: event.at });
    if (say !== null) await tell(tx, now, say.news, say.broadcast, event.at, telling);
    if (whisper !== null)
      await tx.queue({
        id: noticeId(telling.newId()),
        to: {
          kind: 'whisper',
          channel: now.channel,
          user: whisper.to,
          expiresAt: after(event.at, whisperLifeMs),
        },
        notice: { kind: 'vote-refused', ...whisper.refused, approving: telling.approving },
        createdAt: event.at,
      });
    await changeWork(tx, before, now, event, telling);
    await tx.cardStale(now.thread, event.at);
  }
  return now;
}

/** In the question's thread, and in the drain's where that is another one. */
async function tell(
  tx: Tx,
  approval: Approval,
  news: ApprovalNews,
  broadcast: boolean,
  at: Instant,
  { newId }: Telling,
): Promise<void> {
  const notice = { kind: 'approval' as const, about: aboutApproval(approval), news };
  // Whose root was deleted may have no thread to be told in.
  if (news.news === 'settled' && news.how.how === 'no-prompt' && news.how.why === 'deleted')
    return tx.queue({
      id: noticeId(newId()),
      to: { kind: 'channel', channel: approval.channel },
      notice,
      createdAt: at,
    });
  const under = drainUnder(approval);
  const drain = under === null ? null : await tx.drain(under);
  const threads = new Set([approval.thread, ...(drain === null ? [] : [drain.thread])]);
  for (const thread of threads)
    await tx.queue({
      id: noticeId(newId()),
      to: { kind: 'reply', thread, broadcast: broadcast && thread === approval.thread },
      notice,
      createdAt: at,
    });
}

/** What is meant to become of the drain, or of the plan, that the approval covers. */
async function changeWork(
  tx: Tx,
  before: Approval,
  after: Approval,
  event: ApprovalEvent,
  { newId }: Telling,
): Promise<void> {
  if (after.of === 'plan') {
    if (event.type === 'settled' && event.again === null)
      await dropPlan(tx, after, event.how, event.at, newId);
    return;
  }
  const change = planChange(before, after, event);
  const under = drainUnder(after);
  const drain = change === null || under === null ? null : await tx.drain(under);
  if (change === null || drain === null || drain.state.status === 'ended') return;
  // One that was begun for it knows already.
  if (change.type === 'gone-planned' && drain.goneNext) return;
  await applyEvents(tx, drain, [change], newId);
}

function planChange(before: Approval, after: Approval, event: ApprovalEvent): DrainEvent | null {
  if (event.type === 'stands') return { type: 'gone-planned', at: event.at, approved: approvedBy(after) };
  const dropped = event.type === 'settled' && before.state.status === 'standing' && event.how.how !== 'used';
  return dropped ? { type: 'gone-dropped', at: event.at } : null;
}

/** Under which approval something is done, and on whose votes. */
export function approvedBy(approval: Approval): Approved {
  return { approval: approval.id, by: peopleBehind(approval) };
}

/** Those whose votes it rests, or rested, on. */
export function peopleBehind({ state, ballots }: Approval): Person[] {
  if (state.status === 'settled' && state.how.how === 'used') return state.how.by;
  return approversOf({ ballots }).map(inPerson);
}

/** The fields by which the log ties an entry to its approval. */
export async function auditOfApproval(
  tx: Tx,
  approval: Approval,
): Promise<
  Pick<AuditDraft, 'correlation' | 'cluster' | 'agent' | 'plan' | 'drain' | 'approval' | 'place' | 'reason'>
> {
  const drain = drainUnder(approval);
  return {
    correlation: approval.correlation,
    cluster: approval.cluster,
    ...(approval.of === 'agent'
      ? { agent: { id: approval.agentId, hostname: approval.hostname } }
      : { plan: approval.plan }),
    ...(drain === null ? {} : { drain }),
    approval: approvalInLog(approvedBy(approval)),
    place: await placeInLog(tx, approval),
    reason: approval.reason,
  };
}
