import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { complaintsAboutBlocks } from '../../../playground/slack/rules/validate-blocks.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { render } from '../../../src/slack/blocks/render.ts';
import { examples } from './examples.ts';

/** chat.update refuses more (Slack: chat.update). */
const textLimit = 4000;

const hostile =
  '<!channel> <!here|x> @here @channel @everyone <@U0EVIL0001> <https://evil.example|click> & `code` ```block``` *bold* \u202Egnp.exe\u202C \u0000\u0007\r\nnext line • ';

const named = (notice: Notice, at: number): [string, Notice] => [
  `${at} ${notice.kind}${'refusal' in notice ? ` ${notice.refusal.code}` : ''}`,
  notice,
];

/** Every string that a reader of the blocks sees; of a button's dialog what it asks. */
function shown(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(shown);
  if (typeof value !== 'object' || value === null) return [];
  if ('confirm' in value && 'deny' in value && 'text' in value) return shown(value.text);
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : shown(inner),
  );
}

/** Every mrkdwn object in the blocks. */
function mrkdwn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwn);
  if (typeof value !== 'object' || value === null) return [];
  const record: Record<string, unknown> = { ...value };
  return record['type'] === 'mrkdwn' ? [record] : Object.values(record).flatMap(mrkdwn);
}

/** Without marks, entities and white space, in which text and blocks may differ. */
const bare = (text: string) =>
  text
    .replaceAll('&lt;', '‹')
    .replaceAll('&gt;', '›')
    .replaceAll('&amp;', '+')
    .replace(/[*`:\s\u2060]/g, '');

/** Tokens that Slack would act on, but for the ones we write ourselves. */
function powers(text: string): string[] {
  return [...text.matchAll(/<[^>]*>?|@(?:here|channel|everyone|group)/gi)]
    .map(([token]) => token)
    .filter(
      (token) =>
        !/^<@U0(?:MARA|BOBB)0001>$|^<#C0MESOSOPS>$|^<!subteam\^S0LEADS001>$|^<!date\^\d+\^[{}_ a-z]+\|[-\d: A-Z]+(?:urope\/Berlin)?>$|^<https:\/\/(playground|x)\.slack\.com\/[^|<>]*\|[\w ]+>$|^<https:\/\/web\.example\/\|its web UI>$/.test(
          token,
        ),
    );
}

describe('every notice', () => {
  it.each(examples('agent3.example', 3).notices.map(named))(
    '%s is taken by Slack and says all in its text',
    (_, notice) => {
      const { text, blocks } = render(notice);
      expect(complaintsAboutBlocks(blocks)).toEqual([]);
      expect(text.length).toBeLessThanOrEqual(textLimit);
      expect(text).not.toBe('');
      const said = bare(text);
      for (const part of shown(blocks)) {
        for (const line of part.split('\n')) expect(said).toContain(bare(line));
      }
    },
  );

  it.each(examples(hostile, 3).notices.map(named))(
    '%s lets nothing foreign link, mention or ping',
    (_, notice) => {
      const { text, blocks } = render(notice);
      for (const each of [text, ...shown(blocks)]) {
        expect(powers(each)).toEqual([]);
        expect(each.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      }
    },
  );

  it.each(examples('<&>`@here'.repeat(1200), 40).notices.map(named))(
    '%s stays within the limits with names of 10 KB',
    (_, notice) => {
      const { text, blocks } = render(notice);
      expect(complaintsAboutBlocks(blocks)).toEqual([]);
      expect(text.length).toBeLessThanOrEqual(textLimit);
    },
  );

  it('stays within the limits whatever the texts and however long the lists', () => {
    void fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.nat({ max: 25 }), (foreign, long) => {
        for (const notice of examples(`x${foreign}`.replace(/\s/g, '_'), long).notices) {
          const { text, blocks } = render(notice);
          expect(complaintsAboutBlocks(blocks)).toEqual([]);
          expect(text.length).toBeLessThanOrEqual(textLimit);
          expect(text.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('marks all text of blocks as verbatim, so that Slack looks for no names in it', () => {
    for (const notice of examples('agent3.example', 2).notices) {
      for (const found of mrkdwn(render(notice).blocks)) expect(found['verbatim']).toBe(true);
    }
  });
});

describe('lists', () => {
  it('tells which of many agents are shown, and how to see the next', () => {
    const notice = examples('agent.example', 500).notices.find((each) => each.kind === 'agents');
    if (notice === undefined) throw new Error('no example');
    const { text } = render(notice);
    const [, from, to] = /(\d+) to (\d+) of them/.exec(text)?.map(Number) ?? [];
    const rows = text.split('\n').filter((line) => line.startsWith('• agent.example')).length;
    expect([from, to]).toEqual([41, 40 + rows]);
    expect(rows).toBeGreaterThan(10);
    expect(text).toContain('`/mesos agents rack=r12 --after 3669f2a1-S');
  });

  it('merges many milestones into one message and says where it had to stop', () => {
    const notices = examples('agent.example', 2).notices.filter((each) => each.kind === 'waiting');
    const one = render({ kind: 'several', notices });
    expect(one.text).toContain('Stuck');
    const many = render({ kind: 'several', notices: Array.from({ length: 30 }, () => notices).flat() });
    expect(many.text.length).toBeLessThanOrEqual(textLimit);
    expect(many.text).toContain('cut: too long');
    expect(complaintsAboutBlocks(many.blocks)).toEqual([]);
  });
});
