import { instant, iso, seconds } from '../../../src/domain/ids.ts';
import { type HourMeant, hourOf } from '../../../src/domain/time/hour.ts';

function clock(shown: string, day: string | null = null, offset: string | null = null): HourMeant {
  return { day, clock: shown, offset };
}

const [berlin, york, howe, kolkata] = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
] as const;
const twice = 'twice: 2026-10-25 02:30, so 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00';
const never = 'never: 2026-03-29 02:30, so 2026-03-29T01:30+01:00 or 2026-03-29T03:30+02:00';

/** What, as it was meant, in which zone, typed when, is when. */
export const meantHours: [what: string, HourMeant, zone: string | null, now: string, is: string][] = [
  ['from now on', { in: seconds(7_200) }, berlin, '2026-11-26T12:00Z', '2026-11-26T14:00Z'],
  ['at once', { in: seconds(0) }, berlin, '2026-11-26T12:00Z', '2026-11-26T12:00Z'],
  ['over a change of the clocks', { in: seconds(7_200) }, berlin, '2026-03-29T00:30Z', '2026-03-29T02:30Z'],
  ['later today', clock('22:00'), berlin, '2026-11-26T12:00Z', '2026-11-26T21:00Z'],
  ['this very minute', clock('13:00'), berlin, '2026-11-26T12:00Z', '2026-11-26T12:00Z'],
  ['over by today', clock('12:59'), berlin, '2026-11-26T12:00Z', '2026-11-27T11:59Z'],
  ['where today is another day', clock('05:00'), kolkata, '2026-11-26T20:00Z', '2026-11-26T23:30Z'],
  ['where it is still yesterday', clock('22:00'), york, '2026-11-27T02:00Z', '2026-11-27T03:00Z'],
  ['on the same day', clock('22:00', 'today'), york, '2026-11-27T02:00Z', '2026-11-27T03:00Z'],
  ['past on the same day', clock('12:59', 'today'), berlin, '2026-11-26T12:00Z', 'hour-past'],
  ['tomorrow', clock('22:00', 'tomorrow'), york, '2026-11-27T02:00Z', '2026-11-28T03:00Z'],
  ['on a day', clock('22:00', '2026-11-27'), berlin, '2026-11-26T12:00Z', '2026-11-27T21:00Z'],
  ['where Slack tells no zone', clock('22:00'), null, '2026-11-26T12:00Z', '2026-11-26T22:00Z'],
  ['with an offset', clock('22:00', null, '+02:00'), york, '2026-11-26T12:00Z', '2026-11-26T20:00Z'],
  ['with one that is over', clock('13:00', null, '+02:00'), york, '2026-11-26T12:00Z', '2026-11-27T11:00Z'],
  ['past', clock('22:00', '2026-11-25'), berlin, '2026-11-26T12:00Z', 'hour-past'],
  ['just past', clock('12:59', '2026-11-26'), berlin, '2026-11-26T12:00Z', 'hour-past'],
  ['far ahead', clock('22:00', '2026-12-26'), berlin, '2026-11-26T12:00Z', 'hour-too-far'],
  ['as far as can be', clock('13:00', '2026-12-26'), berlin, '2026-11-26T12:00Z', '2026-12-26T12:00Z'],
  // Clocks are set forward.
  ['on the day before', clock('02:30'), berlin, '2026-03-27T12:00Z', '2026-03-28T01:30Z'],
  ['skipped', clock('02:30', '2026-03-29'), berlin, '2026-03-27T12:00Z', never],
  ['skipped tonight', clock('02:30'), berlin, '2026-03-28T12:00Z', never],
  ['skipped a minute ago', clock('02:30'), berlin, '2026-03-29T01:01Z', '2026-03-30T00:30Z'],
  ['right after it', clock('03:00'), berlin, '2026-03-28T12:00Z', '2026-03-29T01:00Z'],
  ['right before it', clock('01:59'), berlin, '2026-03-28T12:00Z', '2026-03-29T00:59Z'],
  [
    'named by its offset',
    clock('02:30', '2026-03-29', '+01:00'),
    berlin,
    '2026-03-28T12:00Z',
    '2026-03-29T01:30Z',
  ],
  [
    'in a half hour that is skipped',
    clock('02:15', '2026-10-04'),
    howe,
    '2026-10-01T00:00Z',
    'never: 2026-10-04 02:15, so 2026-10-04T01:45+10:30 or 2026-10-04T02:45+11:00',
  ],
  // Clocks are set back.
  ['shown twice', clock('02:30', '2026-10-25'), berlin, '2026-10-24T12:00Z', twice],
  ['shown twice tonight', clock('02:30'), berlin, '2026-10-24T12:00Z', twice],
  ['shown once by now', clock('02:30'), berlin, '2026-10-25T00:31Z', '2026-10-25T01:30Z'],
  ['shown twice by now', clock('02:30'), berlin, '2026-10-25T01:31Z', '2026-10-26T01:30Z'],
  [
    'the first of both',
    clock('02:30', '2026-10-25', '+02:00'),
    berlin,
    '2026-10-24T12:00Z',
    '2026-10-25T00:30Z',
  ],
  [
    'the second of both',
    clock('02:30', '2026-10-25', '+01:00'),
    berlin,
    '2026-10-24T12:00Z',
    '2026-10-25T01:30Z',
  ],
  ['right after both', clock('03:00'), berlin, '2026-10-24T12:00Z', '2026-10-25T02:00Z'],
  ['on the long day', clock('22:00'), berlin, '2026-10-24T23:00Z', '2026-10-25T21:00Z'],
  [
    'twice elsewhere',
    clock('01:30', '2026-11-01'),
    york,
    '2026-10-31T12:00Z',
    'twice: 2026-11-01 01:30, so 2026-11-01T01:30-04:00 or 2026-11-01T01:30-05:00',
  ],
  // Leap days, and the ends of years.
  ['on a leap day', clock('22:00', '2028-02-29'), berlin, '2028-02-28T12:00Z', '2028-02-29T21:00Z'],
  ['tomorrow, a leap day', clock('10:00', 'tomorrow'), berlin, '2028-02-28T12:00Z', '2028-02-29T09:00Z'],
  ['the day after it', clock('10:00', 'tomorrow'), berlin, '2028-02-29T12:00Z', '2028-03-01T09:00Z'],
  ['with no leap day', clock('10:00', 'tomorrow'), berlin, '2027-02-28T12:00Z', '2027-03-01T09:00Z'],
  ['next year', clock('00:30'), berlin, '2026-12-31T12:00Z', '2026-12-31T23:30Z'],
];

/** What becomes of an hour, in one line. */
export function toldHour(
  meant: HourMeant,
  zone: string | null,
  now: string,
  mostDays?: number | null,
): string {
  const hour = hourOf(meant, zone, instant(Date.parse(now)), mostDays);
  if (hour.ok) return iso(hour.value.at).replace(':00.000Z', 'Z');
  const { refusal } = hour;
  return refusal.code === 'hour-not-one'
    ? `${refusal.shown}: ${refusal.wall}, so ${refusal.instead.join(' or ')}`
    : refusal.code;
}
