import { channelId, clusterName, userGroupId, userId } from '../domain/ids.ts';
import type { Entitled } from '../domain/policy.ts';
import type { Weekly } from '../domain/stay/weekly.ts';
import { momentOf, zoneOf } from './policy/times.ts';

/** A channel's ID. Throws, as all of these do, a TypeError that says what the text is not. */
export function channel(given: string) {
  const id = worded(
    () => channelId(given),
    'is not a channel ID like C0123456789 (names change, IDs do not)',
  );
  if (id.startsWith('D')) throw new TypeError('is a direct message, not a channel');
  return id;
}

/** One person, or one group. */
export function entitled(given: string): Entitled {
  if (given.startsWith('S')) return { users: [], groups: [worded(() => userGroupId(given), notAPerson)] };
  return { users: [worded(() => userId(given), notAPerson)], groups: [] };
}
const notAPerson = 'is neither a user ID like U0123456789 nor a user group ID like S0123456789';

/** The name of a cluster. */
export function nameOfCluster(given: string) {
  return worded(() => clusterName(given), 'is not a name of letters, digits, dots, dashes');
}

/** Those that mean something else on a prompt (domain/approval/decide-vote.ts) can't also mean yes. */
const takenEmojis = ['x', 'octagonal_sign', 'no_entry', '+1', 'thumbsup'];

/** The name of an emoji that may approve. */
export function emojiName(given: string): string {
  const name = given.replace(/^:|:$/g, '');
  if (!/^[a-z0-9_'+-]{1,100}$/.test(name))
    throw new TypeError('is not the name of an emoji like white_check_mark');
  if (takenEmojis.includes(name)) throw new TypeError('means something else on a prompt: choose another one');
  return name;
}

/** The address of a master. */
export function masterUrl(given: string): URL {
  if (given.startsWith('zk://'))
    throw new TypeError("is ZooKeeper's address: list the masters' own, like https://master1.example:5050");
  const url = webUrl(given);
  if (url.username !== '' || url.password !== '')
    throw new TypeError('holds credentials: name and password are settings of their own');
  return url;
}

/** The address of Slack's API. */
export function slackApiUrl(given: string): URL {
  const url = webUrl(given);
  if (url.username !== '' || url.password !== '') throw new TypeError('must not hold credentials');
  return url;
}

/** The address of a gate, as text: it is asked as it stands. What it says would be shown and filed with the policy. */
export function gateUrl(given: string): string {
  const url = webUrl(given);
  if (url.username !== '' || url.password !== '') throw new TypeError('must not hold credentials');
  return url.href;
}

/** A host, with or without a port. */
export function host(given: string): string {
  if (!/^[\w.:[\]-]+$/.test(given) || !URL.canParse(`http://${given}`))
    throw new TypeError('is not a host like master2.example or master2.example:5050');
  return given.toLowerCase();
}

/** Where the database is. */
export function databaseFile(given: string): string {
  if (given === ':memory:' || given.startsWith('file:'))
    throw new TypeError('is not a path: the audit log must be in a file of its own');
  return given;
}

function webUrl(given: string): URL {
  if (!URL.canParse(given)) throw new TypeError('is not an address like https://master1.example:5050');
  const url = new URL(given);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TypeError('does not begin with http:// or https://');
  if (url.search !== '' || url.hash !== '') throw new TypeError("must not hold a '?' or a '#'");
  return url;
}

function worded<T>(make: () => T, problem: string): T {
  try {
    return make();
  } catch {
    throw new TypeError(problem);
  }
}

/** A time of each week in a zone, like `mon 09:00 Europe/Berlin`; null: `off`. */
export function weeklyTime(given: string): Weekly | null {
  if (given.toLowerCase() === 'off') return null;
  const [, moment = '', zone = ''] = /^(\S+ \S+) (\S+)$/.exec(given.trim()) ?? [];
  const at = worded(() => momentOf(moment), notWeekly);
  if (at.every !== 'week') throw new TypeError(notWeekly);
  return { day: at.time.day, minute: at.time.minute, zone: zoneOf(zone) };
}
const notWeekly = 'is not a time of the week with its zone, like mon 09:00 Europe/Berlin, nor off';
