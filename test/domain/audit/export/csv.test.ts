import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvHead, csvLine, guarded, unguarded } from '../../../../src/domain/audit/export/csv.ts';
import { full, least, logged } from './full-entry.ts';

/** RFC 4180, strictly: the cells of each record. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  while (cell.lastIndex < text.length) {
    const [all, inQuotes, bare, end] = cell.exec(text) ?? [];
    if (all === undefined) throw new Error(`not RFC 4180 from ${JSON.stringify(text.slice(0, 40))}`);
    cells.push(inQuotes?.replaceAll('""', '"') ?? bare ?? '');
    if (end === ',') continue;
    records.push(cells);
    cells = [];
  }
  return records;
}

const columns = recordsOf(csvHead.slice(1))[0] ?? [];

/** The cells of an entry by their columns. */
function cellsOf(entry: Parameters<typeof logged>[0]): Record<string, string> {
  const [cells = [], ...more] = recordsOf(csvLine(logged(entry)));
  expect(more).toEqual([]);
  expect(cells).toHaveLength(columns.length);
  return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
}

describe('the CSV', () => {
  it('begins with a byte order mark and the names of its columns', () => {
    expect(csvHead).toMatch(/^\uFEFFat,seq,event,actor,.*,hash\r\n$/);
    expect(new Set(columns).size).toBe(columns.length);
  });

  it('has everything that an entry has, in one line', () => {
    expect(cellsOf(full)).toMatchObject({
      at: '2026-03-01T12:05:00.250Z',
      seq: '412',
      actor_user: 'U0ALICE00',
      agent_id: '3669f2a1-S12',
      drain: '17',
      approved_by: 'U0BOB0000, U0CAROL00',
      approved_by_name: 'bob, carol',
      command_parsed: '{"markGone":true,"verb":"drain"}',
      reason: 'disk "dying", slowly',
      request_body: '{"type":"DRAIN_AGENT"}',
      response_status: '202',
      duration_ms: '1250',
      facts: '{"left":3,"why":["a","b"]}',
    });
  });

  it('leaves empty what an entry does not have', () => {
    const filled = Object.entries(cellsOf(least())).filter(([, cell]) => cell !== '');
    expect(filled.map(([column]) => column)).toEqual([
      'at',
      'seq',
      'event',
      'actor',
      'correlation',
      'v',
      'hash',
    ]);
  });

  it('keeps a record together whatever people and masters write', () => {
    const body = 'a,b;c\r\n"d"\n\0e\u0007';
    const { response_body, reason } = cellsOf({
      ...full,
      reason: ' spaced ',
      response: { ...full.response, body },
    });
    expect(response_body).toBe('a,b;c\r\n"d"\n\u2400e\u2407');
    expect(reason).toBe(' spaced ');
  });
});

describe('a text in a cell', () => {
  it.each([
    ['a formula', '=HYPERLINK("http://evil","x")', `'=HYPERLINK("http://evil","x")`],
    ['a plus', '+1', "'+1"],
    ['a minus before a name', '-x', "'-x"],
    ['an at', '@SUM(A1)', "'@SUM(A1)"],
    ['one after spaces, which some cut', '  =1', "  '=1"],
    ['one after a tab', '\t=1', "\t'=1"],
    ['one after a carriage return', '\r=1', "\r'=1"],
    ['one after quotes, which some take off', '"=1"', `"'=1"`],
    ['one after an apostrophe', "'=1", "''=1"],
    ['one where a spreadsheet cuts cells at semicolons', 'disk;=1', "disk;'=1"],
    ['one in a later line', 'disk\n =1', "disk\n '=1"],
    ['one of full width', '\uFF1D1+1', "'\uFF1D1+1"],
    ['a plus of full width', '\uFF0B1', "'\uFF0B1"],
    ['a number', '007', "'007"],
    ['a negative number', '-5', "'-5"],
    ['a Slack ts', '1700000000.000100', "'1700000000.000100"],
    ['a hash that looks like a number', `12e${'3'.repeat(61)}`, `'12e${'3'.repeat(61)}`],
    ['a date', '2026-03-01', "'2026-03-01"],
    ['a date with a month', '1-Mar', "'1-Mar"],
    ['a month with a year', 'March 2026', "'March 2026"],
    ['a fraction', '1/2', "'1/2"],
    ['a time', '12:30 PM', "'12:30 PM"],
    ['a truth value', 'TRUE', "'TRUE"],
    ['a number that had an apostrophe', "'5", "''5"],
  ])('is kept from being taken for other: %s', (_, text, cell) => {
    expect(guarded(text)).toBe(cell);
    expect(unguarded(cell)).toBe(text);
  });

  it.each(['drain agent3 --mark-gone', '3669f2a1-9c1e-S12', 'a=b', "it's", 'may', '2 of 3 tasks', ''])(
    'stays as it is where it is harmless: %s',
    (text) => expect(guarded(text)).toBe(text),
  );

  const parts = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '\uFF1D',
    "'",
    '"',
    ';',
    '\t',
    '\n',
    '\r',
    ' ',
    '1',
    'e',
    ',',
  );
  const texts = fc.oneof(
    fc.array(fc.oneof(parts, fc.string())).map((all) => all.join('')),
    fc.string(),
  );
  const printable = (text: string) => !/\p{Cc}/u.test(text.replace(/[\t\r\n]/g, ''));

  it('can be read back, and begins no formula anywhere, whatever it is', () => {
    void fc.assert(
      fc.property(texts.filter(printable), (text) => {
        const cell = guarded(text);
        expect(unguarded(cell)).toBe(text);
        expect(cell).not.toMatch(/(^|[;\t\r\n])[\s"]*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]/);
      }),
      { numRuns: 500, examples: [['\t-1'], ['1\t-2'], ["'-1"], ["'1"]] },
    );
  });

  it('takes no time where it is long and all digits and spaces', () => {
    // Ran for hours as one pattern; a test that hangs is one that fails.
    expect(guarded(`${'1 '.repeat(20_000)}x`)).toHaveLength(40_001);
  });
});
