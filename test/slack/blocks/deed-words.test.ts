import { describe, expect, it } from '@jest/globals';
import type { Asked, CommandDeed, DeedState } from '../../../src/domain/audit/deed.ts';
import type { AuditFilter } from '../../../src/domain/audit/filter.ts';
import { drainId, userId } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { render } from '../../../src/slack/blocks/render.ts';

const link = 'https://x.slack.com/archives/C0OPS/p1';
const at = '2026-11-22T14:02:05.000Z';
const later = '2026-11-22T14:09:00.000Z';
const agent = { id: 'm-S12', hostname: 'agent3.example' };
const none: AuditFilter = { agent: null, cluster: null, by: null, command: null, since: null, until: null };

function deed(asked: Partial<Asked>, state: DeedState, over: Partial<CommandDeed> = {}): CommandDeed {
  const all = { typed: 'as typed', via: 'typed', verb: 'drain', target: 'agent3', work: null } as const;
  return {
    kind: 'command',
    seq: 40,
    at,
    by: { kind: 'person', user: 'U0MARA0001', team: 'T0HOME', name: 'mara' },
    asked: { ...all, markGone: false, unattended: false, dryRun: false, ...asked },
    cluster: 'prod',
    reason: null,
    approval: null,
    votes: [],
    parts: [{ agent, drain: 17, state }],
    thread: link,
    ...over,
  };
}

type Page = Extract<Notice, { kind: 'audit-deeds' }>;

function page(deeds: Page['deeds'], over: Partial<Page> = {}): string {
  const notice = {
    deeds,
    filter: none,
    who: null,
    words: 'audit',
    isFirst: true,
    older: false,
    archive: null,
    ...over,
  };
  return render({ kind: 'audit-deeds', ...notice }).text.replace(/<!date[^|]*\|([^>]*)>/g, '$1');
}

/** The one row of a page with this deed. */
const row = (of: CommandDeed, filter: Partial<AuditFilter> = {}) =>
  page([{ place: 40, deed: of, permalink: link }], { filter: { ...none, ...filter } }).match(
    /^• (.*)$/m,
  )?.[1];

const approval = { id: 9, by: [{ user: 'U0DEV00001', name: 'dev' }] };
const ended = (how: string, over = {}): DeedState => ({
  is: 'ended',
  how,
  at: later,
  drainedAt: null,
  by: null,
  outside: false,
  gone: 'none',
  ...over,
});

