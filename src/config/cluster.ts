import {
  isLinkLocalNetwork,
  isLoopbackNetwork,
  isLoopbackUrl,
  loopbackNetworks,
  privateNetworks,
} from './addresses.ts';
import {
  type AuthSource,
  type ClusterSource,
  object,
  reportUnset,
  type Side,
  warnOf,
} from './cluster-source.ts';
import type { Findings } from './findings.ts';
import type { ClusterConfig, Credentials } from './shape.ts';
import { type Files, noTls, tlsOf } from './tls.ts';

/** The cluster, as far as what was said of it makes sense together; it counts only where no problem was found. */
export function clusterOf(source: ClusterSource, files: Files, found: Findings): ClusterConfig {
  const { called } = source;
  const masters = source.masters ?? [];
  if (source.masters === null)
    reportUnset(source, 'masters', 'the addresses of all masters, with commas between', found);
  const networks = networksOf(source, masters, found);
  const auth = credentialsOf(source, 'masters', found);
  const agentAuth = credentialsOf(source, 'agents', found);
  const { https } = source.agents;
  if (!source.allowPlainCredentials) {
    const trust = `set ${called('allow-plain-credentials', 'yes')} if that network is trusted`;
    const plain = masters.filter((master) => master.protocol === 'http:' && !isLoopbackUrl(master));
    if (auth.kind !== 'none' && plain.length > 0)
      object(
        source,
        'masters',
        `has plain http:// addresses (${plain.map((master) => master.host).join(', ')}), ` +
          `over which ${called('masters.kind', auth.kind)} would send credentials readably: use https://, or ${trust}`,
        found,
      );
    if (agentAuth.kind !== 'none' && !https && !networks.every(isLoopbackNetwork))
      object(
        source,
        'agents.https',
        `is no, which would send the credentials of ${called('agents.kind', agentAuth.kind)} readably: ` +
          `use ${called('agents.https', 'yes')}, or ${trust}`,
        found,
      );
  }
  const tls = tlsOf(source, 'masters', files, found);
  const unused = 'and the client certificate are not used:';
  if (tls !== noTls && masters.length > 0 && masters.every((master) => master.protocol === 'http:'))
    warnOf(source, 'masters.ca', `${unused} all masters are http://`, found);
  const agentTls = tlsOf(source, 'agents', files, found);
  if (agentTls !== noTls && !https)
    warnOf(source, 'agents.ca', `${unused} ${called('agents.https', 'no')}`, found);
  const { name, allowedHosts, defaultIn, clusterChannel, policy } = source;
  return {
    ...{ name, masters, auth, tls, allowedHosts },
    agents: { auth: agentAuth, tls: agentTls, https, networks },
    ...{ defaultIn, clusterChannel, policy },
  };
}

/** Whether nothing but this machine can be meant. */
export function onlyLoopback(masters: URL[]): boolean {
  return masters.length > 0 && masters.every(isLoopbackUrl);
}

function networksOf(source: ClusterSource, masters: URL[], found: Findings): string[] {
  const local = onlyLoopback(masters);
  const { networks } = source.agents;
  if (networks === null) return local ? [...privateNetworks, ...loopbackNetworks] : privateNetworks;
  const wrong = (what: string) => object(source, 'agents.networks', what, found);
  for (const network of networks) {
    if (isLinkLocalNetwork(network)) wrong(`${network} is link-local: such addresses are never contacted`);
    if (isLoopbackNetwork(network) && !local)
      wrong(`${network} is this machine itself: accepted only where every master is too`);
  }
  return networks;
}

const parts = ['username', 'password', 'token'] as const;

function credentialsOf(source: ClusterSource, side: Side, found: Findings): Credentials {
  const { called } = source;
  const given: AuthSource = side === 'masters' ? source.auth : source.agents.auth;
  const { kind, username, password, token } = given;
  const needed: readonly (typeof parts)[number][] =
    kind === 'none' ? [] : kind === 'basic' ? ['username', 'password'] : ['token'];
  for (const part of parts) {
    const setting = `${side}.${part}` as const;
    if (needed.includes(part)) {
      if (given[part] === null)
        reportUnset(source, setting, `${called(`${side}.kind`, kind)} needs it`, found);
    } else if (given[part] !== null)
      warnOf(source, setting, `is set, but ${called(`${side}.kind`, kind)} does not use it`, found);
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
