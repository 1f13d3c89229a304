import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RollingScript, rollingScript, rollNear } from '../support/near/roll-near.ts';

const runs = Number(process.env['CHAOS_RUNS'] ?? 30);
const seed = Number(process.env['CHAOS_SEED'] ?? 20_261_126);

describe('whatever happens to a fleet that is rolled', () => {
  it('keeps to every limit at every moment, and comes to its end', async () => {
    const property = fc.asyncProperty(rollingScript, async (script) => (await rollNear(script)).length === 0);
    const found = await fc.check(property, { seed, numRuns: runs });
    const [script] = found.counterexample ?? [];
    if (script === undefined) return;
    const lines: string[] = [];
    const objections = await rollNear(script, (line) => void lines.push(line));
    expect([JSON.stringify(script), ...lines, ...objections].join('\n')).toBe('');
  }, 600_000);

  it('holds for two hundred agents by five, through a failover and two crashes', async () => {
    const script: RollingScript = {
      ...{ agents: 200, racks: 20, instances: 4, parallel: 5, perRack: 1, afterwards: 'wait', spare: 200 },
      lives: [
        { at: 500, when: 'after', downSeconds: 20 },
        { at: 900, when: 'before', downSeconds: 60 },
      ],
      events: [{ afterMs: 600_000, event: { do: 'failover' } }],
    };
    const told: string[] = [];
    expect(await rollNear(script, (line) => void told.push(line))).toEqual([]);
    expect(told.filter((line) => line.endsWith('DIES'))).toHaveLength(2);
    // Calls that were on their way when the process died may never have left; those agents are left out.
    const [, drained] = /has ended:\* (\d+) of 200 agents are drained/.exec(told.at(-1) ?? '') ?? [];
    expect(Number(drained)).toBeGreaterThan(190);
  }, 600_000);

  it('shows somebody who drains past the bot, and beyond the limits', async () => {
    const script: RollingScript = {
      ...{
        agents: 6,
        racks: 5,
        instances: 1,
        parallel: 2,
        perRack: 1,
        afterwards: 'wait',
        spare: 16,
        lives: [],
      },
      events: [3, 4, 5].map((n) => ({ afterMs: 0, event: { do: 'curl', n } })),
    };
    expect((await rollNear(script)).join()).toContain('agents are DRAINING, 2 may at once');
  });
});
