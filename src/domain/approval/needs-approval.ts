import type { Act } from '../approval.ts';
import type { DrainCommand } from '../command.ts';
import type { Preview } from '../preview.ts';
import type { ApprovalReason } from '../refusal.ts';

/** Grace periods under this, on an agent with tasks, need a second person: 0 means SIGKILL at once. */
export const shortGraceSeconds = 5;

/** Why this drain needs a second person; empty: it doesn't. */
export function reasonsForApproval(
  { markGone, maxGrace }: Pick<DrainCommand, 'markGone' | 'maxGrace'>,
  { groups }: Pick<Preview, 'groups'>,
): ApprovalReason[] {
  const because: ApprovalReason[] = [];
  if (markGone) because.push({ why: 'irreversible', command: 'drain --mark-gone' });
  // Not known whether tasks run there: judged as if they did (promise 10).
  const idle = groups.known && groups.value.length === 0;
  if (maxGrace !== null && maxGrace < shortGraceSeconds && !idle)
    because.push({ why: 'short-grace', seconds: maxGrace });
  return because;
}

/** What a drain command asks a second person for. */
export function actOf({ markGone, unattended, maxGrace }: DrainCommand): Act {
  if (!markGone) return { kind: 'drain', maxGrace };
  return { kind: unattended ? 'drain-unattended' : 'drain-then-gone', maxGrace };
}
