import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Returns when what the file holds would survive a loss of power. */
export function syncFile(path: string): void {
  sync(path);
}

/** The same for the names in the file's folder: a file that was made, linked or renamed there. */
export function syncNames(path: string): void {
  sync(dirname(path));
}

/** Hex sha256 of a file's bytes, and how many there are; a piece in memory at a time. */
export async function digestOf(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path)) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
