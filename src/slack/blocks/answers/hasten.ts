import { showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { agentName } from '../text/agent-name.ts';
import { link, mention, plain } from '../text/escape.ts';
import { buttons, type Part, text } from '../text/part.ts';
import { clock, spoken } from '../text/time.ts';

/** The call with the shorter grace is about to leave. */
export function hasteningParts(notice: Extract<Notice, { kind: 'hastening' }>): Part[] {
  return [
    text(
      `*${showDrainId(notice.drain)} is being hastened to ${spoken(notice.maxGraceSeconds)}.* What comes of it is told in ${link(notice.permalink, 'its thread')}.`,
    ),
  ];
}

/** Whose drain it is, what a shorter grace would do to it, and the button that says yes. */
export function offerParts(notice: Extract<Notice, { kind: 'hasten-offer' }>): Part[] {
  const { requester, reason, startedAt, wasSeconds, maxGraceSeconds, permalink } = notice;
  const drain = showDrainId(notice.drain);
  const to = spoken(maxGraceSeconds);
  const was = wasSeconds === null ? "each task's own grace" : `a max grace period of ${spoken(wasSeconds)}`;
  const insteadOf = wasSeconds === null ? '' : ` --instead-of ${wasSeconds}s`;
  return [
    text(
      `*${agentName(notice)} is being drained already, as ${link(permalink, drain)}:* asked by ${mention(requester)}, ${clock(startedAt)}${
        reason === null ? '' : `, “${plain(reason, 200)}”`
      }, with ${was}. Nothing was sent.`,
      `It can be hastened to ${to}. It stays the same drain, in its thread, and ${mention(requester)} is told.`,
      'Tasks already in their grace are cut short only by executors that take a second kill; the others keep what they were given.',
    ),
    buttons({
      label: `Hasten ${drain} to ${to}`,
      words: `hasten ${drain} --max-grace-period ${maxGraceSeconds}s${insteadOf}`,
      style: 'danger',
    }),
  ];
}
