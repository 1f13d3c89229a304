import type { Json } from '../audit.ts';
import type { Head } from '../verify.ts';

/** A signature of a head of the log. */
export interface HeadSignature {
  /** Which key: hex sha256 of the public key (SubjectPublicKeyInfo, DER). */
  key: string;
  /** Ed25519, in base64. */
  value: string;
}

/** Signs with the one key that the bot was given; handed in, so that judgement needs no package. */
export interface Signer {
  key: string;
  sign(text: string): string;
}

/** The public keys that whoever verifies has. */
export interface PublicKeys {
  ids: readonly string[];
  /** Whether the text was signed with that key, which is one of `ids`. */
  fits(key: string, text: string, signature: string): boolean;
}

/** What a signature of a head is about. `at`: the time of that entry, as it stands there. */
export interface SignedHead extends Head {
  database: string;
  at: string;
}

/** The text that is signed: what it is, so that no other signature of the key can pass for one, and of which log. */
export function signedText({ database, seq, hash, at }: SignedHead): string {
  return [
    'mesos-chatops head of an audit log, v 1',
    `database ${database}`,
    `entry ${seq}`,
    `hash ${hash}`,
    `time ${at}`,
  ].join('\n');
}

/** The facts of an entry `head.signed`. */
export function factsOfSigned(head: SignedHead, { key, value }: HeadSignature): Json {
  const { database, seq, hash, at } = head;
  return { database, seq, hash, at, key, signature: value };
}

/** What is wrong with an entry `head.signed`. */
export type SignedFlaw =
  | { code: 'signs-nothing' }
  | { code: 'signs-another-head'; seq: number; hash: string }
  | { code: 'signed-for-another-database'; database: string; own: string }
  | { code: 'key-not-given'; key: string }
  | { code: 'signature-wrong'; key: string };

/** Whether an entry `head.signed`, of which `text` is the canonical JSON, signs the entry before it, `last`, of this very
 * database. Without keys only what needs none is judged. `own` null: which database it is is not known. Null: nothing is
 * wrong. */
export function checkSigned(
  text: string,
  last: Head,
  own: string | null,
  keys: PublicKeys | null,
): SignedFlaw | null {
  const signed = signedIn(text);
  if (signed === null) return { code: 'signs-nothing' };
  const { head, signature } = signed;
  if (head.seq !== last.seq || head.hash !== last.hash)
    return { code: 'signs-another-head', seq: head.seq, hash: head.hash };
  if (own !== null && head.database !== own)
    return { code: 'signed-for-another-database', database: head.database, own };
  if (keys === null) return null;
  if (!keys.ids.includes(signature.key)) return { code: 'key-not-given', key: signature.key };
  return keys.fits(signature.key, signedText(head), signature.value)
    ? null
    : { code: 'signature-wrong', key: signature.key };
}

/** A flaw of a signature in a sentence. */
export function describeSigned(flaw: SignedFlaw): string {
  switch (flaw.code) {
    case 'signs-nothing':
      return 'it should hold a signature, and does not';
    case 'signs-another-head':
      return `it signs ${flaw.seq}:${flaw.hash}, which is not the entry before it: the chain was rebuilt, or the signature comes from elsewhere`;
    case 'signed-for-another-database':
      return `it signs a head of database ${flaw.database}, and this one says that it is ${flaw.own}`;
    case 'key-not-given':
      return `it is signed with the key ${flaw.key}, which was not given: if that was the bot's, give its public key too; else the entry is forged`;
    case 'signature-wrong':
      return `its signature was not made with the key ${flaw.key}: it is forged or damaged`;
  }
}

function signedIn(text: string): { head: SignedHead; signature: HeadSignature } | null {
  const { facts }: { facts?: Json } = JSON.parse(text);
  if (facts === undefined || facts === null || typeof facts !== 'object' || Array.isArray(facts)) return null;
  const { database, seq, hash, at, key, signature: value } = facts;
  if (typeof database !== 'string' || typeof hash !== 'string' || typeof at !== 'string') return null;
  if (typeof seq !== 'number' || typeof key !== 'string' || typeof value !== 'string') return null;
  return { head: { database, seq, hash, at }, signature: { key, value } };
}
