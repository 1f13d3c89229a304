import { join } from 'node:path';
import type { Store } from '../src/app/ports.ts';
import type { KnownAgent } from '../src/domain/agent.ts';
import { agentId, correlationId } from '../src/domain/ids.ts';
import { cluster, known, typed } from '../test/support/samples.ts';
import { inFolder, openAt } from './folder.ts';
import { sideBySide, timed } from './measure.ts';
import type { Row } from './row.ts';

const sizes = { small: 1_000, large: 10_000 };

/** What a sweep writes, how the directory is read back, and how long a command waits for its commit meanwhile. */
export async function directory(): Promise<Row[]> {
  return await inFolder(async (folder) => {
    const small = await openAt(join(folder, 'small.db'));
    const large = await openAt(join(folder, 'large.db'));
    const waits: { small: number; large: number } = { small: 0, large: 0 };
    const save = (store: Store, size: 'small' | 'large', agents: KnownAgent[]) => async () => {
      const written = store.transact((tx) => tx.rememberAgents(cluster, agents));
      waits[size] = Math.max(waits[size], await timed(() => takeIn(store)));
      await written;
    };
    try {
      const [writeSmall, writeLarge] = await sideBySide(
        3,
        save(small, 'small', agentsOf(sizes.small)),
        save(large, 'large', agentsOf(sizes.large)),
      );
      const [readSmall, readLarge] = await sideBySide(
        5,
        () => small.directory(cluster),
        () => large.directory(cluster),
      );
      const what = 'directory of 1 000 and 10 000 agents';
      const each = (ms: number, size: number) => (ms / size) * 1000;
      return [
        {
          what: `${what}: write, an agent`,
          small: each(writeSmall, sizes.small),
          large: each(writeLarge, sizes.large),
          unit: 'µs',
          expected: '1: a hundred rows a statement, in one transaction.',
        },
        {
          what: `${what}: read, an agent`,
          small: each(readSmall, sizes.small),
          large: each(readLarge, sizes.large),
          unit: 'µs',
          expected: '1: each row is parsed and checked once.',
        },
        {
          what: `${what}: longest wait of a command's commit behind the write`,
          small: waits.small,
          large: waits.large,
          unit: 'ms',
          expected:
            '10: there is one connection, and the write is one transaction. A commit must be back in 2 s, or the person is told "not recorded": the right column must stay far below.',
        },
      ];
    } finally {
      await small.close();
      await large.close();
    }
  });
}

let commands = 0;

async function takeIn(store: Store): Promise<void> {
  const triggerId = `bench-${++commands}`;
  await store.transact((tx) => tx.takeIn(typed({ triggerId }), correlationId(triggerId)));
}

function agentsOf(count: number): KnownAgent[] {
  return Array.from({ length: count }, (_, at) =>
    known({
      agentId: agentId(`36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S${at}`),
      hostname: `agent${at}.example`,
      attributes: { rack: `r${at % 40}`, zone: `z${at % 3}` },
    }),
  );
}
