import type { Head } from '../verify.ts';

/** A file whose log was closed, as the first entry of the next one tells of it: where it ended, and its bytes. */
export interface ClosedFile extends Head {
  /** Its name, without the folder: that may change. */
  file: string;
  sha256: string;
  bytes: number;
}

/** The file that a log goes on from, by its first entry; null: that is no such entry, or does not say it whole. */
export function closedBefore(first: { event?: unknown; facts?: unknown }): ClosedFile | null {
  if (first.event !== 'log.continued') return null;
  const { closed } = (first.facts ?? {}) as { closed?: Partial<ClosedFile> | null };
  if (typeof closed !== 'object' || closed === null) return null;
  const { file, sha256, bytes, seq, hash } = closed;
  if (typeof file !== 'string' || typeof bytes !== 'number' || !isDigest(sha256) || !isDigest(hash))
    return null;
  return typeof seq === 'number' && Number.isSafeInteger(seq) && seq > 0
    ? { file, sha256, bytes, seq, hash }
    : null;
}

/** What is wrong between two files of a log, the one that ended and the one after it. */
export type JointFlaw =
  | { code: 'begins-anew' }
  | { code: 'another-end'; closed: ClosedFile; head: Head }
  | { code: 'other-bytes'; closed: ClosedFile; found: string };

/** Whether a file that goes on from `closed` follows one that ends at `head` and has the digest `sha256`. */
export function checkJoint(closed: ClosedFile | null, head: Head, sha256: string): JointFlaw | null {
  if (closed === null) return { code: 'begins-anew' };
  if (closed.seq !== head.seq || closed.hash !== head.hash) return { code: 'another-end', closed, head };
  return closed.sha256 === sha256 ? null : { code: 'other-bytes', closed, found: sha256 };
}

/** Whether the chain breaks there: other bytes may hold the same log. */
export function isWorse({ code }: JointFlaw): boolean {
  return code !== 'other-bytes';
}

/** A flaw in a sentence without its end. */
export function describeJoint(flaw: JointFlaw): string {
  switch (flaw.code) {
    case 'begins-anew':
      return 'it does not go on from another file: this is the first one of a log, or its beginning was removed';
    case 'another-end': {
      const { closed, head } = flaw;
      return `it goes on from ${closed.file}, closed at entry ${closed.seq} with the hash ${closed.hash}, and the file before it ends at entry ${head.seq} with ${head.hash}: they are not in order, one between them is missing, or one was changed`;
    }
    case 'other-bytes':
      return `${flaw.closed.file} was closed with the SHA-256 ${flaw.closed.sha256} and now has ${flaw.found}: its log is the same, but the file was written to, or is a copy made by SQLite`;
  }
}

function isDigest(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}
