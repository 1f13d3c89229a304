import { describe, expect, it } from '@jest/globals';
import { asOne, type Lane, lanesOf } from '../../src/app/outbox/lanes.ts';
import type { OutboxRow, OutboxTo, ThreadRow } from '../../src/app/ports.ts';
import { drainId, messageTs, noticeId, type ThreadId, threadId, userId } from '../../src/domain/ids.ts';
import { at, channel, noon } from '../support/samples.ts';

const t1 = threadId('t-1');
const t2 = threadId('t-2');

function thread(id: ThreadId, ts: string | null): ThreadRow {
  return {
    id,
    channel,
    rootNotice: noticeId(`root-${id}`),
    drain: drainId(1),
    approval: null,
    plan: null,
    ts: ts === null ? null : messageTs(ts),
    permalink: null,
    cardStaleSince: null,
    cardRevision: 0,
    cardEditedAt: null,
    dead: null,
  };
}

const posted = new Map([t1, t2].map((id) => [id, thread(id, '1700000000.000100')]));
const unposted = new Map([t1, t2].map((id) => [id, thread(id, null)]));

function row(id: string, to: OutboxTo, over: Partial<OutboxRow> = {}): OutboxRow {
  return {
    id: noticeId(id),
    seq: 1,
    to,
    notice: { kind: 'effect-seen', drain: drainId(1), hostname: id },
    attempts: 0,
    firstAttemptAt: null,
    doubtful: false,
    dueAt: noon,
    createdAt: noon,
    ...over,
  };
}

const answer = (id: string) =>
  row(id, { kind: 'answer', responseUrl: 'https://a.example', expiresAt: at(60) });
const inChannel = (id: string) => row(id, { kind: 'channel', channel });
const root = (id: string, of = t1) => row(id, { kind: 'root', thread: of });
const reply = (id: string, of = t1, over: Partial<OutboxRow> = {}) =>
  row(id, { kind: 'reply', thread: of, broadcast: false }, over);
const snippet = (id: string) =>
  reply(id, t1, { notice: { kind: 'snippet', title: id, fileName: 'a.txt', text: id } });
const toPerson = (id: string, user: string) => row(id, { kind: 'person', user: userId(user) });
const loud = (id: string, of = t1) => row(id, { kind: 'reply', thread: of, broadcast: true });

/** `kind: ids`, with `+` where the channel hears it too. */
function inShort(lane: Lane): string {
  const ids = (lane.kind === 'answer' ? [lane.row] : lane.rows).map(({ id }) => id).join(' ');
  return `${lane.kind}${lane.kind === 'replies' && lane.broadcast ? '+' : ''}: ${ids}`;
}

describe('the lanes of the outbox', () => {
  it.each<[string, OutboxRow[], Map<ThreadId, ThreadRow>, string[]]>([
    ['nothing waits', [], posted, []],
    ['answers go side by side', [answer('a'), answer('b')], posted, ['answer: a', 'answer: b']],
    [
      'messages to a channel go alone',
      [inChannel('a'), inChannel('b')],
      posted,
      ['channel: a', 'channel: b'],
    ],
    ['replies wait for their root', [root('r'), reply('a'), reply('b')], unposted, ['root: r']],
    ['replies wait though their root is not in the list', [reply('a')], unposted, []],
    ['replies merge into one message', [reply('a'), reply('b'), reply('c')], posted, ['replies: a b c']],
    ['a merged message is as loud as its loudest', [reply('a'), loud('b')], posted, ['replies+: a b']],
    [
      'threads go side by side',
      [reply('a'), reply('x', t2), reply('b'), root('r', threadId('t-3'))],
      new Map([...posted, [threadId('t-3'), thread(threadId('t-3'), null)]]),
      ['replies: a b', 'replies: x', 'root: r'],
    ],
    [
      'a doubtful attempt is cleared up before the rest',
      [reply('a', t1, { doubtful: true }), reply('b', t1, { doubtful: true }), reply('c')],
      posted,
      ['replies: a b'],
    ],
    [
      'eight at most merge',
      Array.from({ length: 10 }, (_, n) => reply(`n${n}`)),
      posted,
      ['replies: n0 n1 n2 n3 n4 n5 n6 n7'],
    ],
    [
      'a snippet is a message of its own, in its place',
      [reply('a'), snippet('s'), reply('b')],
      posted,
      ['replies: a'],
    ],
    ['also when it comes first', [snippet('s'), reply('b')], posted, ['replies: s']],
    [
      'what is for one person goes in order, and people side by side',
      [toPerson('a', 'U1'), toPerson('b', 'U1'), toPerson('x', 'U2')],
      posted,
      ['person: a', 'person: x'],
    ],
    [
      'all that waits in a thread whose root is dead is dead',
      [root('r'), reply('a'), reply('b')],
      new Map([[t1, { ...thread(t1, null), dead: 'is_archived' }]]),
      ['dead: r a b'],
    ],
    ['a thread that nobody knows is left alone', [reply('a', threadId('t-9'))], posted, []],
  ])('%s', (_, rows, threads, expected) => {
    expect(lanesOf(rows, threads).map(inShort)).toEqual(expected);
  });
});

describe('asOne', () => {
  it('leaves one notice as it is', () => {
    const only = reply('a');
    expect(asOne([only])).toBe(only.notice);
  });

  it('makes one message of several, in order', () => {
    const rows = [reply('a'), reply('b')];
    expect(asOne(rows)).toEqual({ kind: 'several', notices: rows.map(({ notice }) => notice) });
  });
});
