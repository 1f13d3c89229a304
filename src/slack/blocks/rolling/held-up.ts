import { showPlanId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { link } from '../text/escape.ts';
import { count, type Part, text } from '../text/part.ts';

/** To whoever paused or resumed a rolling drain. */
export function heldUpParts({
  kind,
  plan,
  underWay,
  permalink,
}: Extract<Notice, { kind: 'plan-paused' | 'plan-resumed' }>): Part[] {
  const id = showPlanId(plan);
  if (kind === 'plan-resumed')
    return [text(`*Plan ${link(permalink, id)} goes on.* Everything is judged anew before its next wave.`)];
  return [
    text(
      `*Plan ${link(permalink, id)} is paused:* no further wave begins.`,
      underWay === 0
        ? null
        : `${count(underWay, 'agent')} ${underWay === 1 ? 'goes' : 'go'} on: Mesos has no way to stop a drain.`,
      `\`/mesos resume ${id}\` lets it go on.`,
    ),
  ];
}
