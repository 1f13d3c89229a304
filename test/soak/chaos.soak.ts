import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { script } from '../support/chaos.ts';
import { live } from '../support/live.ts';

/** Not part of `npm test`: sockets interleave as they please, so a run finds what it finds. `npm run soak` plays the same
 * scripts each time; CHAOS_SEED and CHAOS_RUNS look further. */
const seed = Number(process.env['CHAOS_SEED'] ?? 20_261_122);
const runs = Number(process.env['CHAOS_RUNS'] ?? 12);
const scripts = fc.sample(script, { seed, numRuns: runs });

describe('whatever happens while agents drain', () => {
  // Side by side: each world has its own clock, and much of the time is spent on waiting for sockets.
  it.concurrent.each(scripts.map((each, n) => ({ n, each })))(
    `is told truly, done once and comes to an end (seed ${seed}, script $n)`,
    async ({ each }) => {
      const trace: string[] = [];
      const objections = await live(each, (line) => void trace.push(line));
      const told = objections.length === 0 ? '' : [JSON.stringify(each), ...trace].join('\n');
      expect({ objections, told }).toEqual({ objections: [], told: '' });
    },
    120_000,
  );
});
