import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { noProgress } from '../src/cli/progress.ts';
import { nothingKept, verifyLog } from '../src/cli/verify-log.ts';
import { systemClock } from '../src/clock.ts';
import { openAuditFile } from '../src/store/audit-file.ts';
import { sha256 } from '../src/store/sha256.ts';
import { connected } from '../test/mesos/support/connected.ts';
import { median, timed } from './measure.ts';
import type { Job, Measured } from './run-child.ts';

// A process of its own: does the job in its argument, tells its parent what it measured, and ends.
const job: Job = JSON.parse(process.argv[2] ?? '');
await wait(50); // what the imports left to do
const before = process.memoryUsage.rss();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const ms = await run();
await wait(20); // the monitor sees the last block only after it
delay.disable();
const measured: Measured = {
  ms,
  // maxRSS is in KiB.
  peakGrowthMb: (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20,
  blockedMs: delay.max / 1e6,
};
process.send?.(measured);

async function run(): Promise<number> {
  if (job.job === 'verify') {
    const file = await openAuditFile(job.file);
    let last = '';
    const took = await timed(async () => {
      const print = async (line: string) => {
        last = line;
      };
      const whole = await verifyLog(file, nothingKept, { sha256, print, progress: noProgress });
      if (!whole) throw new Error(last);
    });
    await file.close();
    return took;
  }
  const { master, close } = connected([new URL(job.master)], {
    readDeadlineMs: 60_000,
    clock: systemClock(),
  });
  const took: number[] = [];
  for (let round = 0; round < job.rounds; round++) took.push(await timed(() => master.sweep()));
  await close();
  return median(took);
}
