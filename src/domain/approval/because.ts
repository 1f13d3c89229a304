import type { Act } from '../approval.ts';
import type { ApprovalReason } from '../refusal.ts';

/** Why a second person is asked about this act whatever a policy says; never empty. */
export function becauseOf(act: Act): ApprovalReason[] {
  switch (act.kind) {
    case 'mark-gone':
      return [{ why: 'irreversible', command: 'mark-gone' }];
    case 'drain-then-gone':
    case 'drain-unattended':
      return [{ why: 'irreversible', command: 'drain --mark-gone' }];
    case 'drain':
      return [{ why: 'short-grace', seconds: act.maxGrace ?? 0 }];
  }
}
