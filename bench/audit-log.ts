import { join } from 'node:path';
import type { Store } from '../src/app/ports.ts';
import type { AuditFilter } from '../src/domain/audit/filter.ts';
import { after, correlationId, drainId } from '../src/domain/ids.ts';
import { noon } from '../test/support/samples.ts';
import { draft, entryEveryMs, fillAudit, userOf } from './fill-audit.ts';
import { inFolder, openAt } from './folder.ts';
import { sideBySide } from './measure.ts';
import type { Row } from './row.ts';
import { inChild } from './run-child.ts';

const sizes = { small: 1_000, middle: 10_000, upper: 100_000, large: 1_000_000 };

/** The audit log as it grows: pages, appending, and `npm run audit -- verify`. */
export async function auditLog(): Promise<Row[]> {
  return await inFolder(async (folder) => {
    const paths = {
      small: join(folder, 'small.db'),
      middle: join(folder, 'middle.db'),
      upper: join(folder, 'upper.db'),
      large: join(folder, 'large.db'),
    };
    for (const size of ['small', 'middle', 'upper', 'large'] as const)
      await fillAudit(paths[size], sizes[size]);
    return [...(await pages(paths)), ...(await verified(paths))];
  });
}

const none: AuditFilter = { agent: null, cluster: null, by: null, command: null, since: null, until: null };

/** Every filter and all of their combinations, each of which must find something in either log. */
async function pages(paths: { small: string; large: string }): Promise<Row[]> {
  const small = await openAt(paths.small);
  const large = await openAt(paths.large);
  const rows: Row[] = [];
  const compare = async (what: string, work: (store: Store, entries: number) => Promise<unknown>) => {
    const [a, b] = await sideBySide(
      15,
      () => work(small, sizes.small),
      () => work(large, sizes.large),
    );
    rows.push({ what, small: a, large: b, unit: 'ms', expected: 'near 1: ten deeds by an index.' });
  };
  const agent = { agent: 'agent1.example' };
  const by = { by: userOf(3) };
  const command = { command: 'mark-gone' as const };
  try {
    const filters = [{}, agent].flatMap((one) => [
      one,
      { ...one, ...by },
      { ...one, ...command },
      { ...one, ...by, ...command },
    ]);
    for (const filter of filters)
      for (const inTime of [false, true]) {
        const names = [...Object.keys(filter), ...(inTime ? ['since, until, before'] : [])];
        await compare(
          `audit page, 1 000 and 1 000 000 entries: ${names.join(', ') || 'all'}`,
          (store, entries) =>
            inTime
              ? store.auditDeeds(
                  { ...none, ...filter, since: noon, until: after(noon, entries * entryEveryMs) },
                  { before: entries - 5, limit: 10 },
                )
              : store.auditDeeds({ ...none, ...filter }, { before: null, limit: 10 }),
        );
      }
    await compare('the story of one drain, in the same', (store) =>
      store.auditStory(
        { correlation: correlationId('00000000-0000-4000-8000-50'), drain: drainId(50) },
        { after: 0, limit: 80 },
      ),
    );
    let [seqSmall, seqLarge] = [sizes.small, sizes.large];
    const [a, b] = await sideBySide(
      100,
      () => small.transact((tx) => tx.append(draft(++seqSmall))),
      () => large.transact((tx) => tx.append(draft(++seqLarge))),
    );
    rows.push({
      what: 'append in a transaction, to 1 000 and to 1 000 000 entries',
      small: a,
      large: b,
      unit: 'ms',
      expected: '1: the head and its index paths, whatever the length; most of it is the disk.',
    });
    return rows;
  } finally {
    await small.close();
    await large.close();
  }
}

async function verified(paths: { middle: string; upper: string }): Promise<Row[]> {
  const small = await inChild({ job: 'verify', file: paths.middle });
  const large = await inChild({ job: 'verify', file: paths.upper });
  const what = 'verify 10 000 and 100 000 entries';
  return [
    {
      what: `${what}: entries a second`,
      small: sizes.middle / (small.ms / 1000),
      large: sizes.upper / (large.ms / 1000),
      unit: '/s',
      expected: '1: one pass in the order of the key.',
    },
    {
      what: `${what}: peak memory beyond the start`,
      small: small.peakGrowthMb,
      large: large.peakGrowthMb,
      unit: 'MB',
      expected: 'near 1, 2 at most (garbage waits a little longer): a page of rows is in memory at a time.',
    },
  ];
}
