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

function isDigest(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}
