import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Findings } from './findings.ts';
import type { Files } from './tls.ts';
import type { Values } from './variables.ts';

const name = 'AUDIT_SIGNING_KEY_FILE';
const way = 'npm run audit -- new-key FILE makes one';

/** The key that heads of the audit log are signed with; null: none is named, or what is wrong with it is reported. What the
 * file holds is in no problem. */
export function signingKeyOf(values: Values, files: Files, found: Findings): KeyObject | null {
  const path = values[name];
  if (path === null) return null;
  const shown = `${name} ${JSON.stringify(path)}`;
  let text: string;
  let mode: number;
  try {
    text = files.read(path);
    mode = files.mode(path);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
    found.problems.push(`${shown} can't be read (${code})`);
    return null;
  }
  const key = privateKeyIn(text);
  if (key === null)
    found.problems.push(`${shown} holds no Ed25519 private key (PEM, PKCS #8, not encrypted): ${way}`);
  // Whoever else reads it can sign what the bot never wrote.
  if ((mode & 0o077) !== 0)
    found.problems.push(
      `${shown} can be read or written by others than its owner (mode ${(mode & 0o777).toString(8)}): chmod 600`,
    );
  return key;
}

function privateKeyIn(text: string): KeyObject | null {
  if (!text.includes('-----BEGIN PRIVATE KEY-----')) return null;
  try {
    const key = createPrivateKey(text);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}
