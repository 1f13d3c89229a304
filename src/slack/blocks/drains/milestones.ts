import type { Gap } from '../../../domain/drain.ts';
import { instant, type PlanId, showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { approvedBy } from '../approvals/approved.ts';
import { agentName, fullId, targetOf } from '../text/agent-name.ts';
import { bold, clause, mention, mentionAsker, plain, preformatted } from '../text/escape.ts';
import { count, type Part, text } from '../text/part.ts';
import { clock, spoken, when } from '../text/time.ts';
import { outOfService } from './card.ts';
import { causeWords } from './cause.ts';
import { causeInShort } from './cause-short.ts';
import { checkedForDrained, checkedForGone } from './checked.ts';
import { drainedWords, endWords } from './ending.ts';
import { hastenParts, nudgeParts } from './milestones-amend.ts';
import { adoptedParts, goneNextParts, recallParts, underApproval } from './milestones-gone.ts';
import { slowParts, usualLine } from './usual.ts';

/** The replies in a drain's thread. */
export type Milestone = Extract<
  Notice,
  {
    kind:
      | 'call-accepted'
      | 'adopted'
      | 'recall'
      | 'hasten'
      | 'nudge'
      | 'call-unknown'
      | 'effect-seen'
      | 'progress'
      | 'framework-slow'
      | 'waiting'
      | 'still-unknown'
      | 'moving-again'
      | 'looked-again'
      | 'drained'
      | 'ended';
  }
>;

const halfDay = 12 * 3600;
/** A milestone may be read days later: so far from any time that the day is always shown. */
const anyDay = instant(0);

/** A milestone: short, the verdict first; end and stuck mention the person who asked. */
export function milestoneParts(notice: Milestone): Part[] {
  const drain = showDrainId(notice.drain);
  switch (notice.kind) {
    case 'call-accepted': {
      return [
        text(
          `*Started:* the master accepted the drain of ${agentName(notice)}.`,
          tasksToStop(notice),
          usualLine(notice.usual),
          ...underApproval(notice),
        ),
      ];
    }
    case 'adopted':
      return adoptedParts(notice);
    case 'recall':
      return recallParts(notice);
    case 'hasten':
      return hastenParts(notice);
    case 'nudge':
      return nudgeParts(notice);
    case 'call-unknown':
      return [
        text(
          `*Not known yet* whether ${drain} of ${plain(notice.hostname)} has begun: ${clause(notice.why, 300)}.`,
          'The call is not sent again. The bot looks at the master to find out, and says so here.',
        ),
      ];
    case 'effect-seen':
      return [
        text(
          `*Found out:* the master shows the drain of ${plain(notice.hostname)}, so the call did take effect. ${drain} goes on.`,
        ),
      ];
    case 'progress':
      return [
        text(
          `*${notice.of - notice.left} of ${count(notice.of, 'task')} gone* on ${plain(notice.hostname)}, ${
            notice.left
          } left (${clock(notice.at)}).`,
        ),
      ];
    case 'framework-slow':
      return slowParts(notice);
    case 'waiting': {
      const words = causeWords(notice.cause, notice.at, notice);
      return [
        text(
          `*${notice.cause.code === 'tasks-in-grace' ? 'Waiting' : 'Stuck'}:* ${drain} of ${plain(notice.hostname)} does not move since ${clock(notice.since)}. ${mention(
            notice.requester,
          )}`,
          `*Why:* ${words.what}`,
          `*What to do:* ${words.toDo}`,
          `To stop following it: \`/mesos close ${drain} --reason "…"\`. That does not undo the drain.`,
        ),
      ];
    }
    case 'still-unknown': {
      const words = causeWords(notice.cause, notice.at, notice);
      return [
        text(
          `*Still not known* whether ${drain} of ${plain(notice.hostname)} has begun: nobody could look since ${clock(notice.since)}. ${mention(notice.requester)}`,
          `*Why:* ${words.what}`,
          `*What to do:* ${words.toDo}`,
          'The call is not sent again: the tasks of the agent may be ending, or not.',
        ),
      ];
    }
    case 'looked-again':
      return [
        text(
          `*Nobody looked* at ${drain} of ${plain(notice.hostname)} ${gapWords(notice.gap)}: the bot was away, or could not read the master.`,
          'What comes next is how it stands now; when that came about is not known.',
        ),
      ];
    case 'moving-again':
      return [
        text(
          `*Moving again:* ${drain} of ${plain(notice.hostname)} goes on. Over now: ${causeInShort(notice.was)}.`,
        ),
      ];
    case 'drained': {
      const words = drainedWords(notice, notice.proof, notice.thenDown !== undefined);
      return [
        text(
          `${bold(words.verdict, 400)}${mentionAsker(notice)}`,
          `${words.means} ${tookWords(notice)}`,
          checkedForDrained(notice.proof),
        ),
        ...(notice.goneNext
          ? goneNextParts(notice, drain)
          : notice.thenDown === undefined
            ? outOfService(notice, 'drain')
            : [text(thenDownWords(notice.thenDown))]),
      ];
    }
    case 'ended': {
      const words = endWords(notice, notice.end, notice.wasDrained, anyDay, notice.markGone);
      return [
        text(
          `${bold(words.verdict, 400)}${mentionAsker(notice)}`,
          words.means,
          notice.end.kind === 'gone' ? checkedForGone(notice.end) : null,
          notice.gap === undefined ? null : `It came about unseen: nobody looked ${gapWords(notice.gap)}.`,
          stillDeactivated(notice),
          notice.approved === null ? null : `${approvedBy(notice.approved.by, notice.approved.approval)}.`,
          `Drain ${drain}, agent ID ${fullId(notice.agentId)}. Its record: \`/mesos audit --agent ${preformatted(notice.hostname)}\`.`,
        ),
      ];
    }
  }
}

/** What the agent is when a drain that went on from a deactivation never began. */
function stillDeactivated({ end, tookOver, ...agent }: Extract<Milestone, { kind: 'ended' }>): string | null {
  return tookOver !== null && (end.kind === 'rejected' || end.kind === 'not-applied')
    ? `It stays deactivated, as ${showDrainId(tookOver)} left it, and is not followed any more: \`/mesos deactivate ${targetOf(agent)}\` follows it again, \`/mesos reactivate ${targetOf(agent)}\` takes it back into service.`
    : null;
}

/** How long it took, as far as anybody saw. */
function thenDownWords(plan: PlanId): string {
  return `*Next:* plan ${showPlanId(plan)} takes its machine down, once all its agents are drained. Don't work on it, and don't reactivate the agent, before the plan says that it is DOWN.`;
}

function tookWords({ tasks, tookSeconds, gap }: Extract<Milestone, { kind: 'drained' }>): string {
  const work = tasks === null || tasks === 0 ? '' : ` for ${count(tasks, 'task')}`;
  return gap === undefined
    ? `It took ${spoken(tookSeconds)}${work}.`
    : `How long it took${work} is not known: nobody looked ${gapWords(gap)}.`;
}

function gapWords({ from, to }: Gap): string {
  return `from ${when(from, anyDay)} to ${when(to, anyDay)}`;
}

function tasksToStop({
  maxGraceSeconds,
  tasks,
  expectedEnd,
}: Extract<Milestone, { kind: 'call-accepted' }>): string {
  // What no task has, has no grace and no end.
  if (tasks === 0 && maxGraceSeconds === null) return 'No tasks run there.';
  const soon = maxGraceSeconds !== null && maxGraceSeconds < halfDay;
  const what =
    tasks === null
      ? 'How many tasks run there is not known'
      : tasks === 0
        ? 'No tasks run there'
        : `${count(tasks, 'task')} to stop`;
  const grace =
    maxGraceSeconds === null
      ? ', each with its own grace period'
      : `, max grace period ${spoken(maxGraceSeconds)}`;
  const end =
    expectedEnd === null
      ? '; when it will end is not known.'
      : `; ends by about ${when(expectedEnd, soon ? expectedEnd : anyDay)}.`;
  return `${what}${grace}${end}`;
}
