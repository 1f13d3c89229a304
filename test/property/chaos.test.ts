import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { liveNear } from '../support/near/near-life.ts';
import { type NearScript, nearScript } from '../support/near/script.ts';

/** The same scripts each time; CHAOS_SEED and CHAOS_RUNS look further, and CHAOS_PATH goes straight to what fast-check
 * printed with a failure. */
const seed = Number(process.env['CHAOS_SEED'] ?? 20_261_125);
const numRuns = Number(process.env['CHAOS_RUNS'] ?? 1_000);
const path = process.env['CHAOS_PATH'];

describe('whatever happens to cluster, Slack, people and the bot itself, in whatever order', () => {
  it('nothing is told that is not so, no call is made twice or without a second person, and all agree at the end', async () => {
    const property = fc.asyncProperty(nearScript, async (script) => (await liveNear(script)).length === 0);
    const found = await fc.check(property, { seed, numRuns, ...(path === undefined ? {} : { path }) });
    const [script] = found.counterexample ?? [];
    expect(script === undefined ? '' : await report(script, found)).toBe('');
  }, 1_800_000);
});

/** The shortest script that fails, how to play it again, and all that happens in it. */
async function report(script: NearScript, found: fc.RunDetails<[NearScript]>): Promise<string> {
  const again = `CHAOS_SEED=${found.seed} CHAOS_PATH=${found.counterexamplePath} npm test -- test/property`;
  const lines: string[] = [];
  const objections = await liveNear(script, { trace: (line) => void lines.push(line) });
  return [again, JSON.stringify(script), ...lines, ...objections].join('\n');
}
