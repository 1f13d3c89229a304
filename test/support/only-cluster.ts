import type { ClusterConfig, Config } from '../../src/config.ts';

/** The cluster of a configuration that has but one. */
export function onlyCluster({ clusters }: Pick<Config, 'clusters'>): ClusterConfig {
  const [only, ...others] = clusters;
  if (only === undefined || others.length > 0) throw new Error(`${clusters.length} clusters`);
  return only;
}