describe('a row of the audit log', () => {
  it.each<[string, CommandDeed]>([
    [
      'drained agent3.example (S12) in prod, mark gone, approved by <@U0DEV00001>: “disk dying” → drained at 14:02 UTC, gone at 14:09 UTC',
      deed({ markGone: true }, ended('gone', { drainedAt: at }), { approval, reason: 'disk dying' }),
    ],
    [
      'asked to drain agent3.example (S12) in prod → under way, 3 of 8 tasks left, waits: the agent was unreachable',
      deed({}, { is: 'under-way', left: 3, of: 8, waiting: 'unreachable', gone: 'none' }),
    ],
    [
      'drained agent3.example (S12) in prod → drained at 14:09 UTC, to be marked gone next',
      deed({}, { is: 'drained', at: later, gone: 'planned' }),
    ],
    [
      'drained agent3.example (S12) in prod → drained at 14:02 UTC, back in service at 14:09 UTC by <@U0DEV00001>',
      deed({}, ended('reactivated', { drainedAt: at, by: 'U0DEV00001' })),
    ],
    [
      'drained agent3.example (S12) in prod → drained at 14:02 UTC, gone at 14:09 UTC by somebody outside the bot',
      deed({}, ended('gone', { drainedAt: at, outside: true })),
    ],
    [
      'asked to drain agent3.example (S12) in prod → gone at 14:09 UTC by somebody outside the bot',
      deed({}, ended('gone', { outside: true })),
    ],
    [
      'deactivated agent3.example (S12) in prod → empty at 14:02 UTC, back in service at 14:09 UTC by somebody outside the bot',
      deed({ verb: 'deactivate' }, ended('reactivated', { drainedAt: at, outside: true })),
    ],
    [
      'asked to drain agent3.example (S12) in prod → changed by somebody else at 14:09 UTC',
      deed({}, ended('superseded', { outside: true })),
    ],
    [
      'asked to drain agent3.example (S12) in prod → rejected by the master at 14:09 UTC',
      deed({}, ended('rejected')),
    ],
    [
      'asked to mark agent3.example (S12) gone in prod → denied by <@U0DEV00001> at 14:09 UTC, nothing was sent',
      deed({ verb: 'mark-gone' }, { is: 'settled', how: 'denied', at: later, by: 'U0DEV00001' }),
    ],
    [
      'asked to drain agent3.example (S12) in prod → ran out at 14:09 UTC, nothing was sent',
      deed({}, { is: 'settled', how: 'expired', at: later, by: null }),
    ],
    ['asked to drain agent3.example (S12) in prod → waits for a second person', deed({}, { is: 'asked' })],
    [
      'marked agent3.example (S12) gone in prod → gone at 14:09 UTC',
      deed({ verb: 'mark-gone' }, ended('gone')),
    ],
    [
      'reactivated agent3.example (S12) in prod → back in service at 14:09 UTC',
      deed({ verb: 'reactivate' }, ended('active')),
    ],
    [
      'asked to reactivate agent3.example (S12) in prod → not back yet',
      deed({ verb: 'reactivate' }, { is: 'under-way', left: null, of: null, waiting: null, gone: 'none' }),
    ],
    ['hastened d17 (agent3.example (S12)) in prod', deed({ verb: 'hasten', work: 'd17' }, ended('done'))],
    [
      'asked to drain agent3.example (S12) in prod → refused: no operator',
      deed({}, { is: 'refused', code: 'not-operator' }),
    ],
    ['typed `/mesos as typed` → answered', deed({ verb: 'status' }, { is: 'answered' })],
    [
      'typed `/mesos as typed` → refused: not understood',
      deed({ verb: null }, { is: 'refused', code: 'bad-command' }),
    ],
  ])('%s', (words, of) => {
    expect(row(of)).toBe(`2026-11-22 14:02 UTC <@U0MARA0001> ${words} · <${link}|d17>`);
  });

  it('names what was typed where no agent was found, and every agent where there are several', () => {
    const lost = deed(
      {},
      { is: 'refused', code: 'no-such-agent' },
      { parts: [{ agent: null, drain: null, state: { is: 'refused', code: 'no-such-agent' } }] },
    );
    expect(row(lost)).toContain('asked to drain agent3 in prod → refused: no such agent');
    const other = { id: 'm-S4', hostname: 'agent4.example' };
    const two = deed(
      {},
      { is: 'asked' },
      {
        parts: [
          { agent, drain: 17, state: ended('gone') },
          { agent: other, drain: 18, state: { is: 'sent', unknown: true } },
        ],
      },
    );
    expect(row(two)).toContain(
      'asked to drain agent3.example (S12) and agent4.example (S4) in prod → agent3.example (S12) gone at 14:09 UTC and agent4.example (S4) no clear answer',
    );
  });

  it('tells of whose deeds are listed what they had to do with it, if only by a reaction', () => {
    const sam = userId('U0SAM00001');
    const votes = [{ user: sam, outcome: 'refused not-a-vote' }];
    const asked = deed({}, { is: 'asked' }, { votes });
    expect(row(asked, { by: sam })).toContain(
      '; <@U0SAM00001> reacted: a vote with a sign that is no vote, not counted ·',
    );
    expect(row(asked)).not.toContain('U0SAM00001');
    const approver = userId('U0DEV00001');
    const approved = deed({}, { is: 'held' }, { approval, votes: [{ user: approver, outcome: 'approves' }] });
    expect(row(approved, { by: approver })?.match(/U0DEV00001/g)).toHaveLength(1);
  });
});

