import { type ChannelId, type ClusterName, correlationId, noticeId } from '../domain/ids.ts';
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
    cluster,
    opsChannel,
    ...found
  }: {
    version: string;
    cluster: ClusterName;
    opsChannel: ChannelId | null;
    /** Of its database: it was set back; why nobody can say whether it was. */
    restored: boolean;
    notCompared: string | null;
  },
): Promise<void> {
  const at = clock.now();
  const openDrains = (await store.openDrains(cluster)).length;
  await store.transact(async (tx) => {
    await tx.append({
      at,
      event: 'bot.started',
      actor: { kind: 'bot' },
      correlation: correlationId(newId()),
      cluster,
      facts: { version, openDrains },
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
  { version, cluster }: { version: string; cluster: ClusterName },
): Promise<void> {
  const correlation = correlationId(newId());
  await store.transact((tx) =>
    tx.append({
      at: clock.now(),
      event: 'bot.stopped',
      actor: { kind: 'bot' },
      correlation,
      cluster,
      facts: { version },
    }),
  );
}
