import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a process of its own is to do, so that its memory is its own too. */
export type Job = { job: 'verify'; file: string } | { job: 'sweep'; master: string; rounds: number };

/** What it measured. `peakGrowthMb`: its peak resident set beyond that before the work. `blockedMs`: the longest
 * time in which its event loop did nothing else. */
export interface Measured {
  ms: number;
  peakGrowthMb: number;
  blockedMs: number;
}

/** Runs a job in a fresh process. */
export function inChild(job: Job): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [JSON.stringify(job)]);
    let measured: Measured | null = null;
    child.once('message', (message) => {
      measured = message as Measured;
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (measured === null) reject(new Error(`${job.job} ended with ${code} and measured nothing`));
      else resolve(measured);
    });
  });
}
