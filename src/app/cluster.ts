import type { ChannelId, ClusterName } from '../domain/ids.ts';
import type { ClusterChoice } from '../domain/which-cluster.ts';
import type { OneAtATime } from './maintenance/one-at-a-time.ts';
import type { Master, PolicyInForce } from './ports.ts';
import type { SubmitCall } from './submit-call.ts';

/** One cluster: how it is read and changed, what may be done to it, and by whom. */
export interface Cluster extends Omit<ClusterChoice, 'nameMustBeTyped'> {
  master: Master;
  submitCall: SubmitCall;
  policy: PolicyInForce;
  /** For whatever reads its maintenance schedule to write it. */
  oneWriter: OneAtATime;
  /** Where its people are told of changes by others; null: nowhere, and only the log has them. */
  clusterChannel: ChannelId | null;
}

/** What an entry says of its cluster where it concerns the bot as a whole: only one can be meant, or none is named. */
export function soleCluster(clusters: readonly { name: ClusterName }[]): { cluster?: ClusterName } {
  const [only, ...others] = clusters;
  return only === undefined || others.length > 0 ? {} : { cluster: only.name };
}
