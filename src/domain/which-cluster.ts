import type { ChannelId, ClusterName } from './ids.ts';
import { nearest } from './nearest.ts';
import { ok, type Refusal, type Result, refuse } from './refusal.ts';

/** What choosing among clusters goes by. */
export interface ClusterChoice {
  name: ClusterName;
  /** The channels in which it is meant where none is named. */
  defaultIn: readonly ChannelId[];
  /** Whoever types a command that changes it types its name too. */
  nameMustBeTyped: boolean;
}

/** The cluster that a command is for: the one that was named, that of the work it is about, the channel's own, or the only
 * one. `changes`: it is more than a read. A click stands under what it is about, so that nobody has to type a name. */
export function whichCluster(
  all: readonly ClusterChoice[],
  {
    named,
    work,
    ...asked
  }: {
    named: string | null;
    /** The work of ours that it names, by its short id. */
    work: { id: string; cluster: ClusterName } | null;
    channel: ChannelId;
    via: 'typed' | 'button';
    changes: boolean;
  },
): Result<ClusterName> {
  const clusters = all.map(({ name }) => name);
  const typed = named === null ? null : clusterNamed(all, named);
  if (named !== null && typed === null) return refuse(noSuchCluster(all, named));
  if (work !== null && typed !== null && typed.name !== work.cluster)
    return refuse(elsewhere(work.id, work.cluster, typed.name));
  const ofWork = work === null ? null : (all.find(({ name }) => name === work.cluster) ?? null);
  if (work !== null && ofWork === null)
    return refuse({ code: 'cluster-not-configured', work: work.id, cluster: work.cluster, clusters });
  const meant = typed ?? ofWork ?? (work === null ? defaultOf(all, asked.channel) : null);
  if (meant === null) return refuse({ code: 'which-cluster', clusters });
  if (meant.nameMustBeTyped && asked.changes && asked.via === 'typed' && typed === null)
    return refuse({ code: 'name-not-typed', cluster: meant.name });
  return ok(meant.name);
}

/** The objection to a name that no cluster has. */
export function noSuchCluster(all: readonly Pick<ClusterChoice, 'name'>[], typed: string): Refusal {
  const clusters = all.map(({ name }) => name);
  return { code: 'no-such-cluster', typed, near: nearest(typed, clusters)[0] ?? null, clusters };
}

/** The objection to work, by its short id, that is not on the cluster that was named with it. */
export function elsewhere(work: string, cluster: ClusterName, named: ClusterName): Refusal {
  return { code: 'other-clusters-work', work, cluster, named };
}

/** Letter case is the name's own, and doesn't count. */
export function clusterNamed<C extends Pick<ClusterChoice, 'name'>>(
  all: readonly C[],
  typed: string,
): C | null {
  return (
    all.find(({ name }) => name === typed) ??
    all.find(({ name }) => name.toLowerCase() === typed.toLowerCase()) ??
    null
  );
}

function defaultOf(all: readonly ClusterChoice[], channel: ChannelId): ClusterChoice | null {
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return only;
  return all.find(({ defaultIn }) => defaultIn.includes(channel)) ?? null;
}
