import { type FrameworkUsual, history, namesToFind, usualOfEach } from '../../domain/history/usual.ts';
import { type ClusterName, type Instant, instant } from '../../domain/ids.ts';
import type { Preview } from '../../domain/preview.ts';
import type { Store } from '../ports.ts';

/** How long it took each framework of a preview to leave an agent of this cluster before. */
export async function usualTimes(
  store: Pick<Store, 'departures'>,
  cluster: ClusterName,
  { groups }: Pick<Preview, 'groups'>,
  now: Instant,
): Promise<FrameworkUsual[]> {
  if (!groups.known || groups.value.length === 0) return [];
  const page = { since: instant(now - history.backMs), most: history.most };
  return usualOfEach(groups.value, await store.departures(cluster, namesToFind(groups.value), page));
}
