import { instant, showDrainId } from '../../../domain/ids.ts';
import type { MarkGoneAbout } from '../../../domain/mark-gone/news.ts';
import type { Notice } from '../../../domain/notice.ts';
import { approvedBy } from '../approvals/approved.ts';
import { checkedForGone } from '../drains/checked.ts';
import { agentName, fullId } from '../text/agent-name.ts';
import { bold, clause, mention, plain, preformatted } from '../text/escape.ts';
import { type Part, text } from '../text/part.ts';
import { when } from '../text/time.ts';
import { goneCauseWords } from './gone-cause.ts';
import { goneEndWords } from './gone-end.ts';

/** A message may be read days later: so far from any time that the day is always shown. */
const anyDay = instant(0);

/** What is told of marking an agent gone, in its thread: the verdict first; end and stuck mention who asked. */
export function markGoneParts({ about, news }: Extract<Notice, { kind: 'mark-gone' }>): Part[] {
  switch (news.news) {
    case 'accepted':
      return [
        text(
          `*Accepted:* the master took ${
            news.call === 'second-drain'
              ? `the second call, which marks ${agentName(about)} gone`
              : `MARK_AGENT_GONE for ${agentName(about)}`
          }. ${approvedBy(about.approvedBy, about.approval)}.`,
          'It is called gone here once the registry of the master lists it so.',
        ),
      ];
    case 'unknown':
      return [
        text(
          `*Not known yet* whether ${plain(about.hostname)} was marked gone: ${clause(news.why, 300)}.`,
          'The call is not sent again. The bot looks at the master to find out, and says so here.',
        ),
      ];
    case 'effect-seen':
      return [
        text(
          `*Found out:* the master shows the order to mark ${plain(about.hostname)} gone, so the call did take effect.`,
          'It is called gone here once the registry of the master lists it so.',
        ),
      ];
    case 'waiting': {
      const words = goneCauseWords(news.cause, anyDay);
      return [
        text(
          `*Not proven gone yet:* ${agentName(about)}, since ${when(news.since, anyDay)}. ${mention(about.requester)}`,
          `*Why:* ${words.what}`,
          `*What to do:* ${words.toDo}`,
        ),
      ];
    }
    case 'ended': {
      const words = goneEndWords(about, news.end);
      return [
        text(
          `${bold(words.verdict, 400)} ${mention(about.requester)}`,
          words.means,
          news.end.kind === 'gone' ? checkedForGone(news.end) : null,
          `${approvedBy(about.approvedBy, about.approval)}${ofDrain(about)}. Agent ID ${fullId(about.agentId)}. Its record: \`/mesos audit --agent ${preformatted(about.hostname)}\`.`,
        ),
      ];
    }
  }
}

function ofDrain({ drain }: MarkGoneAbout): string {
  return drain === null ? '' : `, after drain ${showDrainId(drain)}`;
}
