import type { Way } from '../../../domain/drain.ts';
import { instant, showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { Reminder, StayNews, StillOut } from '../../../domain/stay/reminder.ts';
import { whyRefused } from '../refusals/in-short.ts';
import { agentName, reactivateLine, targetOf } from '../text/agent-name.ts';
import { link, mention, plain } from '../text/escape.ts';
import { type Part, text } from '../text/part.ts';
import { elapsed, spoken, when } from '../text/time.ts';
import { longerLine } from './time-out.ts';

/** A message may be read days later: so far from any time that the day is always shown. */
const anyDay = instant(0);

/** What is told in a thread of the time for which its agent is out of service. */
export function stayParts({ about, news }: Extract<Notice, { kind: 'stay' }>): Part[] {
  switch (news.news) {
    case 'set':
      return [
        text(
          `*Time out of service:* ${mention(news.by)} had ${agentName(about)} stay out for ${spoken(news.seconds)}${setUntil(about)}.`,
          'Then the bot brings it back by itself or, where it may not, reminds you here.',
        ),
      ];
    case 'still-out':
      return stillOutParts(about, news);
  }
}

/** To whoever had it so, alone. */
export function stayingParts({ about, permalink }: Extract<Notice, { kind: 'staying' }>): Part[] {
  return [
    text(
      `*${agentName(about)} stays out of service${about.until === null ? ' as long as you said, once it is' : ` until ${when(about.until, anyDay)}`}.* ${link(permalink, 'Its thread')} tells the rest.`,
    ),
  ];
}

function setUntil({ until }: StillOut): string {
  return until === null ? ', counted from the proof' : `, until ${when(until, anyDay)}`;
}

function stillOutParts(about: StillOut, { reminder, at }: Extract<StayNews, { news: 'still-out' }>): Part[] {
  const drain = showDrainId(about.drain);
  const out = `${agentName(about)} is still ${stateWord(about.way)}, for ${elapsed(about.since, at)} now (${drain})`;
  return [
    text(
      `*${headOf(reminder)}* ${out}. ${mention(about.requester)}`,
      about.until === null ? null : `Its time out of service was over ${when(about.until, anyDay)}.`,
      whyWords(reminder),
      about.reason === null ? 'No reason was given.' : `Reason: ${plain(about.reason, 300)}`,
      `Is the work done? \`${reactivateLine(about)}\` brings it back. Is it not? ${longerLine(about)} gives it two hours from now, and \`/mesos close ${drain} --reason "…"\` ends these reminders.`,
      about.way === 'drain'
        ? `Is the machine gone for good? \`/mesos mark-gone ${targetOf(about)} --reason "…"\`.`
        : null,
    ),
  ];
}

function stateWord(way: Way): string {
  return way === 'deactivate' ? 'deactivated' : 'drained and out of service';
}

function headOf({ why }: Reminder): string {
  return why === 'forgotten' ? 'Forgotten?' : 'Not brought back:';
}

function whyWords(reminder: Reminder): string | null {
  switch (reminder.why) {
    case 'forgotten':
      return null;
    case 'by-policy':
      return 'The policy of the cluster leaves it to people to bring it back.';
    case 'late':
      return reminder.refusal === null
        ? 'The bot could not bring it back at its hour, and does not do so by itself more than 15 minutes after it.'
        : `The bot could not bring it back within 15 minutes of its hour, and no longer tries. ${whyRefused(reminder.refusal)}`;
    case 'scheduled':
      return `Its machine is in the maintenance schedule (${plain(reminder.machine)}), and waits for that out of service. The bot does not try again by itself.`;
    case 'refused':
      return `The bot may not bring it back by itself, and does not try again. ${whyRefused(reminder.refusal)}`;
  }
}
