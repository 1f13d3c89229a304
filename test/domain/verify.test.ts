import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AuditDraft, canonical, chainHash, entryOf, genesis } from '../../src/domain/audit.ts';
import { instant, teamId, userId } from '../../src/domain/ids.ts';
import { beginning, checkRow, describeFlaw, type Flaw, type ShownRow } from '../../src/domain/verify.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const alice = { userId: userId('U0ALICE'), teamId: teamId('T0HOME'), name: 'alice' };

function draft(n: number): AuditDraft {
  return {
    at: instant(1_772_366_400_000 + n),
    event: 'command.accepted',
    actor: n % 2 === 0 ? { kind: 'bot' } : { kind: 'person', person: alice },
    correlation: `c-${n}`,
    ...(n % 3 === 0 && { cluster: 'main', agent: { id: `x-S${n}`, hostname: `agent${n}` }, drain: n }),
    command: { typed: `drain agent${n}` },
  };
}

/** Columns as SQLite generates them. */
function shown(seq: number, text: string, hash: string): ShownRow {
  const entry = JSON.parse(text);
  const columns = {
    at: entry.at ?? null,
    event: entry.event ?? null,
    by_user: entry.actor?.user ?? null,
    cluster: entry.cluster ?? null,
    agent_id: entry.agent?.id ?? null,
    agent_hostname: entry.agent?.hostname ?? null,
    drain: entry.drain ?? null,
    correlation: entry.correlation ?? null,
  };
  return { seq, text, hash, columns, unfit: null };
}

function chain(length: number, from: (n: number) => AuditDraft = draft): ShownRow[] {
  let hash = genesis;
  return Array.from({ length }, (_, index) => {
    const text = canonical(entryOf(from(index + 1), index + 1));
    hash = chainHash(sha256, hash, text);
    return shown(index + 1, text, hash);
  });
}

/** The first flaw and the row it was found at, as the verifying command walks. */
function firstFlaw(rows: ShownRow[]): { at: number; flaw: Flaw } | null {
  let last = beginning;
  for (const [index, row] of rows.entries()) {
    const flaw = checkRow(sha256, last, row, rows[index + 1] ?? null);
    if (flaw !== null) return { at: row.seq, flaw };
    last = row;
  }
  return null;
}

const whole = chain(6);
const row = (n: number): ShownRow => whole[n - 1] ?? shown(0, '{}', '');
const swap = (text: string) => text.replace('"typed":"drain', '"typed":"scold');

/** The chain with one row replaced. */
function changed(n: number, over: Partial<ShownRow>): ShownRow[] {
  return whole.map((each) => (each.seq === n ? { ...each, ...over } : each));
}

