import { expiryOf } from '../../../domain/approval/patience.ts';
import { agentPromptOf } from '../../../domain/approval/prompt.ts';
import type { AgentApproval, Approval, Requester } from '../../../domain/approval.ts';
import { factsOf } from '../../../domain/audit/facts.ts';
import type { Actor } from '../../../domain/audit.ts';
import type { Beside } from '../../../domain/beside.ts';
import type { Command } from '../../../domain/command.ts';
import {
  type ApprovalId,
  type ChannelId,
  type ClusterName,
  type CorrelationId,
  type Instant,
  noticeId,
  threadId,
} from '../../../domain/ids.ts';
import type { ApprovalRules } from '../../../domain/policy.ts';
import type { ApprovalReason } from '../../../domain/refusal.ts';
import type { Hour } from '../../../domain/time/hour.ts';
import { type FileDeps, queuePreviewFile } from '../../agents/queue-preview-file.ts';
import type { Tx } from '../../ports.ts';
import { auditOfApproval } from '../apply-approval.ts';
import type { Prepared } from './prepare-act.ts';

/** Who asks, where and why. */
export interface Asking {
  cluster: ClusterName;
  requester: Requester;
  channel: ChannelId;
  correlation: CorrelationId;
  typed: string;
  /** Null: it is asked again, and no command was parsed. */
  parsed: Command | null;
  reason: string;
  /** Why a second person is asked. */
  because: ApprovalReason[];
  follows: ApprovalId | null;
  /** What is asked for waits for it; absent: for nothing. */
  hour?: Hour;
  /** Beside what of others; absent: an older version asked first, and did not judge that. */
  beside?: Beside;
  /** Its number, where it was given already. */
  id?: ApprovalId;
  actor: Actor;
}

/** Of one that is asked again. */
export function hourOfQuestion({ hour }: Approval): Pick<Asking, 'hour'> {
  return hour === undefined ? {} : { hour };
}

/** The hour that a question of now waits for: one that is asked again after it waits for none. */
export function hourAhead({ hour }: Pick<Asking, 'hour'>, at: Instant): Hour | undefined {
  return hour !== undefined && hour.at > at ? hour : undefined;
}

/** Writes a new question, its thread and the prompt at the root of it; the prompt freezes what was read. */
export async function openApproval(
  tx: Tx,
  prepared: Prepared,
  asking: Asking,
  rules: ApprovalRules,
  { at, ...deps }: FileDeps & { at: Instant },
): Promise<AgentApproval> {
  const { looked, first } = prepared;
  const { newId } = deps;
  const hour = hourAhead(asking, at);
  const approval: AgentApproval = {
    of: 'agent',
    id: asking.id ?? (await tx.nextApprovalId()),
    version: 0,
    cluster: asking.cluster,
    agentId: prepared.agent.agentId,
    hostname: prepared.hostname,
    address: prepared.address,
    requester: asking.requester,
    channel: asking.channel,
    thread: threadId(newId()),
    correlation: asking.correlation,
    typed: asking.typed,
    reason: asking.reason,
    because: asking.because,
    act: prepared.act,
    loss: prepared.loss,
    masterWordOnly: prepared.masterWordOnly,
    drain: first.step === 'ours' ? first.drain.id : null,
    witness: prepared.witness,
    ...(asking.beside === undefined ? {} : { beside: asking.beside }),
    follows: asking.follows,
    needed: Math.max(1, rules.needed),
    oneOf: rules.oneOf,
    askedAt: at,
    expiresAt: expiryOf(at, rules.expiryMs, hour),
    ...(hour === undefined ? {} : { hour }),
    ballots: [],
    state: { status: 'open' },
  };
  const rootNotice = noticeId(newId());
  await tx.insertApproval(approval);
  const { id, thread, channel } = approval;
  await tx.openThread({ id: thread, channel, rootNotice, drain: null, approval: id });
  const prompt = agentPromptOf(approval, { approving: rules.approving, marking: null, at });
  await tx.queue({
    id: rootNotice,
    to: { kind: 'root', thread },
    notice: { kind: 'prompt', prompt, preview: looked.preview },
    createdAt: at,
  });
  await queuePreviewFile(tx, looked.preview, { kind: 'reply', thread, broadcast: false }, at, deps);
  const { act, loss, masterWordOnly, because, needed, oneOf, expiresAt, follows, beside } = approval;
  await tx.append({
    ...(await auditOfApproval(tx, approval)),
    at,
    event: 'approval.asked',
    actor: asking.actor,
    command: {
      typed: asking.typed,
      ...(asking.parsed === null ? {} : { parsed: factsOf(asking.parsed) }),
    },
    decision: 'second person asked',
    facts: factsOf({
      ...{ act, loss, masterWordOnly, because, needed, oneOf, expiresAt, follows },
      ...((beside?.accepted.length ?? 0) === 0 ? {} : { beside: beside?.accepted }),
      ...hourOfQuestion(approval),
    }),
  });
  return approval;
}
