import { describe, expect, it } from '@jest/globals';
import type { Store } from '../../../src/app/ports.ts';
import { makeWeeklyDigest } from '../../../src/app/stays/weekly-digest.ts';
import { type Instant, instant } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { channel, cluster } from '../../support/samples.ts';

const time = (iso: string) => instant(Date.parse(iso));
const monday = '2026-11-23T09:00Z';

/** What a pass at this moment posts and notes, where the digest was posted last for `last`. */
async function passAt(now: Instant, last: Instant | null, restored = false) {
  const posted: Notice[] = [];
  let noted = last;
  const store = {
    thisDatabase: async () => ({ restored: restored ? { since: now } : null }),
    digested: async () => last,
    openDrains: async () => [],
    outOfService: async () => [],
    unendedPlans: async () => [],
    directory: async () => [],
    swept: async () => null,
    transact: (work: (tx: unknown) => Promise<unknown>) =>
      work({
        noteDigested: async (_: unknown, at: Instant) => {
          noted = at;
        },
        queue: async ({ notice }: { notice: Notice }) => void posted.push(notice),
      }),
  } as unknown as Store;
  const pass = makeWeeklyDigest({
    store,
    master: { cluster } as never,
    clock: { now: () => now, after: () => () => {} },
    newId: () => 'n-1',
    clusterChannel: channel,
    digest: { day: 'mon', minute: 540, zone: 'UTC' },
    onWritten: () => {},
  });
  return { next: await pass(now), posted, noted };
}

describe('the weekly digest', () => {
  const next = time('2026-11-30T09:00Z');
  it('is posted at its hour', async () => {
    const { posted, ...rest } = await passAt(time(monday), time('2026-11-16T09:00Z'));
    expect(rest).toEqual({ next, noted: time(monday) });
    expect(posted).toMatchObject([{ kind: 'digest', cluster, late: null, out: { lines: [], more: 0 } }]);
  });
  it('is posted late, and says so, by a bot that was away, and once for several weeks', async () => {
    const { posted, noted } = await passAt(time('2026-11-26T12:00Z'), time('2026-11-02T09:00Z'));
    expect(posted).toMatchObject([{ kind: 'digest', late: time(monday) }]);
    expect(noted).toBe(time(monday));
  });
  it('is not posted twice, also over a restart', async () => {
    expect(await passAt(time('2026-11-23T09:01Z'), time(monday))).toMatchObject({ posted: [], next });
  });
  it('waits for its first hour where there was none before', async () => {
    expect(await passAt(time('2026-11-26T12:00Z'), null)).toEqual({ posted: [], noted: time(monday), next });
  });
  it('is not posted out of a database from the past', async () => {
    expect(await passAt(time(monday), time('2026-11-16T09:00Z'), true)).toMatchObject({
      posted: [],
      next: null,
    });
  });
});
