import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { applyEvents } from '../../src/app/drains/apply-events.ts';
import type { Store } from '../../src/app/ports.ts';
import { noticeId } from '../../src/domain/ids.ts';
import { openStore } from '../../src/store/open.ts';
import { sha256 } from '../../src/store/sha256.ts';
import * as s from '../support/samples.ts';

describe('a drain that somebody else replaced with a grace of half a year', () => {
  let folder = '';
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mesos-chatops-break-'));
    const clock = { now: () => s.noon, after: () => () => {} };
    store = await openStore({
      path: join(folder, 'bot.db'),
      clock,
      newId: () => 'db-1',
      sha256,
      clean: (text) => text,
      owner: 'test',
    });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('ends: its nanoseconds, past 2^53, do not keep the end out of the log', async () => {
    const drain = s.drain({ version: 0, state: s.inDraining() });
    const shown = { state: 'DRAINING' as const, maxGraceNs: 180 * 86_400e9, markGone: false };
    await store.transact(async (tx) => {
      await tx.insertDrain(drain);
      const root = noticeId('root');
      await tx.openThread({
        id: drain.thread,
        channel: drain.channel,
        rootNotice: root,
        drain: drain.id,
        approval: null,
      });
      await applyEvents(
        tx,
        drain,
        [{ type: 'ended', at: s.at(60), end: { kind: 'superseded', shown } }],
        () => 'notice',
      );
    });
    expect(await store.openDrains(drain.cluster)).toEqual([]);
    const entries = await store.auditEntries(drain.correlation);
    expect(entries.at(-1)).toMatchObject({
      event: 'drain.ended',
      facts: { kind: 'superseded', shown: { maxGraceNs: '15552000000000000' } },
    });
  });
});
