import {
  isLinkLocalNetwork,
  isLoopbackNetwork,
  isLoopbackUrl,
  loopbackNetworks,
  privateNetworks,
} from './addresses.ts';
import { type Findings, reportMissing } from './findings.ts';
import { policyOf } from './policy/from-variables.ts';
import type { ClusterConfig, Credentials } from './shape.ts';
import { type Files, noTls, tlsOf } from './tls.ts';
import type { Side, Values, VariableName } from './variables.ts';

/** The cluster, as far as the variables make sense; it counts only where no problem was found. */
export function readCluster(values: Values, files: Files, found: Findings): ClusterConfig {
  const masters = values.MESOS_MASTERS ?? [];
  reportMissing('MESOS_MASTERS', 'the addresses of all masters, with commas between', values, found);
  const agentNetworks = networksOf(values, found);
  const auth = credentialsOf('MESOS', values, found);
  const agentAuth = credentialsOf('MESOS_AGENT', values, found);
  if (!values.MESOS_ALLOW_PLAIN_CREDENTIALS) {
    const plain = masters.filter((master) => master.protocol === 'http:' && !isLoopbackUrl(master));
    if (auth.kind !== 'none' && plain.length > 0)
      found.problems.push(
        `MESOS_MASTERS has plain http:// addresses (${plain.map((master) => master.host).join(', ')}), ` +
          `over which MESOS_AUTH=${auth.kind} would send credentials readably: ${wayOut}`,
      );
    if (agentAuth.kind !== 'none' && !values.MESOS_AGENT_HTTPS && !agentNetworks.every(isLoopbackNetwork))
      found.problems.push(
        `MESOS_AGENT_HTTPS=no would send the credentials of MESOS_AGENT_AUTH=${agentAuth.kind} readably: ` +
          wayOut.replace('https://', 'MESOS_AGENT_HTTPS=yes'),
      );
  }
  const tls = tlsOf('MESOS', values, files, found);
  if (tls !== noTls && masters.length > 0 && masters.every((master) => master.protocol === 'http:'))
    found.warnings.push('MESOS_CA_FILE and the client certificate are not used: all masters are http://');
  const agentTls = tlsOf('MESOS_AGENT', values, files, found);
  if (agentTls !== noTls && !values.MESOS_AGENT_HTTPS)
    found.warnings.push('MESOS_AGENT_CA_FILE and the client certificate are not used: MESOS_AGENT_HTTPS=no');
  return {
    name: values.MESOS_CLUSTER,
    masters,
    auth,
    tls,
    allowedHosts: values.MESOS_ALLOWED_HOSTS ?? [],
    agents: { auth: agentAuth, tls: agentTls, https: values.MESOS_AGENT_HTTPS, networks: agentNetworks },
    defaultIn: [],
    clusterChannel: values.SLACK_CLUSTER_CHANNEL ?? values.SLACK_CHANNELS?.[0] ?? values.SLACK_OPS_CHANNEL,
    policy: policyOf(values),
  };
}

const wayOut = 'use https://, or set MESOS_ALLOW_PLAIN_CREDENTIALS=yes if that network is trusted';

/** Whether nothing but this machine can be meant. */
export function onlyLoopback(masters: URL[]): boolean {
  return masters.length > 0 && masters.every(isLoopbackUrl);
}

function networksOf(values: Values, found: Findings): string[] {
  const local = onlyLoopback(values.MESOS_MASTERS ?? []);
  const networks = values.MESOS_AGENT_NETWORKS;
  if (networks === null) return local ? [...privateNetworks, ...loopbackNetworks] : privateNetworks;
  for (const network of networks) {
    if (isLinkLocalNetwork(network))
      found.problems.push(
        `MESOS_AGENT_NETWORKS ${network} is link-local: such addresses are never contacted`,
      );
    if (isLoopbackNetwork(network) && !local)
      found.problems.push(
        `MESOS_AGENT_NETWORKS ${network} is this machine itself: accepted only where every master is too`,
      );
  }
  return networks;
}

function credentialsOf(side: Side, values: Values, found: Findings): Credentials {
  const kind = values[`${side}_AUTH`];
  const username = values[`${side}_USERNAME`];
  const password = values[`${side}_PASSWORD`];
  const token = values[`${side}_TOKEN`];
  const given = { USERNAME: username, PASSWORD: password, TOKEN: token };
  const needed: (keyof typeof given)[] =
    kind === 'none' ? [] : kind === 'basic' ? ['USERNAME', 'PASSWORD'] : ['TOKEN'];
  for (const part of ['USERNAME', 'PASSWORD', 'TOKEN'] as const) {
    const name: VariableName = `${side}_${part}`;
    if (needed.includes(part)) reportMissing(name, `${side}_AUTH=${kind} needs it`, values, found);
    else if (given[part] !== null)
      found.warnings.push(`${name} is set, but ${side}_AUTH=${kind} does not use it`);
  }
  switch (kind) {
    case 'none':
      return { kind };
    case 'basic':
      return { kind, username: username ?? '', password: password ?? '' };
    case 'bearer':
    case 'dcos':
      return { kind, token: token ?? '' };
  }
}
