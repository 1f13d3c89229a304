import { showApprovalId, showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { WorkKind } from '../../../domain/preview/open-work.ts';
import { hourWords } from '../text/time.ts';

/** What of ours is open on an agent, in a phrase: for one line of many. */
export function openWorkWords(open: WorkKind): string {
  switch (open.what) {
    case 'drain':
      return `${open.way === 'drain' ? 'drain' : 'deactivation'} ${showDrainId(open.drain)} is open on it`;
    case 'drained':
      return `out of service by ${showDrainId(open.drain)}`;
    case 'approval':
      return `question ${showApprovalId(open.approval)} is open on it`;
    case 'plan':
      return [
        `on the list of ${showPlanId(open.plan)}`,
        ...(open.wave === undefined ? [] : [`wave ${open.wave}`]),
        ...(open.hour === undefined ? [] : [`which begins ${hourWords(open.hour)}`]),
      ].join(', ');
    case 'mark-gone':
      return 'being marked gone';
    case 'reactivation':
      return 'being reactivated';
  }
}
