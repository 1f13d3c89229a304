import fc from 'fast-check';
import { liveNear } from './near-life.ts';
import { type NearScript, nearScript } from './script.ts';

/** Lives so many random scripts, the same ones for the same seed; answers the shortest that fails, or ''. CHAOS_SEED and
 * CHAOS_RUNS look further, and CHAOS_PATH goes straight to what fast-check printed with a failure. */
export async function failureAmong(seed: number): Promise<string> {
  const path = process.env['CHAOS_PATH'];
  const property = fc.asyncProperty(nearScript, async (script) => (await liveNear(script)).length === 0);
  const found = await fc.check(property, {
    seed: Number(process.env['CHAOS_SEED'] ?? seed),
    numRuns: Number(process.env['CHAOS_RUNS'] ?? 1_000),
    ...(path === undefined ? {} : { path }),
  });
  const [script] = found.counterexample ?? [];
  return script === undefined ? '' : await report(script, found);
}

/** The shortest script that fails, how to play it again, and all that happens in it. */
async function report(script: NearScript, found: fc.RunDetails<[NearScript]>): Promise<string> {
  const again = `CHAOS_SEED=${found.seed} CHAOS_PATH=${found.counterexamplePath} npm test -- test/property`;
  const lines: string[] = [];
  const objections = await liveNear(script, { trace: (line) => void lines.push(line) });
  return [again, JSON.stringify(script), ...lines, ...objections].join('\n');
}
