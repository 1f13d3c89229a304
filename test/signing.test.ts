import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { signedText } from '../src/domain/audit/signed-head.ts';
import { publicKeyIn, publicKeys, signerBy } from '../src/signing.ts';

const head = {
  database: '6c2f9a3e-0b7d-4a51-9d0e-2f4c8b1a7e35',
  seq: 2,
  hash: 'f38e10230c944ee7b752afb3a054b82c17248e068149382320dc068d2452082e',
  at: '2026-03-01T12:05:00.250Z',
};

describe('signing a head of the log', () => {
  it('fits that head alone, and its key', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const signer = signerBy(privateKey);
    const keys = publicKeys([publicKey]);
    const signature = signer.sign(signedText(head));
    expect(keys.ids).toEqual([signer.key]);
    expect(keys.fits(signer.key, signedText(head), signature)).toBe(true);
    const others = [
      { seq: 3 },
      { database: 'other' },
      { hash: '0'.repeat(64) },
      { at: '2026-03-01T12:05:00.251Z' },
    ];
    for (const other of others)
      expect(keys.fits(signer.key, signedText({ ...head, ...other }), signature)).toBe(false);
    expect(
      publicKeys([generateKeyPairSync('ed25519').publicKey]).fits(signer.key, signedText(head), signature),
    ).toBe(false);
  });

  it('is as docs/audit-format.md has it', () => {
    const page = readFileSync(new URL('../docs/audit-format.md', import.meta.url), 'utf8');
    const [pem = ''] = /-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/.exec(page) ?? [];
    const [, typed = ''] = /^printf '%s\\n%s\\n%s\\n%s\\n%s' ([\s\S]*?) > head\.txt$/m.exec(page) ?? [];
    const lines = [...typed.matchAll(/'([^']*)'/g)].map(([, line]) => line);
    const [, signature = ''] = /head\.sig <<'END'\n(.*)\nEND/.exec(page) ?? [];
    const key = publicKeyIn(pem);
    if (key === null) throw new Error('no key on the page');
    const keys = publicKeys([key]);
    const [id = ''] = keys.ids;
    expect(lines.join('\n')).toBe(signedText(head));
    expect(keys.fits(id, signedText(head), signature)).toBe(true);
    expect(page).toContain(`# ${id}  -`);
  });
});
