import { showPlanId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { RollingCard } from '../../../domain/rolling/card.ts';
import { tallyOfRolling } from '../../../domain/rolling/tally.ts';
import { workRaw } from '../plans/work-words.ts';
import { link } from '../text/escape.ts';
import { heading, note, type Part, text } from '../text/part.ts';

/** The root of a rolling plan's thread. */
export function rollingCardParts({ lines, work, plan }: RollingCard): Part[] {
  const hostnames = lines.map(({ hostname }) => hostname);
  const { done } = tallyOfRolling({ lines });
  return [
    heading(`Plan ${showPlanId(plan)}: ${workRaw({ does: { of: 'agents', work }, hostnames })}`),
    text(`${done} of ${lines.length} agents are done.`),
  ];
}

/** The same to one person, with the way to its thread, which it has once it is confirmed. */
export function statusOfRollingParts({
  card,
  permalink,
}: Extract<Notice, { kind: 'status-of-rolling' }>): Part[] {
  const thread =
    card.state.status === 'proposed' ? [] : [note(`Its thread: ${link(permalink, showPlanId(card.plan))}`)];
  return [...rollingCardParts(card), ...thread];
}
