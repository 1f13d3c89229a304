import type { FrameworkUsual } from '../../../domain/history/usual.ts';
import { showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { fullId } from '../text/agent-name.ts';
import { bold, plain } from '../text/escape.ts';
import { count, type Part, text } from '../text/part.ts';
import { spoken } from '../text/time.ts';
import { shown } from './preview-limits.ts';

/** How long it took the frameworks before, beside the end that their grace periods come to; null: nothing runs there, or
 * nobody looked it up. */
export function usualLine(usual: FrameworkUsual[] | undefined): string | null {
  if (usual === undefined || usual.length === 0) return null;
  const left = usual.length - shown.frameworks;
  const each = usual.slice(0, shown.frameworks).map(usualWords);
  const more = left > 0 ? [`…and ${count(left, 'more framework')}`] : [];
  return `*By history:* ${[...each, ...more].join('; ')}.`;
}

/** `marathon 12 s (P50), 40 s (P90) of 14 drains`. */
function usualWords({ framework, name, usual }: FrameworkUsual): string {
  if (name === null || usual === null) return `${fullId(framework)} not known, for want of its name`;
  const who = plain(name, 60);
  switch (usual.told) {
    case 'nothing':
      return `${who}: no history`;
    case 'few':
      return `${who} ${usual.seconds.map(spoken).join(' and ')} (${count(usual.seconds.length, 'drain')})`;
    case 'quantiles':
      return `${who} ${spoken(usual.p50)} (P50), ${spoken(usual.p90)} (P90) of ${usual.of} drains`;
  }
}

/** That a framework takes longer than it used to. */
export function slowParts(notice: Extract<Notice, { kind: 'framework-slow' }>): Part[] {
  const { left, of, seconds, usual } = notice;
  const there = left === null ? 'tasks are' : `${left} of ${count(of, 'task')} ${left === 1 ? 'is' : 'are'}`;
  return [
    text(
      `${bold(`Slower than before: ${notice.framework} on ${notice.hostname}`, 300)}: ${there} still there after ${spoken(seconds)}.`,
      `In half of ${usual.drains} drains its last task was gone after ${spoken(usual.p50)}, in nine of ten after ${spoken(usual.p90)}.`,
      `Nothing is to be done yet: \`/mesos status ${showDrainId(notice.drain)}\` shows what it waits for.`,
    ),
  ];
}
