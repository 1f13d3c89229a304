import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grammar } from '../../src/commands/grammar.ts';
import { parseCommand } from '../../src/commands/parse.ts';
import { tokenize } from '../../src/commands/tokenize.ts';
import { instant } from '../../src/domain/ids.ts';

const now = instant(Date.UTC(2026, 10, 22, 12));

const pieces = [
  ...grammar.flatMap(({ verb, flags }) => [verb, ...flags.map(({ name }) => `--${name}`)]),
  ...[
    '—',
    '–',
    '--',
    '-',
    '=',
    '"',
    '“',
    '’',
    '`',
    '<',
    '>',
    '|',
    '&amp;',
    '&lt;',
    '<@U123|a>',
    '<http://a|b>',
  ],
  ...[
    ' ',
    '\u00A0',
    '\u200B',
    '\u200D',
    '\u202E',
    '\0',
    '\uD800',
    '\uDC00',
    '🔥',
    'agent3',
    'S4',
    'd17',
    '10m',
  ],
];
const commandLike = fc
  .array(
    fc.oneof(fc.constantFrom(...pieces), fc.constant(' '), fc.string({ unit: 'binary', maxLength: 4 })),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));
const anyText = fc.oneof(
  commandLike,
  commandLike.map((text) => `drain agent3 ${text}`),
  fc.string({ unit: 'binary', maxLength: 4_000 }),
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
);

describe('any text', () => {
  it('is understood, or refused with places inside it; nothing throws', async () => {
    await fc.assert(
      fc.property(anyText, (text) => {
        const result = parseCommand(text, { now });
        if (result.ok) return;
        expect(result.refusal.code).toBe('bad-command');
        if (result.refusal.code !== 'bad-command') return;
        expect(result.refusal.problems.length).toBeGreaterThan(0);
        for (const { at, length } of result.refusal.problems) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThanOrEqual(0);
          expect(at + length).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is cut into tokens that stand in order and leave out only spaces and back-ticks', async () => {
    await fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const { at, length } of tokenize(text).tokens) {
          expect(text.slice(end, at)).toMatch(/^[\s\u200B\u2060`]*$/);
          expect(length).toBeGreaterThan(0);
          end = at + length;
        }
        expect(text.slice(end)).toMatch(/^[\s\u200B\u2060`]*$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never loses a flag that marks an agent gone', async () => {
    const lead = fc.constantFrom('--', '-', '—', '–', '―', '−', '`--', ' —', '——', '"--', '-- ', '— ', '');
    await fc.assert(
      fc.property(
        lead,
        fc.constantFrom('mark-gone', 'mark_gone', 'Mark–Gone'),
        commandLike,
        (dash, name, more) => {
          const result = parseCommand(`drain agent3 --reason fix ${dash}${name} ${more}`, { now });
          const command = result.ok ? result.value.command : null;
          if (command?.verb !== 'drain' || command.markGone) return;
          // It was text then: without a dash before it.
          expect(dash).toBe('');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['quotes', '"'],
    ['back-ticks before flags', '`--a` '],
    ['brackets', '<a|'],
    ['dashes', '-'],
    ['flags', '--reason '],
    ['entities', '&amp;'],
  ])('of %s alone takes no more than a moment', (_, piece) => {
    const text = `drain ${piece.repeat(3_000)}`.slice(0, 3_000);
    const started = performance.now();
    expect(parseCommand(text, { now }).ok).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
