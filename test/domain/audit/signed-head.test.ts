import { describe, expect, it } from '@jest/globals';
import {
  checkSigned,
  describeSigned,
  factsOfSigned,
  type PublicKeys,
  type SignedFlaw,
  signedText,
} from '../../../src/domain/audit/signed-head.ts';
import { withoutSecrets } from '../../../src/domain/audit/without-secrets.ts';
import { canonical } from '../../../src/domain/audit.ts';
import { draft } from '../../store/samples.ts';

const last = { seq: 41, hash: 'a'.repeat(64) };
const head = { ...last, database: 'db-1', at: '2026-03-01T12:00:00.000Z' };
const signature = { key: 'k-1', value: 'signed' };
const keys: PublicKeys = {
  ids: ['k-1', 'k-2'],
  fits: (key, text, by) => key === 'k-1' && text === signedText(head) && by === 'signed',
};
const entry = (facts: object | null = {}) =>
  canonical(facts === null ? {} : { facts: { ...Object(factsOfSigned(head, signature)), ...facts } });

describe('a signed head in the log', () => {
  it('is not searched for secrets: a password that stands in its hash would make the signature wrong', () => {
    const facts = factsOfSigned(head, signature);
    const signing = { ...draft(), event: 'head.signed' as const, facts };
    expect(withoutSecrets(signing, () => '[redacted]')).toBe(signing);
  });

  it('is of the entry before it, and signed with a key that was given', () => {
    expect(checkSigned(entry(), last, 'db-1', keys)).toBeNull();
    expect(checkSigned(entry({ signature: 'other' }), last, null, null)).toBeNull();
  });

  const cases: [string, string, SignedFlaw['code']][] = [
    ['one without facts', entry(null), 'signs-nothing'],
    ['one with something else in their place', entry({ seq: '41' }), 'signs-nothing'],
    ['one of another entry', entry({ seq: 40 }), 'signs-another-head'],
    ['one of another chain', entry({ hash: 'b'.repeat(64) }), 'signs-another-head'],
    ['one from another database', entry({ database: 'db-2' }), 'signed-for-another-database'],
    ['an unknown key', entry({ key: 'k-3' }), 'key-not-given'],
    ['a signature of another key', entry({ key: 'k-2' }), 'signature-wrong'],
    ['a signature of another time', entry({ at: '2026-03-01T12:00:00.001Z' }), 'signature-wrong'],
    ['a made-up signature', entry({ signature: 'sighed' }), 'signature-wrong'],
  ];

  it.each(cases)('is bad with %s', (_, text, code) => {
    const flaw = checkSigned(text, last, 'db-1', keys);
    expect(flaw?.code).toBe(code);
    if (flaw !== null) expect(describeSigned(flaw)).toMatch(/^[a-z].{15,}[^.]$/);
  });
});
