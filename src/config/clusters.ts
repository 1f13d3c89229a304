import type { ChannelId } from '../domain/ids.ts';
import { isNobody, unsoundIn } from '../domain/policy/soundness.ts';
import { clusterOf } from './cluster.ts';
import type { ClusterSource } from './cluster-source.ts';
import { clusterInVariables } from './env-cluster.ts';
import type { Env } from './environment.ts';
import { clustersInFile } from './file/clusters.ts';
import type { ConfigFile } from './file/config-file.ts';
import type { Findings } from './findings.ts';
import { asVariable } from './policy/as-variables.ts';
import { policyOf } from './policy/from-variables.ts';
import type { ClusterConfig } from './shape.ts';
import type { Files } from './tls.ts';
import type { Values } from './variables.ts';

/** The cluster of the variables, and those of the file: the variables' is left out where the file has some and no master is
 * set there. They count only where no problem was found. */
export function readClusters(
  values: Values,
  from: { env: Env; file: ConfigFile | null; files: Files; found: Findings },
): ClusterConfig[] {
  const { file, files, found } = from;
  const others = file === null ? [] : clustersInFile(file.clusters, { ...from, file: file.file, values });
  const inVariables =
    Object.keys(file?.clusters ?? {}).length === 0 ||
    values.MESOS_MASTERS !== null ||
    found.broken.has('MESOS_MASTERS');
  const sources = [...(inVariables ? [clusterInVariables(values, found)] : []), ...others];
  if (inVariables)
    found.problems.push(
      ...unsoundIn(policyOf(values)).map(({ path, what }) => `${asVariable(path)} ${what}`),
    );
  checkApart(sources, found);
  const clusters = sources.map((source) => clusterOf(source, files, found));
  for (const cluster of clusters) warnOf(cluster, inVariables && cluster === clusters[0], found);
  return clusters;
}

/** What can't be of two clusters. */
function checkApart(sources: ClusterSource[], found: Findings): void {
  for (const [nth, { name, place, defaultIn }] of sources.entries()) {
    const before = sources.slice(0, nth);
    // Whoever types a name need not mind its letter case.
    const same = before.find((other) => other.name.toLowerCase() === name.toLowerCase());
    if (same !== undefined)
      found.problems.push(
        `${place('masters')}cluster ${name} has the name of another one${same.place('masters') === '' ? ', which MESOS_CLUSTER gives to the one of MESOS_MASTERS' : ''}`,
      );
    const taken = (channel: ChannelId) => before.find((other) => other.defaultIn.includes(channel));
    for (const channel of new Set(defaultIn)) {
      const other = taken(channel);
      if (other !== undefined)
        found.problems.push(
          `${place('masters')}cluster ${name} can't be the default in ${channel}: ${other.name} is`,
        );
    }
  }
}

/** What is allowed, and most likely not meant. */
function warnOf(
  { name, policy, clusterChannel }: ClusterConfig,
  inVariables: boolean,
  found: Findings,
): void {
  const { warnings } = found;
  if (isNobody(policy.operators))
    warnings.push(
      inVariables
        ? 'OPERATORS is empty: nobody may drain anything, only reads are answered'
        : `cluster ${name} has no operators: nobody may drain anything there, only reads are answered`,
    );
  if (isNobody(policy.approvers))
    warnings.push(
      inVariables
        ? 'APPROVERS is empty: nobody may approve what can not be undone'
        : `cluster ${name} has no approvers: nobody may approve what can not be undone there`,
    );
  if (clusterChannel === null)
    warnings.push(
      inVariables
        ? 'SLACK_CLUSTER_CHANNEL, SLACK_CHANNELS and SLACK_OPS_CHANNEL are empty: what others change on the cluster is filed, but nobody is told'
        : `cluster ${name} has no cluster_channel: what others change there is filed, but nobody is told`,
    );
}
