import { describe, expect, it } from '@jest/globals';
import {
  type AnchorFlaw,
  describeAnchorFlaw,
  firstBadBy,
  type Held,
  heldAt,
  heldToEnd,
  holding,
  type KeptAnchor,
  readAnchor,
  readAnchorLines,
  writeAnchor,
} from '../../../src/domain/audit/kept-anchors.ts';
import { type PublicKeys, signedText } from '../../../src/domain/audit/signed-head.ts';

const hashOf = (seq: number) => seq.toString(16).padStart(64, '0');
const signature = `${'A'.repeat(86)}==`;
const at = '2026-03-01T12:00:00.000Z';

function anchor(seq: number, over: Partial<KeptAnchor> = {}): KeptAnchor {
  return { database: null, seq, hash: hashOf(seq), signature: null, ...over };
}

/** The log of database `db-1` with so many entries, held against the anchors. */
function held(entries: number, anchors: KeptAnchor[], keys: PublicKeys | null = null): Held {
  let walked = holding(anchors, 'db-1');
  for (let seq = 1; seq <= entries; seq += 1)
    walked = heldAt(walked, { seq, hash: hashOf(seq) }, at, 'db-1', keys);
  return heldToEnd(walked, { seq: entries, hash: hashOf(entries) });
}

describe('an anchor that somebody kept', () => {
  it.each([
    anchor(412),
    anchor(412, { signature }),
    anchor(412, { database: '6c2f-1' }),
    anchor(1, { database: 'db', signature }),
  ])('is read as it was written: %j', (each) => {
    expect(readAnchor(writeAnchor(each))).toEqual(each);
  });

  it.each([
    '',
    '412',
    `0:${hashOf(1)}`,
    `4:${hashOf(1).slice(1)}`,
    `4:${hashOf(1)}0`,
    `4:${hashOf(1)}:short`,
    `a b/4:${hashOf(1)}`,
    `-4:${hashOf(1)}`,
  ])('is none in %j', (text) => {
    expect(readAnchor(text)).toBeNull();
  });

  it('is read out of lines as Slack shows them; a line that is none is named, not passed over', () => {
    const text = `# March\n\nHead: \`db-1/4:${hashOf(4)}:${signature}\`\r\n  7:${hashOf(7).toUpperCase()}  \n9:${hashOf(9).slice(1)}\nthanks\n`;
    expect(readAnchorLines(text)).toEqual({
      anchors: [anchor(4, { database: 'db-1', signature }), anchor(7)],
      bad: [5, 6],
    });
  });
});

describe('a log against anchors', () => {
  it('fits all of them, in whatever order they come', () => {
    expect(held(9, [anchor(9), anchor(2), anchor(5, { database: 'db-1' })])).toMatchObject({
      flaws: [],
      count: 3,
      fits: { seq: 9 },
    });
  });

  const other = { hash: hashOf(999) };
  const cases: [string, Held, AnchorFlaw['code'], number | null, string][] = [
    ['a cut-off end', held(5, [anchor(3), anchor(9)]), 'cut-off', 6, 'its end was cut off'],
    [
      'a rebuilt chain, begun after the last anchor that fits',
      held(9, [anchor(3), anchor(7, other)]),
      'differs',
      4,
      'the chain was rebuilt',
    ],
    [
      'a chain rebuilt from the first entry',
      held(9, [anchor(7, other)]),
      'differs',
      1,
      'the chain was rebuilt',
    ],
    [
      'a changed anchor, where a later one fits',
      held(9, [anchor(3, other), anchor(7)]),
      'differs',
      null,
      'it is this one that is not as it was posted',
    ],
    [
      'a changed anchor beside the true one',
      held(9, [anchor(3, other), anchor(3)]),
      'differs',
      null,
      'it is this one',
    ],
    [
      'one of another database',
      held(9, [anchor(3, { database: 'db-2' })]),
      'another-database',
      null,
      'it is of database db-2, and this one is db-1',
    ],
  ];

  it.each(cases)('shows %s', (_, { flaws, fits }, code, first, words) => {
    expect(flaws.map((flaw) => flaw.code)).toEqual([code]);
    for (const flaw of flaws) {
      expect(firstBadBy(flaw, fits)).toBe(first);
      expect(describeAnchorFlaw(flaw, fits)).toContain(words);
    }
  });

  it('checks their signatures where there is a key, and tells a rebuilt chain from a changed anchor by them', () => {
    const keys: PublicKeys = {
      ids: ['k'],
      fits: (_, text, by) => by === signature && text === signedText({ database: 'db-1', ...three, at }),
    };
    const three = { seq: 3, hash: hashOf(3) };
    const flawsOf = (each: KeptAnchor, own = hashOf(3)) =>
      heldAt(holding([each], 'db-1'), { seq: 3, hash: own }, at, 'db-1', keys).flaws;
    expect(flawsOf(anchor(3, { signature }))).toEqual([]);
    expect(flawsOf(anchor(3, { signature: `${'B'.repeat(86)}==` }))).toMatchObject([
      { code: 'signature-wrong' },
    ]);
    expect(flawsOf(anchor(3, { signature }), hashOf(4))).toMatchObject([{ code: 'differs', genuine: true }]);
    expect(flawsOf(anchor(3), hashOf(4))).toMatchObject([{ code: 'differs', genuine: false }]);
  });
});
