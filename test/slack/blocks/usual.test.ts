import { describe, expect, it } from '@jest/globals';
import type { Usual } from '../../../src/domain/history/usual.ts';
import { drainId } from '../../../src/domain/ids.ts';
import { usualLine } from '../../../src/slack/blocks/drains/usual.ts';
import { render } from '../../../src/slack/blocks/render.ts';

const of = (name: string | null, usual: Usual | null) => ({ framework: 'f-0001', name, usual });
const quick: Usual = { told: 'quantiles', of: 14, p50: 12, p90: 100 };

const lines: [string, Parameters<typeof usualLine>[0], string | null][] = [
  ['quantiles', [of('marathon', quick)], '*By history:* marathon 12 s (P50), 1 min 40 s (P90) of 14 drains.'],
  [
    'two',
    [of('marathon', { told: 'few', seconds: [9, 61] })],
    '*By history:* marathon 9 s and 1 min 1 s (2 drains).',
  ],
  ['one', [of('marathon', { told: 'few', seconds: [9] })], '*By history:* marathon 9 s (1 drain).'],
  [
    'none of one of two',
    [of('marathon', { told: 'few', seconds: [9] }), of('spark', { told: 'nothing' })],
    '*By history:* marathon 9 s (1 drain); spark: no history.',
  ],
  ['a name that is not known', [of(null, null)], '*By history:* `f-0001` not known, for want of its name.'],
  [
    'very many frameworks',
    Array.from({ length: 7 }, (_, n) => of(`f${n}`, { told: 'nothing' })),
    '*By history:* f0: no history; f1: no history; f2: no history; f3: no history; f4: no history; …and 2 more frameworks.',
  ],
  ['an agent without tasks', [], null],
  ['what an older bot wrote', undefined, null],
];

describe('how long it took before, in words', () => {
  it.each(lines)('%s', (_, usual, expected) => {
    expect(usualLine(usual)).toBe(expected);
  });

  it('tells who is slow, how long so far, and what was usual', () => {
    const { text } = render({
      kind: 'framework-slow',
      drain: drainId(17),
      hostname: 'agent7',
      framework: 'marathon',
      left: 2,
      of: 3,
      seconds: 130,
      usual: { drains: 14, p50: 12, p90: 100 },
    });
    expect(text).toBe(
      [
        '*Slower than before: marathon on agent7*: 2 of 3 tasks are still there after 2 min 10 s.',
        'In half of 14 drains its last task was gone after 12 s, in nine of ten after 1 min 40 s.',
        'Nothing is to be done yet: `/mesos status d17` shows what it waits for.',
      ].join('\n'),
    );
  });
});
