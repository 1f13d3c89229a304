import { describe, expect, it } from '@jest/globals';
import { StoreDown } from '../../src/app/faults.ts';
import { makeOutage } from '../../src/app/outage.ts';
import { channelId, noticeId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { fakeLog } from '../support/fake-log.ts';
import { fakeStore } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import { cluster } from '../support/samples.ts';

/** A store that is down while `isDown`, and what the ops channel hears past the outbox. */
function watched() {
  const { store, committed, door } = fakeStore();
  const time = portClock();
  const posted: Notice[] = [];
  let isDown = false;
  door.commit = () => {
    if (isDown) throw new StoreDown('full', { code: 'SQLITE_FULL', toDo: 'The disk is full: make room.' });
  };
  const outage = makeOutage({
    store,
    clock: time.clock,
    newId: () => noticeId('n-1'),
    log: fakeLog().log,
    clusters: [{ name: cluster }],
    opsChannel: channelId('C0OPS'),
    post: async (_channel, notice) => {
      posted.push(notice);
      return { kind: 'sent', ts: null };
    },
    onDown: () => {},
    onUp: () => {},
  });
  return {
    posted,
    committed,
    /** Something is written, and passes so many seconds the loop passes. */
    passes: async (seconds: number, down: boolean) => {
      isDown = down;
      await outage.store.transact(async (tx) => tx.settleCommand(1, 'done')).catch(() => undefined);
      await time.advance(seconds * 1000);
      await outage.pass(time.clock.now());
    },
  };
}

const heard = (posted: Notice[]) =>
  posted.map((each) => (each.kind === 'ops' ? each.what.matter : each.kind));

describe('a database that takes nothing', () => {
  it('is told once, when it has lasted for a moment', async () => {
    const { posted, passes } = watched();
    await passes(1, true);
    expect(heard(posted)).toEqual([]);
    await passes(4, true);
    await passes(60, true);
    expect(heard(posted)).toEqual(['store-down']);
  });

  it('is not told where it was back at the first try, and filed all the same', async () => {
    const { posted, committed, passes } = watched();
    await passes(1, true);
    await passes(5, false);
    expect(heard(posted)).toEqual([]);
    expect(committed.audit.map(({ event }) => event)).toEqual(['store.recovered']);
  });

  it('is told as soon when it comes again, though it is then tried later', async () => {
    const { posted, committed, passes } = watched();
    await passes(5, true);
    await passes(30, false);
    await passes(5, true);
    expect(heard(posted)).toEqual(['store-down', 'store-down']);
    // Tried at ten seconds, not at five.
    await passes(1, false);
    expect(committed.audit).toHaveLength(1);
    await passes(4, false);
    expect(committed.audit).toHaveLength(2);
  });
});
