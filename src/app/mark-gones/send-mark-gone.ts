import type { Approval } from '../../domain/approval.ts';
import { approvalInLog } from '../../domain/audit/approval-in-log.ts';
import type { Call } from '../../domain/call.ts';
import { type AgentId, type Instant, markGoneId, type ThreadId } from '../../domain/ids.ts';
import type { MarkGone, MarkGoneCall } from '../../domain/mark-gone.ts';
import { inPerson } from '../../domain/person.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { applyApproval, approvedBy } from '../approvals/apply-approval.ts';
import type { SendDeps } from '../drains/send-drain.ts';
import { outcomeEvent } from '../outcome-event.ts';
import { Overtaken } from '../overtaken.ts';
import { placeInLog } from '../place-in-log.ts';
import type { PolicyInForce, Tx } from '../ports.ts';
import { Unsettled } from '../submit-call.ts';
import { applyMarkGone } from './apply-mark-gone.ts';

/** What is about to be marked gone, on whose approval. */
export interface MarkGoneOrder {
  approval: Approval;
  agent: { agentId: AgentId; hostname: string };
  /** Whether it is the last call that the approval stands for; asked after `record`. */
  usesIt(): boolean;
  call: MarkGoneCall;
  /** Where it is told: the drain's thread, or the question's. */
  thread: ThreadId;
  /** In the intent's transaction: throws an Overtaken where it may not leave any more. */
  record(tx: Tx, at: Instant): Promise<void>;
}

/** Sends the call that can't be undone through the door. Where it is the last one that its approval stands for, that is used
 * up in the transaction of the intent, so that no other can ever leave on it. Answers a refusal where it was overtaken, and nothing was sent. */
export async function sendMarkGone(
  deps: SendDeps & { policy: PolicyInForce },
  { approval, agent, usesIt, call, thread, record }: MarkGoneOrder,
): Promise<Result<'sent'>> {
  const { newId } = deps;
  const { agentId, hostname } = agent;
  const { cluster, reason } = approval;
  const plan = approval.of === 'plan' ? { plan: approval.plan } : {};
  const approved = approvedBy(approval);
  let marking: MarkGone | null = null;
  try {
    await deps.submitCall({
      call: messageOf(call, agentId),
      audit: async (tx) => ({
        actor: { kind: 'person', person: inPerson(approval.requester) },
        correlation: approval.correlation,
        command: { typed: approval.typed },
        place: await placeInLog(tx, approval),
        approval: approvalInLog(approved),
        cluster,
        agent: { id: agentId, hostname },
        ...(call.by === 'second-drain' ? { drain: call.drain } : {}),
        ...plan,
        reason,
        decision: 'approved',
      }),
      record: async (tx, at) => {
        await record(tx, at);
        marking = {
          id: markGoneId(newId()),
          version: 0,
          cluster,
          agentId,
          hostname,
          requester: inPerson(approval.requester),
          approvedBy: approved.by,
          channel: approval.channel,
          thread,
          correlation: approval.correlation,
          reason,
          approval: approval.id,
          ...plan,
          call,
          intendedAt: at,
          state: { status: 'calling' },
        };
        if (usesIt()) {
          const how = { how: 'used' as const, by: approved.by };
          const { approving } = deps.policy.current().approvals;
          await applyApproval(tx, approval, [{ type: 'settled', at, how, again: null }], {
            newId,
            approving,
          });
        }
        await tx.insertMarkGone(marking);
        await tx.cardStale(thread, at);
      },
      settle: async (tx, outcome, at) => {
        if (marking !== null) await applyMarkGone(tx, marking, [outcomeEvent(outcome, at)], newId);
      },
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(fault.refusal);
    if (!(fault instanceof Unsettled)) throw fault;
    deps.log.error({ err: fault, agentId }, 'the outcome of a call could not be written; looking instead');
  }
  return ok('sent');
}

function messageOf(call: MarkGoneCall, agentId: AgentId): Call {
  switch (call.by) {
    case 'second-drain':
      return { type: 'DRAIN_AGENT', agentId, maxGrace: call.maxGrace, markGone: true };
    case 'mark-agent-gone':
      return { type: 'MARK_AGENT_GONE', agentId };
  }
}
