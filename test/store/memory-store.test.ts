import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OpenDrainExists, StoreFault, VersionConflict } from '../../src/app/faults.ts';
import type { Store } from '../../src/app/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { sha256 } from '../../src/store/sha256.ts';
import type { Asked } from '../support/near/memory-store.ts';
import { liveNear } from '../support/near/near-life.ts';
import { nearScript } from '../support/near/script.ts';
import { readAudit } from '../support/read-audit.ts';
import { cleanUp, freshPath } from './fresh-store.ts';
import { noon } from './noon.ts';

cleanUp();

const scripts = fc.sample(nearScript, { seed: 20_261_125, numRuns: 12 });

/** Takes back a transaction that came to nothing in memory too. */
class TakenBack extends Error {}

type Method = (...args: unknown[]) => Promise<unknown>;

describe('the store in memory, which the property test runs on', () => {
  it.each(scripts.map((script, n) => ({ n, script })))(
    'answers as SQLite does: life $n',
    async ({ script }) => {
      const all: Asked[] = [];
      await liveNear(script, { onAsked: (asked) => void all.push(asked) });
      const path = freshPath();
      const store = await openStore({
        path,
        clock: { now: () => noon, after: () => () => undefined },
        newId: () => 'memory',
        sha256,
        clean: (text) => text,
        owner: 'the test',
      });
      try {
        for (const asked of all) await askAgain(store, asked);
      } finally {
        await store.close();
      }
      expect((await readAudit(path)).flaws).toEqual([]);
    },
  );
});

async function askAgain(store: Store, asked: Asked): Promise<void> {
  if (asked.kind === 'read') {
    const { name, args } = asked;
    const said = await (store[name as keyof Store] as Method)(...args);
    expect({ name, args, said }).toEqual(
      asked.said === undefined ? { name, args } : { name, args, said: asked.said },
    );
    return;
  }
  const replayed = store.transact(async (tx) => {
    for (const { name, args, said } of asked.steps) {
      const again = await (tx[name as keyof typeof tx] as Method)(...args).catch((fault: unknown) => fault);
      expect({ name, args, said: faultOr(again) }).toEqual({ name, args, said: faultOr(said) });
    }
    if (!asked.committed) throw new TakenBack();
  });
  await replayed.catch((fault: unknown) => {
    if (!(fault instanceof TakenBack)) throw fault;
  });
}

/** Of a fault, what counts is its kind. */
function faultOr(said: unknown): unknown {
  if (said instanceof OpenDrainExists) return 'OpenDrainExists';
  if (said instanceof VersionConflict) return 'VersionConflict';
  return said instanceof StoreFault ? 'StoreFault' : said;
}
