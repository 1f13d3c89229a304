import { askedOfPlan } from '../../../domain/approval/asked.ts';
import type { Covers } from '../../../domain/approval/covers.ts';
import { expiryOf } from '../../../domain/approval/patience.ts';
import { planPromptOf } from '../../../domain/approval/prompt.ts';
import type { PlanApproval } from '../../../domain/approval.ts';
import { factsOf } from '../../../domain/audit/facts.ts';
import { seenFrom } from '../../../domain/beside.ts';
import { type ApprovalId, type Instant, noticeId, threadId } from '../../../domain/ids.ts';
import type { Plan } from '../../../domain/plan.ts';
import type { ApprovalRules } from '../../../domain/policy.ts';
import { type FileDeps, queuePreviewFile } from '../../agents/queue-preview-file.ts';
import type { NewId, Tx } from '../../ports.ts';
import { auditOfApproval } from '../apply-approval.ts';
import { type Asking, hourAhead, hourOfQuestion } from '../asking/open-approval.ts';

/** Writes a new question about a plan, its thread and the prompt at the root of it, and the plan as asked for where it has
 * not begun; the prompt freezes the list as it was read. */
export async function openPlanApproval(
  tx: Tx,
  plan: Plan,
  covers: Covers,
  asking: Asking,
  rules: ApprovalRules,
  { at, ...deps }: FileDeps & { at: Instant },
): Promise<PlanApproval> {
  const { newId } = deps;
  const hour = hourAhead(asking, at);
  const { cluster, requester, channel, correlation, typed, reason, because, follows } = asking;
  const approval: PlanApproval = {
    of: 'plan',
    id: asking.id ?? (await tx.nextApprovalId()),
    version: 0,
    cluster,
    requester,
    channel,
    thread: threadOf(plan, follows, newId),
    correlation,
    typed,
    reason,
    because,
    plan: plan.id,
    covers,
    follows,
    needed: Math.max(1, rules.needed),
    oneOf: rules.oneOf,
    askedAt: at,
    expiresAt: expiryOf(at, rules.expiryMs, hour),
    ...(hour === undefined ? {} : { hour }),
    ballots: [],
    state: { status: 'open' },
  };
  const { id, thread } = approval;
  const rootNotice = noticeId(newId());
  await tx.insertApproval(approval);
  await tx.openThread({ id: thread, channel, rootNotice, drain: null, approval: id });
  // One that is under way keeps its card, and its thread.
  if (plan.state.status !== 'running')
    await tx.savePlan({
      ...seenFrom(plan, at),
      version: plan.version + 1,
      thread,
      because,
      state: { status: 'asked', approval: id },
    });
  const prompt = planPromptOf(approval, { approving: rules.approving, marking: null, at });
  await tx.queue({
    id: rootNotice,
    to: { kind: 'root', thread },
    notice: { kind: 'plan-prompt', prompt },
    createdAt: at,
  });
  await queuePreviewFile(tx, prompt, { kind: 'reply', thread, broadcast: false }, at, deps);
  await tx.append({
    ...(await auditOfApproval(tx, approval)),
    at,
    event: 'approval.asked',
    actor: asking.actor,
    command: { typed, ...(asking.parsed === null ? {} : { parsed: factsOf(asking.parsed) }) },
    decision: 'second person asked',
    facts: factsOf({
      does: askedOfPlan(approval).does,
      covers: covers.lines,
      because,
      needed: approval.needed,
      oneOf: approval.oneOf,
      expiresAt: approval.expiresAt,
      ...hourOfQuestion(approval),
      follows,
    }),
  });
  return approval;
}

/** The first question takes the thread that the plan has for itself; each that asks again is a message of its own. */
function threadOf(plan: Plan, follows: ApprovalId | null, newId: NewId) {
  return follows === null ? plan.thread : threadId(newId());
}
