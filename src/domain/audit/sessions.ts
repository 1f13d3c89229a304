/** What the order of entries says beside the chain: a chain without a secret can be added to while the bot is stopped, and at
 * its start it goes on from there. */
export interface Sessions {
  /** The entry with which the bot stopped in order; null: it runs, or died. */
  stopped: number | null;
  /** Of the entry before; null: there was none. */
  at: string | null;
  /** Entries that a stopped bot can't have written, by number; the first of them. */
  added: { count: number; first: number; event: string } | null;
  /** Entries that are dated before the one before them. */
  backwards: { count: number; first: number; at: string; before: string } | null;
}

/** Before the first entry. */
export const noSessions: Sessions = { stopped: null, at: null, added: null, backwards: null };

/** After its own stop the bot only sends what waits, and signs; the rest is done by hand at its machine. */
const afterStop: ReadonlySet<string> = new Set([
  'head.signed',
  'notice.undeliverable',
  'log.closed',
  'log.continued',
  'database.restore-accepted',
]);

/** With one more entry. */
export function withEntry(
  sessions: Sessions,
  { seq, event, at }: { seq: number; event: string; at: string },
): Sessions {
  let { stopped, added, backwards } = sessions;
  // That it was set back, a bot finds out before it says that it started.
  if (event === 'bot.started' || event === 'database.restored') stopped = null;
  else if (stopped !== null && !afterStop.has(event))
    added = added === null ? { count: 1, first: seq, event } : { ...added, count: added.count + 1 };
  if (event === 'bot.stopped') stopped = seq;
  if (sessions.at !== null && at < sessions.at)
    backwards =
      backwards === null
        ? { count: 1, first: seq, at, before: sessions.at }
        : { ...backwards, count: backwards.count + 1 };
  return { stopped, at, added, backwards };
}

/** Of entries that nobody can have written; null: there is none. */
export function describeAdded({ added }: Sessions): string | null {
  if (added === null) return null;
  const { count, first, event } = added;
  const more = count === 1 ? '' : `, and ${count - 1} more such`;
  return `entry ${first} (${event})${more} ${count === 1 ? 'stands' : 'stand'} where the bot had stopped and not started again: somebody added ${count === 1 ? 'it' : 'them'}`;
}

/** Of times that run backwards, which a clock that was set explains too; null: none does. */
export function describeBackwards({ backwards }: Sessions): string | null {
  if (backwards === null) return null;
  const { count, first, at, before } = backwards;
  const more = count === 1 ? '' : ` So ${count === 2 ? 'is another one' : `are ${count - 1} others`} later.`;
  return `Mind: entry ${first} is dated ${at}, before the entry before it (${before}): a clock was set back, or it was added.${more}`;
}
