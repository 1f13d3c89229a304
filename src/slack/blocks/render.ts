import type { Notice } from '../../domain/notice.ts';
import { agentsParts } from './agents.ts';
import { answerParts } from './answers.ts';
import { auditParts } from './audit.ts';
import { cardParts } from './card.ts';
import { helpParts } from './help.ts';
import { layout } from './limits.ts';
import { milestoneParts } from './milestones.ts';
import { opsParts } from './ops.ts';
import { note, type Part, type Rendered } from './part.ts';
import { previewParts } from './preview.ts';
import { reactivationParts } from './reactivation.ts';
import { refusalParts } from './refusal.ts';
import { statusOfDrainParts, statusParts } from './status.ts';
import { whoamiParts } from './whoami.ts';

/** A notice as Slack takes it, within all of Slack's limits; `text` says everything that the blocks say. */
export function render(notice: Notice): Rendered {
  return layout(partsOf(notice));
}

function partsOf(notice: Notice): Part[] {
  switch (notice.kind) {
    case 'refused':
      return refusalParts(notice.refusal, notice.typed);
    case 'help':
      return helpParts(notice.topic);
    case 'agents':
      return agentsParts(notice);
    case 'status':
      return statusParts(notice);
    case 'status-of-drain':
      return statusOfDrainParts(notice);
    case 'preview':
      return previewParts(notice.preview, notice.dryRun);
    case 'audit-page':
      return auditParts(notice);
    case 'whoami':
      return whoamiParts(notice);
    case 'closed':
    case 'fault':
      return answerParts(notice);
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
    case 'call-unknown':
    case 'effect-seen':
    case 'progress':
    case 'waiting':
    case 'moving-again':
    case 'drained':
    case 'ended':
      return milestoneParts(notice);
    case 'reactivation':
      return reactivationParts(notice);
    case 'several':
      return notice.notices.flatMap((each, at): Part[] =>
        at === 0 ? partsOf(each) : [{ as: 'divider' }, ...partsOf(each)],
      );
    case 'maybe-repeat':
      return [
        note('May be a repeat: Slack could not say whether it has this already.'),
        ...partsOf(notice.notice),
      ];
    case 'ops':
      return opsParts(notice.what);
  }
}
