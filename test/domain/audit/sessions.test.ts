import { describe, expect, it } from '@jest/globals';
import {
  describeAdded,
  describeBackwards,
  noSessions,
  withEntry,
} from '../../../src/domain/audit/sessions.ts';

/** Entries by their events, a second apart; `-` before one: dated before the one before it. */
function logged(...events: string[]) {
  let second = 30;
  return events.reduce((sessions, event, index) => {
    second += event.startsWith('-') ? -5 : 1;
    const at = `2026-03-01T12:00:${second}.000Z`;
    return withEntry(sessions, { seq: index + 1, event: event.replace('-', ''), at });
  }, noSessions);
}

describe('what the order of entries says beside the chain', () => {
  it.each([
    ['a bot that runs', ['bot.started', 'call.intended', 'call.accepted'], null],
    ['one that died and started again', ['bot.started', 'bot.started', 'drain.drained'], null],
    [
      'one that stopped and started again',
      ['bot.stopped', 'head.signed', 'bot.started', 'call.intended'],
      null,
    ],
    ['what waits when it stops', ['bot.stopped', 'notice.undeliverable', 'head.signed'], null],
    ['work at its machine', ['bot.stopped', 'log.closed', 'log.continued', 'bot.started'], null],
    [
      'a database that was set back',
      ['bot.stopped', 'database.restored', 'approval.settled', 'bot.started'],
      null,
    ],
    [
      'an entry that somebody added while it was stopped',
      ['bot.stopped', 'drain.ended', 'bot.started', 'head.signed'],
      'entry 2 (drain.ended) stands where the bot had stopped and not started again: somebody added it',
    ],
    [
      'several',
      ['bot.stopped', 'call.intended', 'call.accepted', 'drain.ended'],
      'entry 2 (call.intended), and 2 more such stand where',
    ],
  ])('finds nothing added, or the first of it: %s', (_, events, found) => {
    const said = describeAdded(logged(...events));
    if (found === null) expect(said).toBeNull();
    else expect(said).toContain(found);
  });

  it('minds times that run backwards', () => {
    expect(describeBackwards(logged('bot.started', 'call.intended'))).toBeNull();
    expect(describeBackwards(logged('bot.started', '-call.intended', 'drain.ended'))).toBe(
      'Mind: entry 2 is dated 2026-03-01T12:00:26.000Z, before the entry before it (2026-03-01T12:00:31.000Z): a clock was set back, or it was added.',
    );
    expect(describeBackwards(logged('a.b', '-c.d', '-e.f'))).toContain('So is another one later.');
  });
});
