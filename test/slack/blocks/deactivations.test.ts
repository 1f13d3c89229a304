import { describe, expect, it } from '@jest/globals';
import type { Notice } from '../../../src/domain/notice.ts';
import { render } from '../../../src/slack/blocks/render.ts';
import { examples } from './examples.ts';

const all = examples('agent3.example', 3);
const ofDeactivation = (notice: Notice) =>
  notice.kind === 'deactivation' || (notice.kind === 'drain-card' && notice.card.way === 'deactivate');
const told = all.notices.filter(ofDeactivation).map((notice) => ({ notice, text: render(notice).text }));
const news = (name: string) =>
  told.filter(({ notice }) => notice.kind === 'deactivation' && notice.news.news === name);

/** What another drain's words may say beside it: the master shows one. */
const othersDrain = /The master now shows DRAIN(ED|ING)|The master says DRAINED|still says DRAINING/;

describe('what people are told of a deactivation', () => {
  it('never borrows the word of the master for another thing', () => {
    for (const { text } of told.filter((each) => !othersDrain.test(each.text)))
      expect(text.replaceAll('safe to take down', '')).not.toMatch(/DRAIN(ED|ING)|drained/);
  });

  it('mentions who asked when it is empty, stuck or over, in the first line', () => {
    for (const { text } of [...news('empty'), ...news('waiting'), ...news('ended')])
      expect(text.split('\n')[0]).toContain('<@U0MARA0001>');
  });

  it('says whose tasks stay, and what would end them', () => {
    const [kept] = news('waiting').filter(({ text }) => text.includes('7 tasks are still on it'));
    expect(kept?.text).toContain(
      'framework `agent3.example` has 1 task (agent3.example), agent3.example (disconnected) has 2 tasks (agent3.example, agent3.example, agent3.example), framework `agent3.example` has 3 tasks',
    );
    expect(kept?.text).toContain('2 more frameworks');
    expect(kept?.text).toContain('Bring the disconnected framework back');
    expect(kept?.text).toContain('`/mesos drain agent3.example --max-grace-period 10m` kills them');
  });

  it('lists what was checked, and what was not', () => {
    const checked = news('empty').map(({ text }) => text.match(/\*Checked:\*.*/)?.[0]);
    expect(checked).toEqual([
      undefined,
      expect.stringContaining('the agent itself, both times: 0 pending, 0 queued and 0 launched tasks'),
      expect.stringContaining('*Not checked*, for the agent could not be asked'),
    ]);
  });

  it('gives every end its own verdict', () => {
    const verdicts = news('ended').map(({ text }) => text.split('\n')[0]);
    // Superseded by either of two drains reads alike; nothing else does.
    expect(new Set(verdicts).size).toBeGreaterThanOrEqual(verdicts.length - 4);
  });

  it('says where a drain that went on from it was refused, that the agent stays deactivated', () => {
    const stays = all.notices
      .filter((each) => each.kind === 'ended' && each.tookOver !== null)
      .map((each) => render(each).text)
      .filter((text) => text.includes('It stays deactivated, as d16 left it'));
    expect(stays.length).toBeGreaterThan(0);
    for (const text of stays) expect(text).toMatch(/rejected|not applied/);
  });
});
