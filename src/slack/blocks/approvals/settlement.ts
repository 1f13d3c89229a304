import type { Asked, AskedOfAgent } from '../../../domain/approval/asked.ts';
import type { Settlement } from '../../../domain/approval.ts';
import type { ApprovalId } from '../../../domain/ids.ts';
import { showApprovalId, showDrainId } from '../../../domain/ids.ts';
import { leftWords, notSentWords } from '../plans/work-words.ts';
import { wordsOf } from '../refusals/refusal.ts';
import { reactivateLine } from '../text/agent-name.ts';
import { mention, plain } from '../text/escape.ts';
import { list, type Part, text } from '../text/part.ts';
import { spoken } from '../text/time.ts';
import { people } from './approved.ts';
import { driftWords } from './drift.ts';

/** How a question ended, in one or two words, raw: what a heading begins with. */
export function settledRaw(how: Settlement): string {
  switch (how.how) {
    case 'used':
      return 'Approved';
    case 'denied':
      return 'Denied';
    case 'withdrawn':
      return 'Withdrawn';
    case 'stopped':
      return 'Stopped';
    case 'taken-back':
      return 'Approval taken back';
    case 'expired':
      return 'Ran out';
    case 'late':
      return 'Approved, but too late';
    case 'changed':
      return 'Void, things have changed';
    case 'refused':
      return 'Void, refused by now';
    case 'no-prompt':
      return 'Void';
    case 'drain-ended':
      return 'Over, the drain has ended';
    case 'plan-ended':
      return 'Over, the plan has ended';
    case 'restored':
      return 'Void';
  }
}

/** Who or what settled a question: a clause, without its stop. */
export function settledBy(how: Settlement): string {
  switch (how.how) {
    case 'used':
      return `approved by ${people(how.by)}, and used`;
    case 'denied':
      return `denied by ${mention(how.by.userId)}`;
    case 'withdrawn':
      return `withdrawn by ${mention(how.by.userId)}`;
    case 'stopped':
      return `stopped by ${mention(how.by.userId)}`;
    case 'taken-back':
      return `${mention(how.by.userId)} took the approval back`;
    case 'expired':
      return 'it ran out before its call could leave';
    case 'late':
      return `it was approved, but its call could not leave within ${spoken(how.limit)}`;
    case 'changed':
      return 'things are no longer as it showed them';
    case 'refused':
      return 'what was approved is refused by now';
    case 'no-prompt':
      return noPrompt(how.why);
    case 'drain-ended':
      return `the drain that it stood for ended (${plain(how.end.replaceAll('-', ' '), 100)})`;
    case 'plan-ended':
      return `the plan that it stood for ended (${plain(how.end.replaceAll('-', ' '), 100)})`;
    case 'restored':
      return "the bot's database was restored from the past";
  }
}

/** What a person has to know beside who settled it: what changed, or what stands in the way. */
export function settledBecause(how: Settlement): Part[] {
  if (how.how === 'changed') return [list(how.what.map(driftWords))];
  if (how.how !== 'refused') return [];
  if (how.refusal.code === 'bad-command') return [text('*Why:* the command is not understood any more.')];
  const { what, why, toDo, among } = wordsOf(how.refusal);
  return [
    text(`*Why:* ${what}. ${why}`),
    ...(among === undefined ? [] : [among]),
    text(`*What to do:* ${toDo}`),
  ];
}

/** What follows from it: whether anything was sent, what becomes of the drain, and where it is asked again. */
export function settledSo(
  how: Settlement,
  wasStanding: boolean,
  again: ApprovalId | null,
  about: Asked,
): string[] {
  if (how.how === 'used') return [];
  const anew =
    again === null ? [] : [`*Asked again as ${showApprovalId(again)}*, in a new message: vote there.`];
  // A message that was settled by a later run than this database knows of.
  if (how.how === 'restored' || (how.how === 'no-prompt' && how.why === 'closed'))
    return [
      'The bot sends nothing on it. What came of it before, its message and its thread told: this database does not know.',
    ];
  if (about.of === 'plan')
    return [
      wasStanding
        ? `*${notSentWords(about.does)}* ${again === null ? leftWords(about.does) : 'It is not unless the new question is approved.'}`
        : '*Nothing was sent to the master.*',
      ...anew,
    ];
  const { drain } = about;
  if (!wasStanding)
    return [
      drain === null
        ? '*Nothing was sent to the master.*'
        : `*Nothing was sent to the master.* Drain ${showDrainId(drain)} is a plain one, and ${outOfService(about)}`,
      ...anew,
    ];
  if (how.how === 'drain-ended')
    return ['*The mark gone is dropped:* the second call was not sent.', ...anew];
  const plainDrain = `${drain === null ? 'The drain' : `Drain ${showDrainId(drain)}`} ${
    isInDoubt(how)
      ? 'is followed as a plain one; its card tells how it is.'
      : `stays a plain one, and ${outOfService(about)}`
  }`;
  return [
    again === null
      ? `*The mark gone is dropped:* the second call was not sent. ${plainDrain}`
      : `*The second call was not sent,* and is not unless the new question is approved. ${plainDrain}`,
    ...anew,
  ];
}

/** Whether somebody may have put the agent back into service, unseen. */
function isInDoubt(how: Settlement): boolean {
  return (
    how.how === 'changed' && how.what.some(({ what }) => what === 'leader' || what === 'drain-begun-anew')
  );
}

function outOfService(about: AskedOfAgent): string {
  return `the agent stays out of service until \`${reactivateLine(about)}\`.`;
}

function noPrompt(why: Extract<Settlement, { how: 'no-prompt' }>['why']): string {
  switch (why) {
    case 'deleted':
      return 'its message was deleted';
    case 'closed':
      return 'its message no longer reads as a question that can be voted on';
    case 'shared':
      return 'its channel is shared with other organisations now';
    case 'undeliverable':
      return 'its message could not be delivered';
    case 'archived':
      return 'its channel is archived now, where nobody can object';
    case 'left':
      return 'the bot is no longer a member of its channel';
  }
}
