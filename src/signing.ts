import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { PublicKeys, Signer } from './domain/audit/signed-head.ts';

/** Which key: hex sha256 of its public half (SubjectPublicKeyInfo, DER), as `openssl pkey -pubin -outform DER | sha256sum`. */
export function keyIdOf(key: KeyObject): string {
  const pub = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(pub.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Signs with this Ed25519 private key. */
export function signerBy(key: KeyObject): Signer {
  return {
    key: keyIdOf(key),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  };
}

/** The Ed25519 public key in a PEM text; null: it holds none. */
export function publicKeyIn(pem: string): KeyObject | null {
  // createPublicKey takes a private key too, which has no business where logs are verified.
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) return null;
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/** Checks signatures by these keys. */
export function publicKeys(keys: readonly KeyObject[]): PublicKeys {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  return {
    ids: [...byId.keys()],
    fits: (id, text, signature) => {
      const key = byId.get(id);
      return key !== undefined && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
    },
  };
}
