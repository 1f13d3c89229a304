import type { Notice } from '../../domain/notice.ts';
import { agentsParts } from './answers/agents.ts';
import { answerParts } from './answers/answers.ts';
import { auditParts } from './answers/audit.ts';
import { exportingParts, exportParts } from './answers/audit-export.ts';
import { storyParts } from './answers/audit-story.ts';
import { helpParts } from './answers/help.ts';
import { maintenanceStatusParts } from './answers/maintenance-status.ts';
import { statusOfDrainParts, statusParts } from './answers/status.ts';
import { whoamiParts } from './answers/whoami.ts';
import { approvalParts } from './approvals/news.ts';
import { planPromptParts } from './approvals/plan-prompt.ts';
import { promptParts, statusOfApprovalParts } from './approvals/prompt.ts';
import { voteRefusedParts } from './approvals/vote-refused.ts';
import { deactivationParts } from './deactivations/news.ts';
import { cardParts } from './drains/card.ts';
import { milestoneParts } from './drains/milestones.ts';
import { previewParts } from './drains/preview.ts';
import { maintenanceCardParts, statusOfMachinesParts } from './maintenance/card.ts';
import { maintenanceParts } from './maintenance/news.ts';
import { maintenancePreviewParts } from './maintenance/preview.ts';
import { markGoneParts } from './mark-gone/news.ts';
import { opsParts } from './ops.ts';
import { outsideParts } from './outside.ts';
import { planCardParts, statusOfPlanParts } from './plans/card.ts';
import { planNewsParts } from './plans/news.ts';
import { proposalParts } from './plans/proposal.ts';
import { reactivationParts } from './reactivations/reactivation.ts';
import { refusalParts } from './refusals/refusal.ts';
import { anchoredParts, anchorParts, onlyWatchedParts } from './restored.ts';
import { rollingCardParts, statusOfRollingParts } from './rolling/card.ts';
import { heldUpParts } from './rolling/held-up.ts';
import { rollingNewsParts } from './rolling/news.ts';
import { rollingProposalParts } from './rolling/proposal.ts';
import { snippetParts } from './snippet.ts';
import { digestParts } from './stay/digest.ts';
import { stayingParts, stayParts } from './stay/news.ts';
import { plain } from './text/escape.ts';
import { layout } from './text/limits.ts';
import { note, type Part, type Rendered } from './text/part.ts';

/** A notice as Slack takes it, within all of Slack's limits; `text` says everything that the blocks say. */
export function render(notice: Notice): Rendered {
  return layout(partsOf(notice));
}

/** What stands before a message that Slack may have already. */
export const repeatNote = 'May be a repeat: Slack could not say whether it has this already.';

function partsOf(notice: Notice): Part[] {
  switch (notice.kind) {
    case 'refused':
      return refusalParts(notice.refusal, notice.typed);
    case 'help':
      return helpParts(notice);
    case 'agents':
      return agentsParts(notice);
    case 'status':
      return statusParts(notice);
    case 'status-of-approval':
      return statusOfApprovalParts(notice.line);
    case 'status-of-drain':
      return statusOfDrainParts(notice);
    case 'preview':
      return previewParts(notice.preview, notice);
    case 'maintenance-status':
      return maintenanceStatusParts(notice);
    case 'plan-card':
      return planCardParts(notice.card);
    case 'rolling-proposal':
      return rollingProposalParts(notice.proposal);
    case 'rolling-card':
      return rollingCardParts(notice.card);
    case 'rolling':
      return rollingNewsParts(notice);
    case 'status-of-rolling':
      return statusOfRollingParts(notice);
    case 'status-of-plan':
      return statusOfPlanParts(notice);
    case 'plan':
    case 'plan-cancelled':
      return planNewsParts(notice);
    case 'plan-paused':
    case 'plan-resumed':
      return heldUpParts(notice);
    case 'plan-proposal':
      return proposalParts(notice.proposal);
    case 'audit-deeds':
      return auditParts(notice);
    case 'audit-exporting':
      return exportingParts(notice);
    case 'audit-story':
      return storyParts(notice);
    case 'whoami':
      return whoamiParts(notice);
    case 'closed':
    case 'cancelled':
    case 'recalling':
    case 'hastening':
    case 'hasten-offer':
    case 'fault':
      return answerParts(notice);
    case 'on-cluster':
      return [...partsOf(notice.answer), note(`Cluster: ${plain(notice.cluster, 64)}`)];
    case 'not-logged':
      return [
        ...partsOf(notice.answer),
        note(
          'Not logged: the audit log is not available, so this answer is not on record, and nothing can be changed for now.',
        ),
      ];
    case 'drain-card':
      return cardParts(notice.card, notice.preview);
    case 'call-accepted':
    case 'adopted':
    case 'recall':
    case 'hasten':
    case 'nudge':
    case 'call-unknown':
    case 'effect-seen':
    case 'progress':
    case 'framework-slow':
    case 'waiting':
    case 'still-unknown':
    case 'moving-again':
    case 'looked-again':
    case 'drained':
    case 'ended':
      return milestoneParts(notice);
    case 'prompt':
      return promptParts(notice.prompt, notice.preview);
    case 'plan-prompt':
      return planPromptParts(notice.prompt);
    case 'approval':
      return approvalParts(notice);
    case 'vote-refused':
      return voteRefusedParts(notice);
    case 'mark-gone':
      return markGoneParts(notice);
    case 'deactivation':
      return deactivationParts(notice);
    case 'reactivation':
      return reactivationParts(notice);
    case 'digest':
      return digestParts(notice);
    case 'stay':
      return stayParts(notice);
    case 'staying':
      return stayingParts(notice);
    case 'maintenance-preview':
      return maintenancePreviewParts(notice.preview);
    case 'status-of-machines':
      return statusOfMachinesParts(notice);
    case 'maintenance-card':
      return maintenanceCardParts(notice.card);
    case 'maintenance':
      return maintenanceParts(notice);
    case 'several':
      return notice.notices.flatMap((each, at): Part[] =>
        at === 0 ? partsOf(each) : [{ as: 'divider' }, ...partsOf(each)],
      );
    case 'audit-export':
      return exportParts(notice);
    case 'snippet':
      return snippetParts(notice);
    case 'maybe-repeat':
      return [note(repeatNote), ...partsOf(notice.notice)];
    case 'only-watched':
      return onlyWatchedParts(notice);
    case 'anchor':
      return anchorParts(notice.anchor);
    case 'anchored':
      return anchoredParts(notice);
    case 'outside':
      return outsideParts(notice);
    case 'ops':
      return opsParts(notice.what);
  }
}
