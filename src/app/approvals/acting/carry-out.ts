import { endByTime } from '../../../domain/approval/patience.ts';
import type { AgentApproval, ApprovalEvent } from '../../../domain/approval.ts';
import { approvalInLog } from '../../../domain/audit/approval-in-log.ts';
import { inPerson } from '../../../domain/person.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { applyEvents } from '../../drains/apply-events.ts';
import { refuseBesideOthers } from '../../drains/open-drain.ts';
import { beginDrain, type DrainOrder, type SendDeps, sendDrain } from '../../drains/send-drain.ts';
import { sendMarkGone } from '../../mark-gones/send-mark-gone.ts';
import { Overtaken } from '../../overtaken.ts';
import type { Tx } from '../../ports.ts';
import { applyApproval, approvedBy } from '../apply-approval.ts';
import type { AskDeps } from '../asking/ask-approval.ts';
import { besideNow, overtakenBy, type Prepared } from '../asking/prepare-act.ts';
import { refusedAtCall } from './refused-at-call.ts';

export type CarryOutDeps = AskDeps & SendDeps;

/** Does what was approved, right after the votes were read for the last time. Answers why not, where a rule broke in the
 * meantime; then nothing was sent. Throws VersionConflict where the approval moved on: nothing was sent either. */
export async function carryOut(
  deps: CarryOutDeps,
  approval: AgentApproval,
  prepared: Prepared,
): Promise<Refusal | null> {
  const { act, first } = prepared;
  switch (act.kind) {
    case 'mark-gone': {
      const sent = await sendMarkGone(deps, {
        approval,
        agent: approval,
        usesIt: () => true,
        call: { by: 'mark-agent-gone' },
        thread: approval.thread,
        record: (tx) => refuseIfOvertaken(tx, deps, prepared, approval),
      });
      return sent.ok ? null : sent.refusal;
    }
    case 'drain':
    case 'drain-unattended': {
      const sent = await sendDrain(deps, orderOf(deps, approval, prepared, 'used'));
      return sent.ok ? null : sent.refusal;
    }
    case 'drain-then-gone': {
      if (first.step === 'call') {
        const sent = await sendDrain(deps, orderOf(deps, approval, prepared, 'stands'));
        return sent.ok ? null : sent.refusal;
      }
      return goOnFrom(deps, approval, prepared);
    }
  }
}

/** The first step was done before: by our own drain, or by somebody else's, which is followed as ours from here on. */
async function goOnFrom(
  deps: CarryOutDeps,
  approval: AgentApproval,
  prepared: Prepared,
): Promise<Refusal | null> {
  const { store, clock, newId } = deps;
  const { first } = prepared;
  try {
    await store.transact(async (tx) => {
      const at = clock.now();
      await refuseIfOvertaken(tx, deps, prepared, approval);
      if (first.step === 'ours')
        return stand(tx, deps, approval, { type: 'stands', at, drain: first.drain.id });
      const drain = await beginDrain(tx, orderOf(deps, approval, prepared, 'stands'), at, deps);
      await applyEvents(tx, drain, [{ type: 'adopted', at }], newId);
      await stand(tx, deps, approval, { type: 'stands', at, drain: drain.id });
    });
    return null;
  } catch (fault) {
    if (fault instanceof Overtaken) return fault.refusal;
    throw fault;
  }
}

function orderOf(
  deps: CarryOutDeps,
  approval: AgentApproval,
  prepared: Prepared,
  becomes: 'used' | 'stands',
): DrainOrder {
  const { act } = prepared;
  const approved = approvedBy(approval);
  return {
    way: 'drain',
    cluster: approval.cluster,
    agent: prepared.agent,
    preview: prepared.looked.preview,
    requester: inPerson(approval.requester),
    channel: approval.channel,
    thread: approval.thread,
    plan: null,
    correlation: approval.correlation,
    reason: approval.reason,
    maxGrace: act.kind === 'mark-gone' ? null : act.maxGrace,
    markGone: act.kind === 'drain-unattended',
    goneNext: becomes === 'stands',
    outFor: act.kind === 'drain' ? act.outFor : undefined,
    approved,
    audit: {
      actor: { kind: 'person', person: inPerson(approval.requester) },
      correlation: approval.correlation,
      command: { typed: approval.typed },
      place: { channel: approval.channel },
      approval: approvalInLog(approved),
    },
    record: async (tx, drain, at) => {
      await refuseIfOvertaken(tx, deps, prepared, approval, drain.id);
      await stand(
        tx,
        deps,
        approval,
        becomes === 'used'
          ? { type: 'settled', at, how: { how: 'used', by: approved.by }, again: null }
          : { type: 'stands', at, drain: drain.id },
      );
    },
  };
}

async function stand(
  tx: Tx,
  deps: CarryOutDeps,
  approval: AgentApproval,
  event: ApprovalEvent,
): Promise<void> {
  const { newId, policy } = deps;
  await applyApproval(tx, approval, [event], { newId, approving: policy.current().approvals.approving });
}

/** What else stands on the agent, the limits, and the time that is left, as the intent's transaction has them. */
async function refuseIfOvertaken(
  tx: Tx,
  deps: CarryOutDeps,
  prepared: Prepared,
  approval: AgentApproval,
  besides: DrainOfThis = null,
): Promise<void> {
  if (endByTime(approval, deps.clock.now()) !== null)
    throw new Overtaken({ code: 'approval-settled', approval: approval.id, how: 'late' });
  const overtaken =
    refusedAtCall(deps, approval) ??
    (await overtakenBy(tx, deps, prepared, approval.id, besides)) ??
    (await besideNow(tx, prepared, approval, besides));
  if (overtaken !== null) throw new Overtaken(overtaken);
  await refuseBesideOthers(tx, prepared.agent, approval.cluster);
}

/** The drain that has just been written for it. */
type DrainOfThis = Parameters<typeof overtakenBy>[4];
