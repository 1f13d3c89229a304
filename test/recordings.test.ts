import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOT_REPLAYED } from './recordings/not-replayed.ts';
import type { Situation, Stage } from './recordings/situation.ts';
import { stageOf } from './recordings/situation.ts';
import { ACCESS } from './recordings/situations/access.ts';
import {
  DEACTIVATED,
  DRAIN,
  FORMS,
  HOSTILE,
  LEGACY_EXECUTOR,
  STUCK,
} from './recordings/situations/drains.ts';
import { RECOVERED, TWO_MASTERS } from './recordings/situations/failover.ts';
import { GONE, REGISTRY } from './recordings/situations/gone.ts';
import { IDLE } from './recordings/situations/idle.ts';
import { MAINTENANCE } from './recordings/situations/maintenance.ts';
import { UNREACHABLE } from './recordings/situations/unreachable.ts';

/** How many .http files were recorded from a real cluster. */
const RECORDED = 343;

const SITUATIONS: readonly Situation[] = [
  IDLE,
  DRAIN,
  STUCK,
  FORMS,
  HOSTILE,
  LEGACY_EXECUTOR,
  DEACTIVATED,
  GONE,
  REGISTRY,
  UNREACHABLE,
  MAINTENANCE,
  ACCESS,
  TWO_MASTERS,
  RECOVERED,
];

describe.each(SITUATIONS)('simulated cluster: $name', (situation) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await stageOf(situation);
  });
  afterAll(() => stage.stop());

  for (const [i, step] of situation.steps.entries()) {
    if (typeof step === 'string') {
      it(`answers as recorded in ${step}`, async () => {
        const { recorded, simulated } = await stage.replay(step);
        expect(simulated).toEqual(recorded);
      });
    } else {
      const next = situation.steps.slice(i).find((each) => typeof each === 'string');
      it(`gets ready for ${next}`, () => stage.run(step));
    }
  }
});

describe('recordings', () => {
  const replayed = SITUATIONS.flatMap(({ steps }) => steps.filter((step) => typeof step === 'string'));
  const notReplayed = Object.values(NOT_REPLAYED).flat();

  it('are replayed, every one that is here, once', () => {
    const here = readdirSync(new URL('./recordings/', import.meta.url))
      .filter((name) => name.endsWith('.http'))
      .map((name) => name.slice(0, -'.http'.length));
    expect([...replayed].sort()).toEqual(here.sort());
  });

  it(`are all accounted for: ${replayed.length} replayed, ${notReplayed.length} not`, () => {
    expect(new Set([...replayed, ...notReplayed]).size).toBe(RECORDED);
    process.stdout.write(`recordings: ${replayed.length} replayed, ${notReplayed.length} not replayed\n`);
  });
});