describe('verifying the chain', () => {
  it('finds nothing in an empty log, and nothing in a whole one', () => {
    expect(firstFlaw([])).toBeNull();
    expect(firstFlaw(whole)).toBeNull();
  });

  const cases: [string, ShownRow[], number, Flaw][] = [
    [
      'an edited text',
      changed(3, { text: swap(row(3).text) }),
      3,
      { code: 'hash-differs', computed: chainHash(sha256, row(2).hash, swap(row(3).text)), changed: 'text' },
    ],
    [
      'an edited hash',
      changed(3, { hash: 'f'.repeat(64) }),
      3,
      { code: 'hash-differs', computed: row(3).hash, changed: 'hash' },
    ],
    [
      'an edited text of the last entry',
      changed(6, { text: swap(row(6).text) }),
      6,
      {
        code: 'hash-differs',
        computed: chainHash(sha256, row(5).hash, swap(row(6).text)),
        changed: 'not-known',
      },
    ],
    ['a removed entry', whole.filter(({ seq }) => seq !== 3), 4, { code: 'missing', from: 3, to: 3 }],
    ['a removed beginning', whole.slice(2), 3, { code: 'missing', from: 1, to: 2 }],
    ['an entry before the first', [{ ...row(1), seq: 0 }, ...whole], 0, { code: 'out-of-order', found: 0 }],
    [
      'two entries that changed places',
      [row(1), { ...row(3), seq: 2 }, { ...row(2), seq: 3 }, ...whole.slice(3)],
      2,
      { code: 'other-number', says: '3' },
    ],
    [
      'a text with a space',
      changed(2, { text: row(2).text.replace(':', ': ') }),
      2,
      { code: 'not-canonical' },
    ],
    [
      'a text with a doubled key',
      changed(2, { text: row(2).text.replace('{', '{"at":"",') }),
      2,
      { code: 'not-canonical' },
    ],
    [
      'a number that is not kept exactly',
      changed(2, { text: row(2).text.replace('"v":1', '"v":90071992547409931') }),
      2,
      { code: 'not-canonical' },
    ],
    ['a text that is no JSON', changed(2, { text: '{' }), 2, { code: 'not-json' }],
    ['a text that is no object', changed(2, { text: '[]' }), 2, { code: 'not-json' }],
    [
      'a form to come',
      changed(2, { text: row(2).text.replace('"v":1', '"v":2') }),
      2,
      { code: 'unknown-form', v: '2' },
    ],
    [
      'a column that does not come from the text',
      changed(3, { columns: { ...row(3).columns, agent_hostname: 'agent9' } }),
      3,
      { code: 'column-differs', column: 'agent_hostname', shows: '"agent9"', says: '"agent3"' },
    ],
    [
      'bytes that read the same',
      changed(3, { unfit: 'its text is a blob' }),
      3,
      { code: 'unfit', what: 'its text is a blob' },
    ],
  ];

  it.each(cases)('finds %s', (_, rows, at, flaw) => {
    expect(firstFlaw(rows)).toEqual({ at, flaw });
  });

  it.each(cases)('has a sentence for %s', (_, _rows, _at, flaw) => {
    expect(describeFlaw(flaw)).toMatch(/^[a-z].{15,}[^.]$/s);
  });

  it('finds any single change of any row, at that row or the next', () => {
    const drafts = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 4_000_000_000_000 }).map(instant),
        event: fc.constantFrom('command.accepted' as const, 'call.intended' as const),
        actor: fc.constantFrom<AuditDraft['actor']>({ kind: 'bot' }, { kind: 'person', person: alice }),
        correlation: fc.string({ minLength: 1 }),
        reason: fc.string({ unit: 'grapheme' }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    const edit = fc.record({
      row: fc.nat(),
      what: fc.constantFrom('text', 'hash', 'seq', 'remove', 'double', 'exchange'),
      at: fc.nat(),
      put: fc.string({ maxLength: 2 }),
    });
    return fc.assert(
      fc.property(drafts, edit, (entries, { row: pick, what, at, put }) => {
        const rows = chain(entries.length, (n) => entries[n - 1] ?? draft(n));
        const index = pick % rows.length;
        const target = rows[index];
        if (target === undefined) return;
        const splice = (text: string) => {
          const place = at % text.length;
          return text.slice(0, place) + put + text.slice(place + 1);
        };
        const broken = rows.map((each) => ({ ...each }));
        const here = broken[index];
        const other = broken[index + 1];
        if (here === undefined) return;
        if (what === 'text') here.text = splice(here.text);
        else if (what === 'hash') here.hash = splice(here.hash);
        else if (what === 'seq') here.seq = at;
        else if (what === 'double') broken.splice(index, 0, { ...here });
        else if (what === 'exchange' && other !== undefined) {
          [here.text, other.text] = [other.text, here.text];
          [here.hash, other.hash] = [other.hash, here.hash];
        } else if (what === 'remove') {
          // Only an anchor can know of an end that is gone.
          fc.pre(index < rows.length - 1);
          broken.splice(index, 1);
        }
        fc.pre(JSON.stringify(broken) !== JSON.stringify(rows));
        const found = firstFlaw(broken);
        expect(found).not.toBeNull();
        // Rows before the change are never blamed.
        expect(found?.at).toBeGreaterThanOrEqual(Math.min(target.seq, here.seq));
      }),
      { numRuns: 500 },
    );
  });
});
