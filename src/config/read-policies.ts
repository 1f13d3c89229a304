import type { ClusterName, Instant } from '../domain/ids.ts';
import { oddIn, type PolicyFinding, unsoundIn } from '../domain/policy/soundness.ts';
import type { Policy } from '../domain/policy.ts';
import { type Env, given, readValues, setIn } from './environment.ts';
import { readConfigFile } from './file/config-file.ts';
import { settingsInFile } from './file/settings.ts';
import type { Findings } from './findings.ts';
import { nameOfCluster } from './made.ts';
import { asVariable } from './policy/as-variables.ts';
import { policyOf } from './policy/from-variables.ts';
import { readPolicySection } from './policy/read-section.ts';
import type { Files } from './tls.ts';

/** The policy of every cluster of a configuration, and nothing else of it: neither tokens nor masters need to be there. */
export interface PoliciesRead {
  clusters: { name: ClusterName; policy: Policy }[];
  problems: string[];
  /** Legal, and hardly meant. */
  odd: string[];
}

/** Reads the policies as the bot would; `now`: for what is over by now. */
export function readPolicies(env: Env, files: Files, now: Instant): PoliciesRead {
  const found: Findings = { problems: [], warnings: [], broken: new Set() };
  const file = readConfigFile(given(env, 'CONFIG_FILE'), files, found);
  const settings = file === null ? null : settingsInFile(file.settings, file.file, found);
  const values = readValues({ ...settings?.env, ...setIn(env) }, found, (name) =>
    name in setIn(env) ? '' : (settings?.place.get(name) ?? ''),
  );
  const base = policyOf(values);
  const read: PoliciesRead = { clusters: [], problems: found.problems, odd: [] };
  const inFile = Object.entries(file?.clusters ?? {});
  if (inFile.length === 0 || values.MESOS_MASTERS !== null)
    add(values.MESOS_CLUSTER, base, unsoundIn(base), asVariable);
  for (const [typed, body] of inFile) {
    const section = typeof body === 'object' && body !== null && 'policy' in body ? body.policy : undefined;
    const { policy, problems } = readPolicySection(section, base);
    add(typed, policy, problems, (path) => file?.file.place(['clusters', typed, 'policy', ...path]) ?? '');
  }
  return read;

  function add(
    typed: string,
    policy: Policy,
    problems: PolicyFinding[],
    place: (path: PolicyFinding['path']) => string,
  ): void {
    try {
      read.clusters.push({ name: nameOfCluster(typed), policy });
    } catch (thrown) {
      if (!(thrown instanceof TypeError)) throw thrown;
      read.problems.push(`${place([])} ${thrown.message}`);
    }
    read.problems.push(...problems.map(({ path, what }) => `${place(path)} ${what}`));
    if (problems.length === 0)
      read.odd.push(...oddIn(policy, now).map(({ path, what }) => `${place(path)} ${what}`));
  }
}
