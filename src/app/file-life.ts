import { type ChannelId, type ClusterName, correlationId, noticeId } from '../domain/ids.ts';
import { soleCluster } from './cluster.ts';
import type { Clock, NewId, Store } from './ports.ts';

interface LifeDeps {
  store: Store;
  clock: Clock;
  newId: NewId;
}

/** Files that the bot started, and tells the ops channel what it found waiting. */
export async function fileStart(
  { store, clock, newId }: LifeDeps,
  {
    version,
    clusters,
    opsChannel,
    ...found
  }: {
    version: string;
    clusters: readonly { name: ClusterName }[];
    opsChannel: ChannelId | null;
    /** Of its database: it was set back; why nobody can say whether it was. */
    restored: boolean;
    notCompared: string | null;
  },
): Promise<void> {
  const at = clock.now();
  const open = await Promise.all(clusters.map(({ name }) => store.openDrains(name)));
  const openDrains = open.flat().length;
  await store.transact(async (tx) => {
    await tx.append({
      at,
      event: 'bot.started',
      actor: { kind: 'bot' },
      correlation: correlationId(newId()),
      ...soleCluster(clusters),
      facts: { version, openDrains, clusters: clusters.map(({ name }) => name) },
    });
    if (opsChannel !== null)
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'channel', channel: opsChannel },
        notice: { kind: 'ops', what: { matter: 'started', version, openDrains, ...found } },
        createdAt: at,
      });
  });
}

/** Files an orderly stop; a crash leaves none, which the log shows too. */
export async function fileStop(
  { store, clock, newId }: LifeDeps,
  { version, clusters }: { version: string; clusters: readonly { name: ClusterName }[] },
): Promise<void> {
  const correlation = correlationId(newId());
  await store.transact((tx) =>
    tx.append({
      at: clock.now(),
      event: 'bot.stopped',
      actor: { kind: 'bot' },
      correlation,
      ...soleCluster(clusters),
      facts: { version },
    }),
  );
}
