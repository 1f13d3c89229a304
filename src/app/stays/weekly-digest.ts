import { after, type ChannelId, type Instant, noticeId } from '../../domain/ids.ts';
import { lateMs } from '../../domain/stay/stay.ts';
import { type Weekly, weeklyAround } from '../../domain/stay/weekly.ts';
import type { Clock, Master, NewId, Store } from '../ports.ts';
import { outOfService } from './out-of-service.ts';

/** One pass: posts what is out of service in the cluster's channel, once each week. A bot that was away at that hour posts it
 * late; one that never did so before waits for the next. */
export function makeWeeklyDigest(deps: {
  store: Store;
  master: Master;
  clock: Clock;
  newId: NewId;
  clusterChannel: ChannelId | null;
  /** Null: there is none. */
  digest: Weekly | null;
  onWritten(): void;
}) {
  const { store, master, clock, newId, clusterChannel, digest } = deps;
  const { cluster } = master;

  return async function pass(now: Instant): Promise<Instant | null> {
    if (digest === null || clusterChannel === null) return null;
    if ((await store.thisDatabase()).restored !== null) return null;
    const { latest, next } = weeklyAround(digest, now);
    const last = await store.digested(cluster);
    if (last !== null && last >= latest) return next;
    const list = last === null ? null : await outOfService(store, cluster, true);
    const swept = (await store.swept(cluster))?.at ?? null;
    await store.transact(async (tx) => {
      await tx.noteDigested(cluster, latest);
      if (list === null) return;
      const at = clock.now();
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'channel', channel: clusterChannel },
        notice: {
          kind: 'digest',
          cluster,
          at,
          asOf: swept,
          late: at > after(latest, lateMs) ? latest : null,
          out: list,
        },
        createdAt: at,
      });
    });
    deps.onWritten();
    return next;
  };
}
