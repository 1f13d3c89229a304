import { promptOf } from '../../../domain/approval/prompt.ts';
import type { Approval, Requester } from '../../../domain/approval.ts';
import { factsOf } from '../../../domain/audit/facts.ts';
import type { Actor } from '../../../domain/audit.ts';
import type { Command } from '../../../domain/command.ts';
import type { ClusterName } from '../../../domain/ids.ts';
import {
  after,
  type ChannelId,
  type CorrelationId,
  type Instant,
  noticeId,
  threadId,
} from '../../../domain/ids.ts';
import type { ApprovalRules } from '../../../domain/policy.ts';
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
  follows: Approval['id'] | null;
  /** Its number, where it was given already. */
  id?: Approval['id'];
  actor: Actor;
}

/** Writes a new question, its thread and the prompt at the root of it; the prompt freezes what was read. */
export async function openApproval(
  tx: Tx,
  prepared: Prepared,
  asking: Asking,
  rules: ApprovalRules,
  { at, ...deps }: FileDeps & { at: Instant },
): Promise<Approval> {
  const { looked, first } = prepared;
  const { newId } = deps;
  const approval: Approval = {
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
    act: prepared.act,
    loss: prepared.loss,
    masterWordOnly: prepared.masterWordOnly,
    drain: first.step === 'ours' ? first.drain.id : null,
    witness: prepared.witness,
    follows: asking.follows,
    needed: Math.max(1, rules.needed),
    askedAt: at,
    expiresAt: after(at, rules.expiryMs),
    ballots: [],
    state: { status: 'open' },
  };
  const rootNotice = noticeId(newId());
  await tx.insertApproval(approval);
  const { id, thread, channel } = approval;
  await tx.openThread({ id: thread, channel, rootNotice, drain: null, approval: id });
  const prompt = promptOf(approval, { approving: rules.approving, marking: null, at });
  await tx.queue({
    id: rootNotice,
    to: { kind: 'root', thread },
    notice: { kind: 'prompt', prompt, preview: looked.preview },
    createdAt: at,
  });
  await queuePreviewFile(tx, looked.preview, { kind: 'reply', thread, broadcast: false }, at, deps);
  const { act, loss, masterWordOnly, expiresAt, follows } = approval;
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
    facts: factsOf({ act, loss, masterWordOnly, expiresAt, follows }),
  });
  return approval;
}
