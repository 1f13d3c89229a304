import { describe, expect, it } from '@jest/globals';
import { complaintsAboutBlocks } from '../../playground/slack/rules/validate-blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const button = (more: Record<string, unknown> = {}) => ({
  type: 'button',
  text: plain('Go'),
  action_id: 'go',
  ...more,
});
const table = (rows: unknown[][]) => ({ type: 'table', rows });
const cell = (text: string) => ({ type: 'raw_text', text });
const many = <T>(n: number, item: T): T[] => Array.from({ length: n }, () => item);
const confirm = {
  title: plain('Sure?'),
  text: mrkdwn('It *stays* gone'),
  confirm: plain('Yes'),
  deny: plain('No'),
};

describe('takes', () => {
  it.each([
    ['a section of 3,000 characters', [section('x'.repeat(3000))]],
    ['a section with ten fields of 2,000', [{ type: 'section', fields: many(10, mrkdwn('x'.repeat(2000))) }]],
    ['a header of 150 characters', [{ type: 'header', text: plain('x'.repeat(150)) }]],
    ['fifty blocks', many(50, { type: 'divider' })],
    ['ten context elements', [{ type: 'context', elements: many(10, mrkdwn('x')) }]],
    [
      'a button with a confirmation',
      [{ type: 'actions', elements: [button({ confirm, value: 'v', style: 'danger' })] }],
    ],
    ['a section with a button beside it', [{ ...section('x'), accessory: button() }]],
    ['a table of 100 rows', [table(many(100, [cell('x')]))]],
    ['an alert', [{ type: 'alert', level: 'warning', text: mrkdwn('x') }]],
    [
      'rich text',
      [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'x', style: { bold: true } },
                { type: 'user', user_id: 'U0MARA0001' },
              ],
            },
            { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'code' }] },
          ],
        },
      ],
    ],
  ])('%s', (_what, blocks) => {
    expect(complaintsAboutBlocks(blocks)).toEqual([]);
  });
});

describe('refuses', () => {
  it.each([
    [
      'a section of 3,001 characters',
      [section('x'.repeat(3001))],
      'must be less than 3001 characters',
      '/blocks/0/text/text',
    ],
    ['an empty text', [section('')], 'must be more than 0 characters', '/blocks/0/text/text'],
    ['a section with nothing in it', [{ type: 'section' }], 'must have text or fields', '/blocks/0'],
    [
      'eleven fields',
      [{ type: 'section', fields: many(11, mrkdwn('x')) }],
      'no more than 10 items allowed',
      '/blocks/0/fields',
    ],
    ['no fields', [{ type: 'section', fields: [] }], 'no fewer than 1 items allowed', '/blocks/0/fields'],
    [
      'a field of 2,001',
      [{ type: 'section', fields: [mrkdwn('x'.repeat(2001))] }],
      'must be less than 2001 characters',
      '/blocks/0/fields/0/text',
    ],
    [
      'a header of 151',
      [{ type: 'header', text: plain('x'.repeat(151)) }],
      'must be less than 151 characters',
      '/blocks/0/text/text',
    ],
    [
      'a header in mrkdwn',
      [{ type: 'header', text: mrkdwn('x') }],
      'unsupported type: mrkdwn',
      '/blocks/0/text/type',
    ],
    ['51 blocks', many(51, { type: 'divider' }), 'no more than 50 items allowed', '/blocks'],
    ['an unknown block', [{ type: 'sparkles' }], 'unsupported type: sparkles', '/blocks/0/type'],
    ['a block without a type', [{}], 'missing required field: type', '/blocks/0'],
    [
      'a block id used twice',
      many(2, { type: 'divider', block_id: 'a' }),
      'block_id already used: a',
      '/blocks/1',
    ],
    [
      'a block id of 256',
      [{ type: 'divider', block_id: 'x'.repeat(256) }],
      'must be less than 256 characters',
      '/blocks/0/block_id',
    ],
    [
      'eleven context elements',
      [{ type: 'context', elements: many(11, mrkdwn('x')) }],
      'no more than 10 items allowed',
      '/blocks/0/elements',
    ],
    [
      '26 buttons',
      [{ type: 'actions', elements: Array.from({ length: 26 }, (_, n) => button({ action_id: `a${n}` })) }],
      'no more than 25 items allowed',
      '/blocks/0/elements',
    ],
    [
      'an action id used twice',
      [{ type: 'actions', elements: [button(), button()] }],
      'action_id already used',
      '/blocks/0/elements',
    ],
    [
      'a button text of 76',
      [{ type: 'actions', elements: [button({ text: plain('x'.repeat(76)) })] }],
      'must be less than 76 characters',
      '/blocks/0/elements/0/text/text',
    ],
    [
      'a button value of 2,001',
      [{ type: 'actions', elements: [button({ value: 'x'.repeat(2001) })] }],
      'must be less than 2001 characters',
      '/blocks/0/elements/0/value',
    ],
    [
      'a button to nowhere',
      [{ type: 'actions', elements: [button({ url: 'nowhere' })] }],
      'must be a valid URL',
      '/blocks/0/elements/0/url',
    ],
    [
      'a confirmation title of 101',
      [{ type: 'actions', elements: [button({ confirm: { ...confirm, title: plain('x'.repeat(101)) } })] }],
      'must be less than 101 characters',
      '/blocks/0/elements/0/confirm/title/text',
    ],
    [
      'a field nobody knows',
      [{ type: 'divider', colour: 'red' }],
      'invalid additional property: colour',
      '/blocks/0',
    ],
    ['two tables', many(2, table([[cell('x')]])), 'only_one_table_allowed', '/blocks'],
    [
      'a table of 101 rows',
      [table(many(101, [cell('x')]))],
      'no more than 100 items allowed',
      '/blocks/0/rows',
    ],
    [
      'a row of 21 cells',
      [table([many(21, cell('x'))])],
      'no more than 20 items allowed',
      '/blocks/0/rows/0',
    ],
    [
      'a table of 10,001 characters',
      [table([[cell('x'.repeat(5000)), cell('x'.repeat(5001))]])],
      'too many characters in the table',
      '/blocks/0',
    ],
    [
      'markdown of 12,001 in all',
      [
        { type: 'markdown', text: 'x'.repeat(12_000) },
        { type: 'markdown', text: 'x' },
      ],
      'too many characters in markdown blocks',
      '/blocks',
    ],
    ['blocks that are no array', 'a card', 'must be an array', '/blocks'],
  ])('%s', (_what, blocks, what, at) => {
    expect(complaintsAboutBlocks(blocks)).toContain(`[ERROR] ${what} [json-pointer:${at}]`);
  });
});
