import { type Hour, type HourRefusal, hourInWords } from '../../../domain/time/hour.ts';
import { code, plain } from '../text/escape.ts';
import { enumerate } from '../text/part.ts';
import { hourWords } from '../text/time.ts';
import type { RefusalWords } from './refusal.ts';

/** The refusals of a moment that can't be meant. */
export function refusalOfHour(refusal: HourRefusal): RefusalWords {
  switch (refusal.code) {
    case 'hour-past':
      return {
        what: `That was ${hourWords(refusal.hour)}, which is past`,
        why: byWhoseClock(refusal.hour),
        toDo: 'Name one that lies ahead, like `22:00`, `tomorrow 22:00` or `2026-11-27T22:00`; or say from now, with `--in 2h`.',
      };
    case 'hour-too-far':
      return {
        what: `That is ${hourWords(refusal.hour)}, and nothing is scheduled more than ${refusal.mostDays} days ahead`,
        why: `Until then the cluster is another one, and nobody remembers. ${byWhoseClock(refusal.hour)}`,
        toDo: 'Name an earlier one, or type it again when the time is near.',
      };
    case 'hour-not-one':
      return {
        what: `The clocks in ${plain(refusal.zone, 60)} ${refusal.shown === 'twice' ? 'show' : 'never show'} ${plain(refusal.wall, 20)}${refusal.shown === 'twice' ? ' twice' : ''}`,
        why: `They are set ${refusal.shown === 'twice' ? 'back' : 'forward'} over it that day.`,
        toDo: `Say which is meant: ${enumerate(refusal.instead.map((each) => code(`--at ${each}`, 60)))}; or say from now, with \`--in 2h\`.`,
      };
  }
}

function byWhoseClock(hour: Hour): string {
  return hour.zone === null
    ? 'Slack tells no time zone of you, so UTC was meant.'
    : `By your own clock: ${plain(hourInWords(hour), 80)}.`;
}
