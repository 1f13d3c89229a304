import { describe, expect, it } from '@jest/globals';
import { clusterName, after as later } from '../../src/domain/ids.ts';
import { departuresQuery } from '../../src/store/audit-departures.ts';
import { cleanUp, freshPath, open, withFile } from './fresh-store.ts';
import { noon } from './noon.ts';
import { cluster, draft } from './samples.ts';

cleanUp();

const left = 'drain.framework-left';
const log: [string, string, number, string?, string?][] = [
  ['marathon', left, 10],
  ['marathon', left, 20],
  ['spark', left, 300],
  ['marathon', 'drain.framework-slow', 999],
  ['marathon', left, 30],
  ['marathon', left, 77, 'other'],
  ['Marathon', left, 88],
];

describe('how long frameworks took before', () => {
  it('is read by cluster and name, the latest first, so far back and so many', async () => {
    const store = await open();
    await store.transact(async (tx) => {
      for (const [nth, [name, event, seconds, of = cluster]] of log.entries())
        await tx.append(
          draft({
            at: later(noon, nth * 1000),
            event: event as typeof left,
            cluster: of,
            facts: { framework: 'f', name, tasks: 1, seconds },
          }),
        );
    });
    const read = async (names: string[], since = 0, most = 50, of = cluster) => [
      ...(await store.departures(of, names, { since: later(noon, since * 1000), most })),
    ];
    expect(await read(['marathon', 'spark', 'chronos'])).toEqual([
      ['marathon', [30, 20, 10]],
      ['spark', [300]],
    ]);
    expect(await read(['marathon'], 1)).toEqual([['marathon', [30, 20]]]);
    expect(await read(['marathon'], 5)).toEqual([]);
    expect(await read(['marathon'], 0, 2)).toEqual([['marathon', [30, 20]]]);
    expect(await read(['marathon'], 0, 50, clusterName('other'))).toEqual([['marathon', [77]]]);
    expect(await read([])).toEqual([]);
    await store.close();
  });

  it('is found by an index alone, without looking through the log or sorting', async () => {
    const path = freshPath();
    await (await open(path)).close();
    const plan = await withFile(path, (db) =>
      db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${departuresQuery}`, 'main', 'marathon', '', 50),
    );
    expect(plan.map(({ detail }) => detail)).toEqual([
      'SEARCH audit USING INDEX audit_departures (cluster=? AND <expr>=? AND at>?)',
    ]);
  });
});
