import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../src/app/ports.ts';
import { newId, systemClock } from '../src/clock.ts';
import { openStore } from '../src/store/open.ts';
import { sha256 } from '../src/store/sha256.ts';

/** Runs `work` with a folder that is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mesos-chatops-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The bot's own store over a real file. */
export async function openAt(path: string): Promise<Store> {
  return await openStore({
    path,
    clock: systemClock(),
    newId,
    sha256,
    clean: (text) => text,
    owner: 'bench',
  });
}
