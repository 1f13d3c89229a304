import { describe, expect, it } from '@jest/globals';
import { outsideWord } from '../../../src/slack/blocks/outside.ts';
import { render } from '../../../src/slack/blocks/render.ts';
import { outsideNotices } from './outside-examples.ts';
import { read } from './read.ts';

function told(which: number): string {
  const notice = outsideNotices('agent7.example').at(which);
  if (notice === undefined) throw new Error('no such example');
  return read(notice);
}

describe('what others did to the cluster', () => {
  it.each([
    '*Changed outside the bot*, on prod, seen at 14:22 UTC: 10 changes.',
    'It was not this bot. The master keeps no record of by whom.',
    'agent7.example (S7) *was deactivated*: it gets no new tasks; before: in service (last seen otherwise: 14:20 UTC).',
    'agent7.example (S7) *is being drained*: DRAINING, with a max grace period of 1 min 30 s, *to be marked gone once it is empty*; not seen before',
    'The drain of agent7.example (S7) *was changed*: DRAINING, with no max grace period; before: DRAINING, with a max grace period of 1 min 30 s',
    'agent7.example (S7) *was reactivated*: it takes tasks again; before: deactivated',
    'agent7.example (S7) *was marked gone* at 14:20 UTC: its id never comes back; before: DRAINED',
    'Machine `agent7.example (10.0.0.7)`, which is agent7.example (S7), *was scheduled for maintenance*, from 14:32 UTC, for 2 h: no drain is taken for it meanwhile',
    'The maintenance of machine `agent7.example (10.0.0.7)` *was moved*: from 14:32 UTC, for 2 h; before: from 14:32 UTC, without an end',
    '*was taken out of the maintenance schedule*',
    '*was taken DOWN for maintenance*: its agent was shut down and removed',
    '*was brought UP again*: its agent comes back active',
    '`/mesos status agent7.example` shows more; `/mesos reactivate agent7.example` puts that one back into service.',
  ])('is told in words: %s', (words) => {
    expect(told(0)).toContain(words);
  });

  it('tells apart what may have been done while nobody looked, and what it can not know', () => {
    const text = told(1);
    expect(text).toContain('seen at 14:22 UTC: 22 changes.');
    expect(text).toContain('some of this may be its own doing');
    expect(text).not.toContain('It was not this bot.');
    const [, away = '', since = ''] = text.split(
      /\*While I was away\*, from 14:20 UTC to 14:22 UTC:|\*Since then:\*/,
    );
    expect(away).toContain('*was reactivated*');
    expect(away).not.toContain('*was marked gone*');
    expect(since).toContain('*was marked gone*');
    expect(since).toContain('…and 12 more: `/mesos audit` has all of them.');
  });

  it('says where to look when no agent is known on the machine', () => {
    expect(told(2)).toContain('`/mesos agents` shows how the agents stand.');
  });

  it('pings nobody', () => {
    for (const notice of outsideNotices('<!channel> <@U0MARA0001>'))
      expect(render(notice).text).not.toMatch(/<[!@](?!date)/);
  });

  it('has a word for what a newer version may have filed', () => {
    expect(outsideWord('painted-<blue>')).toBe('painted-&lt;blue&gt;');
    expect(outsideWord(undefined)).toBe('in an unknown way');
  });
});