describe('a page of the audit log', () => {
  const lines = (count: number, reason: string) =>
    Array.from({ length: count }, (_, n) => ({
      place: 500 - n,
      deed: deed({ markGone: true }, ended('gone', { drainedAt: at }), { approval, reason, seq: 500 - n }),
      permalink: `${link}${n}`,
    }));

  it('shows as many as fit, and its button goes on from the last that it shows', () => {
    for (const [reason, count] of [
      ['short', 10],
      ['x'.repeat(400), 10],
    ] as const) {
      const text = page(lines(count, reason), { older: true });
      const rows = text.split('\n').filter((each) => each.startsWith('•'));
      expect(rows.length).toBeGreaterThanOrEqual(8);
      expect(text).toContain(
        `*Older*. Press the button, or type \`/mesos audit --before ${501 - rows.length}\``,
      );
      expect(text).not.toContain('*Newest*');
      expect(text).not.toContain('more.');
    }
  });

  it('has no button where there is nothing more, and the way back from further on', () => {
    const only = page(lines(2, 'why'));
    expect(only).not.toContain('Press the button');
    expect(only).toContain('step by step: `/mesos audit d17`.');
    expect(page([])).not.toContain('step by step');
    const last = page(lines(2, 'why'), { isFirst: false, words: 'audit --by U0DEV00001' });
    expect(last).toContain('*Newest*. Press the button, or type `/mesos audit --by U0DEV00001`');
    expect(last).not.toContain('*Older*');
  });

  it.each<[string, Partial<Page>, string]>([
    ['an empty log', {}, '*The audit log has nothing to show yet.*'],
    [
      'nothing that passes',
      { filter: { ...none, agent: 'agent9', by: userId('U0DEV00001'), command: 'drain' } },
      '*The audit log has nothing on agent9, by <@U0DEV00001>, of `drain`.*',
    ],
    [
      'a log that goes on from another file',
      { archive: 'bot-2025.db' },
      'What is older is in the closed file `bot-2025.db`.',
    ],
    ['nothing older', { isFirst: false }, '*Audit log:* nothing is older.'],
    [
      'an agent of which nothing is known',
      { who: { hostname: 'agent9', open: [] } },
      'No work of this bot is under way on it.\nThe log has nothing about it.',
    ],
  ])('says of %s that it is so', (_, over, words) => {
    expect(page([], over)).toContain(words);
  });

  it('tells of one agent what is under way on it', () => {
    const work = { what: 'drain', drain: drainId(17), way: 'drain' } as const;
    const text = page(lines(1, 'why'), {
      who: {
        hostname: 'agent3.example',
        open: [
          { work, permalink: link },
          { work: { what: 'mark-gone' }, permalink: null },
        ],
      },
    });
    expect(text).toContain('*Who did what to agent3.example*, newest first.');
    expect(text).toContain(`*Under way:* drain <${link}|d17>; it is being marked gone.`);
  });
});

describe('the story of a drain', () => {
  const entry = (seq: number, left: number) => ({
    v: 1 as const,
    seq,
    at,
    event: 'drain.progressed' as const,
    actor: { kind: 'bot' as const },
    correlation: 'c-1',
    facts: { left, of: 8 },
  });
  const story = (entries: ReturnType<typeof entry>[], state: DeedState) =>
    render({
      kind: 'audit-story',
      about: { drain: drainId(17) },
      deed: deed({}, state, { reason: 'disk dying' }),
      entries,
      permalink: link,
      words: 'audit d17',
      isFirst: true,
      later: true,
      archive: null,
    }).text.replace(/<!date[^|]*\|([^>]*)>/g, '$1');

  it('has who and why at its head and the end at its foot, and tells tasks that end one after the other once', () => {
    const text = story([entry(1, 8), entry(2, 5), entry(3, 1)], ended('gone', { drainedAt: at }));
    expect(text.split('\n')).toEqual([
      `*What happened in <${link}|drain d17>*, in order of time:`,
      '2026-11-22 14:02 UTC <@U0MARA0001> drained agent3.example (S12) in prod: “disk dying”.',
      '• 2026-11-22 14:02:05 UTC the bot saw 1 of 8 tasks left',
      '*Later*. Press the button, or type `/mesos audit d17 --after 3`',
      '*The end:* drained at 14:02 UTC, gone at 14:09 UTC.',
    ]);
  });

  it('says of what is not over how it stands', () => {
    expect(story([], { is: 'sent', unknown: true })).toContain(
      '*As it stands:* no clear answer from the master',
    );
  });
});
