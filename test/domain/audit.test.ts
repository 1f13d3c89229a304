import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AuditDraft,
  auditEvents,
  bodyLimit,
  canonical,
  chainHash,
  entryOf,
  genesis,
  keptBody,
} from '../../src/domain/audit.ts';
import { instant, teamId, userId } from '../../src/domain/ids.ts';
import { keysOf, promised } from '../support/judge-entries.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the canonical form', () => {
  it.each([
    ['keys in order, no spaces', { b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
    // RFC 8785, 3.2.3: the order of UTF-16 units, in which a surrogate pair comes before U+FB33.
    [
      'keys in the order of UTF-16 units',
      { '\ufb33': 1, '\u{1f600}': 2, '\u20ac': 3, '\r': 4, '1': 5, '\u00f6': 6 },
      '{"\\r":4,"1":5,"\u00f6":6,"\u20ac":3,"\u{1f600}":2,"\ufb33":1}',
    ],
    ['keys like numbers as text', { '10': 1, '9': 2 }, '{"10":1,"9":2}'],
    ['nested keys in order', { z: { d: 1, c: 2 } }, '{"z":{"c":2,"d":1}}'],
    [
      'numbers as ECMAScript writes them',
      [0.1, -0, 1e-7, 4.5, 2 ** 53 - 1],
      '[0.1,0,1e-7,4.5,9007199254740991]',
    ],
    ['only the escapes that are needed', '"\\\u0007\n\u2028é/', '"\\"\\\\\\u0007\\n\u2028é/"'],
    ['no key that has no value', { a: undefined, b: 1 }, '{"b":1}'],
  ])('has %s', (_, value, text) => {
    expect(canonical(value)).toBe(text);
  });

  it.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['an integer past 2^53', 2 ** 53],
    ['a lone surrogate', 'a\ud800b'],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a BigInt', 1n],
    ['a function', () => 1],
  ])('refuses %s', (_, value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  });

  it('is the same for what it is read back as', () => {
    return fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        let text = '';
        try {
          text = canonical(value);
        } catch {
          fc.pre(false);
        }
        expect(canonical(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('an entry', () => {
  const draft: AuditDraft = {
    at: instant(Date.UTC(2026, 2, 1, 12, 0, 0, 7)),
    event: 'command.accepted',
    actor: { kind: 'person', person: { userId: userId('U0ALICE'), teamId: teamId('T0HOME'), name: 'alice' } },
    correlation: 'c-1',
    command: { typed: 'drain agent3' },
  };

  it('is its draft with number, form, and time in words', () => {
    expect(entryOf(draft, 17)).toEqual({
      v: 1,
      seq: 17,
      at: '2026-03-01T12:00:00.007Z',
      event: 'command.accepted',
      actor: { kind: 'person', user: 'U0ALICE', team: 'T0HOME', name: 'alice' },
      correlation: 'c-1',
      command: { typed: 'drain agent3' },
    });
  });

  it('can be written whatever people paste', () => {
    const pasted = { ...draft, reason: 'a\ud800b', facts: [{ '\udc00': 'ok' }] };
    expect(canonical(entryOf(pasted, 1))).toContain('"facts":[{"\ufffd":"ok"}],"reason":"a\ufffdb"');
  });

  it.each(['bot', 'outside'] as const)('of the actor %s has no person', (kind) => {
    expect(entryOf({ ...draft, actor: { kind } }, 1).actor).toEqual({ kind });
  });
});

describe('the chain', () => {
  it('hashes the hash before, a line feed, and the text', () => {
    expect(chainHash(sha256, genesis, '{"a":"é"}')).toBe(
      createHash('sha256')
        .update(Buffer.from(`${'0'.repeat(64)}\n{"a":"é"}`, 'utf8'))
        .digest('hex'),
    );
  });
});

describe('a kept body', () => {
  it('is cut, with the hash and length of the whole', () => {
    const body = 'é'.repeat(bodyLimit + 1);
    expect(keptBody(sha256, body)).toEqual({
      body: 'é'.repeat(bodyLimit),
      bodySha256: sha256(body),
      bodyBytes: 2 * (bodyLimit + 1),
    });
  });

  it('can be hashed even where the cut goes through a character', () => {
    const { body } = keptBody(sha256, `${'a'.repeat(bodyLimit - 1)}🛠`);
    expect(canonical(body)).toBe(`"${'a'.repeat(bodyLimit - 1)}\ufffd"`);
  });
});

describe('docs/audit-format.md', () => {
  const page = readFileSync(new URL('../../docs/audit-format.md', import.meta.url), 'utf8');

  it('has an example that comes out as it says', () => {
    const entries = [...page.matchAll(/^(?:one|two)='(.*)'$/gm)].map(([, text]) => text ?? '');
    const hashes = [...page.matchAll(/^# (\w{64}) {2}-$/gm)].map(([, hash]) => hash ?? '');
    const first = chainHash(sha256, genesis, entries[0] ?? '');
    expect(hashes.slice(0, 2)).toEqual([first, chainHash(sha256, first, entries[1] ?? '')]);
    for (const text of entries) expect(canonical(JSON.parse(text))).toBe(text);
  });

  it('lists every event, and no other', () => {
    const section = page.slice(page.indexOf('## The events'), page.indexOf('What an entry has for sure'));
    const listed = [...section.matchAll(/`([a-z-]+\.[a-z-]+)`/g)].map(([, code]) => code);
    expect(listed.sort()).toEqual([...auditEvents].sort());
  });

  it('says of every event what it always has, and of nothing else', () => {
    expect(auditEvents.filter((event) => keysOf(event).length <= keysOf('').length)).toEqual([]);
    const idle = promised.flatMap(({ codes }) =>
      codes.filter((code) => !auditEvents.some((event) => event.startsWith(code.replace('*', '')))),
    );
    expect(idle).toEqual([]);
  });
});
