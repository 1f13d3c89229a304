import { describe, expect, it } from '@jest/globals';
import type { AuditEntry, Json } from '../../../src/domain/audit.ts';
import { agentId, instant } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { render } from '../../../src/slack/blocks/render.ts';
import { reactivateLine, shortId } from '../../../src/slack/blocks/text/agent-name.ts';
import { code, link, mention, plain } from '../../../src/slack/blocks/text/escape.ts';
import { clock, spoken, stamp, when } from '../../../src/slack/blocks/text/time.ts';
import { examples, now } from './examples.ts';

const all = examples('agent3.example', 3);
const kind = (...kinds: Notice['kind'][]) => all.notices.filter((notice) => kinds.includes(notice.kind));
const firstLine = (notice: Notice) => render(notice).text.split('\n')[0] ?? '';

const isLoud = (notice: Notice) =>
  (notice.kind !== 'reactivation' && notice.kind !== 'mark-gone' && notice.kind !== 'approval') ||
  notice.news.news === 'ended' ||
  notice.news.news === 'settled' ||
  notice.news.news === 'waiting';

describe('what people are told', () => {
  it('says "safe to take down" only on the word of master and agent', () => {
    for (const notice of all.notices.filter((each) => each.kind !== 'several')) {
      const proven =
        (notice.kind === 'drained' &&
          notice.proof.by === 'master-and-agent' &&
          notice.thenDown === undefined) ||
        (notice.kind === 'deactivation' &&
          notice.news.news === 'empty' &&
          notice.news.proof.by === 'master-and-agent') ||
        ((notice.kind === 'drain-card' || notice.kind === 'status-of-drain') &&
          notice.card.state.status === 'drained' &&
          notice.card.state.proof.by === 'master-and-agent');
      expect(/safe to take down/i.test(render(notice).text)).toBe(proven);
    }
  });

  it('says so when DRAINED is the master’s word alone', () => {
    // The milestone and the card: of a plain drain, and of one that a second call is to follow.
    const told = kind('drained', 'drain-card').map((notice) => render(notice).text);
    expect(
      told.filter((text) => text.includes('DRAINED, says the master; the agent could not be asked')),
    ).toHaveLength(4);
  });

  it('mentions the requester at the end and when stuck, in the first line', () => {
    for (const notice of kind('waiting', 'drained', 'ended', 'reactivation', 'mark-gone', 'approval').filter(
      isLoud,
    ))
      expect(firstLine(notice)).toContain('<@U0MARA0001>');
  });

  const drained = kind('drained').filter((notice) => notice.kind === 'drained');

  it('says at the end of a drain that the agent stays out, and how to bring it back', () => {
    for (const notice of drained.filter(({ thenDown }) => thenDown === undefined)) {
      expect(render(notice).text).toContain('stays out of service');
      expect(render(notice).text).toContain('`/mesos reactivate agent3.example`');
    }
  });

  it('says at the end of a drain before its machine goes down that the plan goes on', () => {
    const before = drained.filter(({ thenDown }) => thenDown !== undefined);
    expect(before).not.toEqual([]);
    for (const notice of before) {
      expect(render(notice).text).toContain('takes its machine down');
      expect(render(notice).text).not.toMatch(/Safe to take down|\/mesos reactivate/);
    }
  });

  it.each(all.refusals.map((refusal) => [refusal.code, refusal] as const))(
    'says of refusal %s that nothing was done, and what to do',
    (_, refusal) => {
      const { text } = render({ kind: 'refused', refusal, typed: 'drain agent3' });
      expect(text.split('\n')[0]).toContain('Nothing was done.');
      expect(text).toMatch(/\*What to do:\* \S|\*Example:\* `\/mesos \S/);
    },
  );

  it.each(all.causes.map((cause) => [cause.code, cause] as const))(
    'says why and what to do when stuck by %s',
    (_, cause) => {
      const notice = kind('waiting').find((each) => each.kind === 'waiting' && each.cause === cause);
      if (notice === undefined) throw new Error('no example');
      expect(render(notice).text).toMatch(/\*Why:\* \S.*\n\*What to do:\* \S/);
    },
  );

  it.each([
    [0, null, 'No tasks run there.'],
    [0, 600, 'No tasks run there, max grace period 10 min; when it will end is not known.'],
    [3, null, '3 tasks to stop, each with its own grace period; when it will end is not known.'],
    [
      null,
      null,
      'How many tasks run there is not known, each with its own grace period; when it will end is',
    ],
  ])(
    'says at the start of a drain what there is to stop: %s tasks, max grace %s',
    (tasks, maxGraceSeconds, said) => {
      for (const started of kind('call-accepted')) {
        if (started.kind !== 'call-accepted') continue;
        const { text } = render({ ...started, tasks, maxGraceSeconds, expectedEnd: null });
        expect(text.split('\n')[1]).toMatch(said);
      }
    },
  );

  it('gives every end its own verdict', () => {
    const verdicts = kind('ended').map(firstLine);
    expect(new Set(verdicts.map((line) => line.replace(/shows.*/, ''))).size).toBe(all.ends.length - 2);
  });

  it('shows the preview only at the head of a drain that is still going', () => {
    const heads = kind('drain-card').filter(
      (each) => each.kind === 'drain-card' && each.card.way === 'drain' && each.preview !== null,
    );
    for (const notice of heads) expect(render(notice).text).toContain('*At the start:*');
  });

  it('draws a bar that never looks full before all is gone', () => {
    const card = kind('drain-card').find((each) => each.kind === 'drain-card' && each.card.tasksLeft === 4);
    if (card?.kind !== 'drain-card') throw new Error('no example');
    const bar = (left: number, of: number) =>
      render({ ...card, card: { ...card.card, tasksLeft: left, tasksAtStart: of } }).text.match(
        /[▓░]+ .*left/,
      )?.[0];
    expect(bar(4, 8)).toBe('▓▓▓▓░░░░ 4 of 8 tasks gone, 4 left');
    expect(bar(1, 500)).toBe('▓▓▓▓▓▓▓░ 499 of 500 tasks gone, 1 left');
    expect(bar(499, 500)).toBe('▓░░░░░░░ 1 of 500 tasks gone, 499 left');
    expect(bar(8, 8)).toBe('░░░░░░░░ 0 of 8 tasks gone, 8 left');
  });

  it('suggests the hostname, and the whole id where the hostname means several', () => {
    const preview = kind('preview')[0];
    if (preview?.kind !== 'preview') throw new Error('no example');
    const next = (also: { agentId: string; state: string }[]) =>
      render({ ...preview, preview: { ...preview.preview, alsoKnownAs: also } }).text.match(
        /\*Next:\* (.*)/,
      )?.[1];
    expect(next([])).toBe('`/mesos drain agent3.example --max-grace-period 10m --reason "…"`');
    expect(next([{ agentId: 'x-S1', state: 'unreachable' }])).toContain('/mesos drain 3669f2a1-b0f5-');
  });

  it('tells of an entry who did what, as it was typed', () => {
    const story = kind('audit-story')[0];
    if (story?.kind !== 'audit-story') throw new Error('no example');
    const first = story.entries[0];
    if (first === undefined) throw new Error('no example');
    const line = (rest: Partial<AuditEntry>) =>
      render({ ...story, entries: [{ ...first, approval: { id: 9, by: [] }, ...rest }] }).text.match(
        /^• <[^>]*> (.*)/m,
      )?.[1];
    const typed = 'drain <http://agent3.example|agent3.example> --reason “agent3.example”';
    expect(line({ event: 'call.intended', command: { typed } })).toBe(
      '<@U0MARA0001> typed `/mesos drain agent3.example --reason “agent3.example”`: allowed, about to send DRAIN_AGENT',
    );
    expect(line({ event: 'call.accepted' })).toBe(
      'DRAIN_AGENT for <@U0MARA0001>: accepted by the master (200)',
    );
    const bot = { kind: 'bot' as const };
    const saw = (facts: Json) => line({ event: 'drain.progressed', actor: bot, facts });
    expect(saw({ left: 8, of: 8 })).toBe('the bot saw all 8 tasks still there');
    expect(saw({ left: 5, of: 8 })).toBe('the bot saw 5 of 8 tasks left');
    expect(saw({ left: 5, of: null })).toBe('the bot saw 5 tasks left');
    expect(line({ event: 'command.refused', decision: 'not-operator' })).toMatch(/: refused, no operator$/);
  });

  it('tells what is allowed once', () => {
    const allowed = ['--reason TEXT', '--dry-run'];
    const problem = (word: string) => ({
      at: 13,
      length: 5,
      what: `no flag ${word}`,
      allowed,
      nearest: null,
    });
    const { text } = render({
      kind: 'refused',
      typed: '',
      refusal: {
        code: 'bad-command',
        problems: [
          problem('--foo'),
          problem('--bar'),
          { ...problem('x'), what: 'needs TARGET', allowed: ['TARGET'] },
        ],
        typed: 'drain agent3 --foo --bar',
        example: 'drain agent3',
      },
    });
    expect(text.match(/Allowed:/g)).toHaveLength(1);
    expect(text).toContain('`/mesos help drain`');
  });
});

describe('foreign text', () => {
  it.each([
    ['<!channel> & co', '&lt;!channel&gt; &amp; co'],
    ['@here', '@\u2060here'],
    ['a\u202Eb\u0000c\nd', 'ab c d'],
    ['', '(empty)'],
    ['\uD800x', '\uFFFDx'],
    ['x'.repeat(200), `${'x'.repeat(119)}…`],
  ])('%j becomes %j', (foreign, shown) => expect(plain(foreign)).toBe(shown));

  it('does not leave a code span', () => expect(code('a`b```c')).toBe("`a'b'''c`"));

  it('is no link and no mention unless it is plainly one', () => {
    expect(link('javascript:alert(1)', 'd17')).toBe('d17');
    expect(link('https://x.example/|evil>', 'd17')).toBe('d17');
    expect(link('https://x.example/?a=1&b=2', 'd17')).toBe('<https://x.example/?a=1&amp;b=2|d17>');
    expect(mention('!channel')).toBe('!channel');
  });

  it.each([
    ['agent3.example', 'x-S1', 'agent3.example'],
    ['agent3 --reason `x`', 'x-S1', 'x-S1'],
    ['—mark-gone', "x';rm", 'AGENT_ID'],
  ])('of an agent called %j, with id %j, is no more of the command than %j', (hostname, id, typed) => {
    expect(reactivateLine({ hostname, agentId: agentId(id) })).toBe(`/mesos reactivate ${typed}`);
  });
});

describe('times and names', () => {
  it('leaves the zone to the reader, with UTC to fall back on', () => {
    expect(when(now, now)).toBe(`<!date^${Math.floor(now / 1000)}^{time}|14:22 UTC>`);
    expect(when(now, instant(0))).toContain('{date_short_pretty} {time}|2026-11-22 14:22 UTC>');
    expect(clock(now)).toBe(`<!date^${Math.floor(now / 1000)}^{date_short_pretty} {time}|14:22 UTC>`);
    expect(when(instant(-60_000), instant(0))).toBe('23:59 UTC');
    expect(when(instant(9e15), now)).toBe('an unknown time');
    expect(stamp('2026-11-22T14:22:05.123Z', null)).toContain('|2026-11-22 14:22:05 UTC>');
    expect(stamp('2026-11-22T14:22:05.123Z', '2026-11-22T18:00:00Z')).toContain('{time_secs}|14:22:05 UTC>');
    expect(stamp('2026-11-22T14:22:05.123Z', '2026-11-23T18:00:00Z')).toContain('|2026-11-22 14:22:05 UTC>');
    expect(stamp('<!channel>', null)).toBe('at an unknown time');
  });

  it.each([
    [0, '0 s'],
    [59.9, '59 s'],
    [90, '1 min 30 s'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [86_400, '1 day'],
    [180_000, '2 days 2 h'],
    [Number.NaN, '0 s'],
  ])('speaks %d s as %s', (seconds, words) => expect(spoken(seconds)).toBe(words));

  it.each([
    ['3669f2a1-b0f5-S12', 'S12'],
    ['odd', 'odd'],
    ['a-very-long-odd-name', 'ong-odd-name'],
  ])('calls %s %s', (id, short) => expect(shortId(id)).toBe(short));
});
