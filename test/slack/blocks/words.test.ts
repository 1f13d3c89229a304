import { describe, expect, it } from '@jest/globals';
import { agentId, instant } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { reactivateLine, shortId } from '../../../src/slack/blocks/agent-name.ts';
import { code, link, mention, plain } from '../../../src/slack/blocks/escape.ts';
import { render } from '../../../src/slack/blocks/render.ts';
import { spoken, stamp, when } from '../../../src/slack/blocks/time.ts';
import { examples, now } from './examples.ts';

const all = examples('agent3.example', 3);
const kind = (...kinds: Notice['kind'][]) => all.notices.filter((notice) => kinds.includes(notice.kind));
const firstLine = (notice: Notice) => render(notice).text.split('\n')[0] ?? '';

const isLoud = (notice: Notice) =>
  notice.kind !== 'reactivation' || notice.news.news === 'ended' || notice.news.news === 'waiting';

describe('what people are told', () => {
  it('says "safe to take down" only on the word of master and agent', () => {
    for (const notice of all.notices.filter((each) => each.kind !== 'several')) {
      const proven =
        (notice.kind === 'drained' && notice.proof.by === 'master-and-agent') ||
        ((notice.kind === 'drain-card' || notice.kind === 'status-of-drain') &&
          notice.card.state.status === 'drained' &&
          notice.card.state.proof.by === 'master-and-agent');
      expect(/safe to take down/i.test(render(notice).text)).toBe(proven);
    }
  });

  it('says so when DRAINED is the master’s word alone', () => {
    const told = kind('drained', 'drain-card').map((notice) => render(notice).text);
    expect(
      told.filter((text) => text.includes('DRAINED, says the master; the agent could not be asked')),
    ).toHaveLength(2);
  });

  it('mentions the requester at the end and when stuck, in the first line', () => {
    for (const notice of kind('waiting', 'drained', 'ended', 'reactivation').filter(isLoud))
      expect(firstLine(notice)).toContain('<@U0MARA0001>');
  });

  it('says at the end of a drain that the agent stays out, and how to bring it back', () => {
    for (const notice of kind('drained')) {
      expect(render(notice).text).toContain('stays out of service');
      expect(render(notice).text).toContain('`/mesos reactivate agent3.example`');
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

  it('gives every end its own verdict', () => {
    const verdicts = kind('ended').map(firstLine);
    expect(new Set(verdicts.map((line) => line.replace(/shows.*/, ''))).size).toBe(all.ends.length - 2);
  });

  it('shows the preview only at the head of a drain that is still going', () => {
    const heads = kind('drain-card').filter((each) => each.kind === 'drain-card' && each.preview !== null);
    for (const notice of heads) expect(render(notice).text).toContain('*Before:*');
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

  it('tells the audit newest first, and ends with the head of the chain', () => {
    const page = kind('audit-page')[0];
    if (page === undefined) throw new Error('no example');
    const { text } = render(page);
    const numbers = [...text.matchAll(/^• #(\d+)/gm)].map(([, seq]) => Number(seq));
    expect(numbers.length).toBeGreaterThan(5);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    expect(text.split('\n').at(-1)).toContain(`entry 500, \`${'ab'.repeat(32)}\``);
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
    expect(stamp('2026-11-22T14:22:05.123Z')).toContain('|2026-11-22 14:22:05 UTC>');
    expect(stamp('<!channel>')).toBe('at an unknown time');
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
