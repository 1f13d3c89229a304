import { join } from 'node:path';
import type { AuditFilter } from '../src/domain/audit/filter.ts';
import { after } from '../src/domain/ids.ts';
import { noon } from '../test/support/samples.ts';
import { draft, entryEveryMs, fillAudit, userOf } from './fill-audit.ts';
import { inFolder, openAt } from './folder.ts';
import { sideBySide } from './measure.ts';
import type { Row } from './row.ts';
import { inChild } from './run-child.ts';

const sizes = { small: 1_000, middle: 10_000, large: 100_000 };

/** The audit log as it grows: pages, appending, and `npm run audit -- verify`. */
export async function auditLog(): Promise<Row[]> {
  return await inFolder(async (folder) => {
    const paths = {
      small: join(folder, 'small.db'),
      middle: join(folder, 'middle.db'),
      large: join(folder, 'large.db'),
    };
    for (const size of ['small', 'middle', 'large'] as const) await fillAudit(paths[size], sizes[size]);
    return [...(await pages(paths)), ...(await verified(paths))];
  });
}

const none: AuditFilter = { agent: null, by: null, command: null, since: null, until: null };

async function pages(paths: { small: string; large: string }): Promise<Row[]> {
  const small = await openAt(paths.small);
  const large = await openAt(paths.large);
  const rows: Row[] = [];
  const compare = async (
    what: string,
    filterOf: (entries: number) => Partial<AuditFilter>,
    expected: string,
  ) => {
    const [a, b] = await sideBySide(
      15,
      () => small.auditPage({ ...none, ...filterOf(sizes.small) }, 10),
      () => large.auditPage({ ...none, ...filterOf(sizes.large) }, 10),
    );
    rows.push({ what, small: a, large: b, unit: 'ms', expected });
  };
  try {
    await compare(
      'audit page, 1 000 and 100 000 entries: all',
      () => ({}),
      '1: ten rows off the end, nothing counted.',
    );
    await compare(
      'the same, of the last 7 days',
      (entries) => ({ since: after(noon, entries * entryEveryMs - 7 * 86_400_000) }),
      '1: the same 1 000 entries pass, by an index.',
    );
    await compare(
      'the same, of one agent (1 entry in 500)',
      () => ({ agent: 'agent7.example' }),
      'far below 100: the page says how many pass, which are 100 times as many, but only their numbers are gone through, in an index.',
    );
    await compare(
      'the same, by one person (4 entries in 100)',
      () => ({ by: userOf(7) }),
      'far below 100: as for one agent; above 10, the texts of all that pass are being read again.',
    );
    let [seqSmall, seqLarge] = [sizes.small, sizes.large];
    const [a, b] = await sideBySide(
      100,
      () => small.transact((tx) => tx.append(draft(++seqSmall))),
      () => large.transact((tx) => tx.append(draft(++seqLarge))),
    );
    rows.push({
      what: 'append in a transaction, to 1 000 and to 100 000 entries',
      small: a,
      large: b,
      unit: 'ms',
      expected: '1: the head and five index paths, whatever the length; most of it is the disk.',
    });
    return rows;
  } finally {
    await small.close();
    await large.close();
  }
}

async function verified(paths: { middle: string; large: string }): Promise<Row[]> {
  const small = await inChild({ job: 'verify', file: paths.middle });
  const large = await inChild({ job: 'verify', file: paths.large });
  const what = 'verify 10 000 and 100 000 entries';
  return [
    {
      what: `${what}: entries a second`,
      small: sizes.middle / (small.ms / 1000),
      large: sizes.large / (large.ms / 1000),
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
