import { describe, expect, it } from '@jest/globals';
import type { Notice } from '../../../src/domain/notice.ts';
import { openForVotes } from '../../../src/slack/blocks/approvals/open-for-votes.ts';
import { render } from '../../../src/slack/blocks/render.ts';
import * as samples from './approval-examples.ts';
import { examples } from './examples.ts';

const { calm } = examples('agent3.example', 3);

/** What the bot looks for when it reads its own message back. */
const isOpen = (notice: Notice) => {
  const { text, blocks } = render(notice);
  const found = text.includes(openForVotes);
  // What a button carries is no words: nobody reads it.
  const shown = JSON.stringify(blocks, (key, value) => (key === 'value' ? undefined : value));
  expect(shown.includes(openForVotes)).toBe(found);
  return found;
};

describe('open for votes', () => {
  it.each([
    ['plain names', 'agent3.example', 3],
    ['names of 10 KB and long lists', '<&>`@here'.repeat(1200), 40],
    ['names that say it themselves', `Open for votes, OPEN FOR\u00a0VOTES ${openForVotes}`, 3],
  ])('stands on every question that is not settled, and on no other message: %s', (_, foreign, long) => {
    const { notices } = examples(foreign, long);
    const faces = new Set<string>();
    for (const notice of notices) {
      if (notice.kind === 'several') continue;
      if (notice.kind === 'prompt' || notice.kind === 'plan-prompt') {
        faces.add(notice.prompt.state.status);
        expect([notice.prompt.state.status, isOpen(notice)]).toEqual([
          notice.prompt.state.status,
          notice.prompt.state.status !== 'settled',
        ]);
      } else if (notice.kind === 'status-of-approval')
        expect(isOpen(notice)).toBe(notice.line.prompt.state.status !== 'settled');
      else if (notice.kind === 'drain-card') expect(isOpen(notice)).toBe(notice.card.votes !== null);
      else expect([notice.kind, isOpen(notice)]).toEqual([notice.kind, false]);
    }
    expect([...faces].sort()).toEqual(['holding', 'open', 'settled', 'standing']);
  });

  it.each(['Open for votes', 'open  FOR\tvotes', 'Open for\u2003votes', 'x Open for votes, Open for votes'])(
    'is never read out of a settled question whose reason is %j',
    (reason) => {
      const state = {
        status: 'settled' as const,
        how: { how: 'expired' as const },
        wasStanding: false,
        again: null,
      };
      const { text, blocks } = render({
        kind: 'prompt',
        prompt: samples.promptExample('agent3.example', { reason, hostname: reason, state }),
        preview: calm,
      });
      for (const each of [text, JSON.stringify(blocks)])
        expect(each.normalize('NFKC')).not.toMatch(/open\s+for\s+votes/i);
    },
  );

  it('stands right under the verdict', () => {
    for (const state of samples.promptFaces('agent3.example').filter(({ status }) => status !== 'settled')) {
      const prompt = samples.promptExample('agent3.example', { state });
      expect(render({ kind: 'prompt', prompt, preview: calm }).text.split('\n')[1]).toContain(openForVotes);
    }
  });
});
