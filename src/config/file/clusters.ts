import type { ClusterName } from '../../domain/ids.ts';
import type { AuthSource, ClusterSource, Setting, Side, TlsSource } from '../cluster-source.ts';
import type { Env } from '../environment.ts';
import type { Findings } from '../findings.ts';
import { nameOfCluster } from '../made.ts';
import { policyOf } from '../policy/from-variables.ts';
import { readPolicySection } from '../policy/read-section.ts';
import type { Files } from '../tls.ts';
import type { Values } from '../variables.ts';
import { type AuthInFile, type ClusterInFile, clusterShape, type TlsInFile } from './cluster-shape.ts';
import { readShape } from './read-shape.ts';
import { secretAt } from './secret.ts';
import type { YamlFile } from './yaml-file.ts';

/** What the reading of a cluster out of the file goes by. */
interface From {
  file: YamlFile;
  env: Env;
  files: Files;
  /** What the variables say counts where the file says nothing. */
  values: Values;
  found: Findings;
}

/** What the file says of its clusters, each judged by itself as far as its words go. */
export function clustersInFile(clusters: Record<string, unknown>, from: From): ClusterSource[] {
  return Object.entries(clusters).flatMap(([typed, body]) => {
    const name = nameIn(typed, from);
    return name === null ? [] : [clusterInFile(name, body, from)];
  });
}

function nameIn(typed: string, { file, found }: From): ClusterName | null {
  try {
    return nameOfCluster(typed);
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    found.problems.push(`${file.place(['clusters', typed])} ${thrown.message}`);
    return null;
  }
}

function clusterInFile(name: ClusterName, body: unknown, from: From): ClusterSource {
  const { file, values, found } = from;
  const path = ['clusters', name];
  const broken = new Set<string>();
  const at = { file, path, problems: found.problems, broken };
  const said = readShape(clusterShape, body, at);
  const { policy, problems } = readPolicySection(said.policy, policyOf(values));
  for (const { path: deeper, what } of problems)
    found.problems.push(`${file.place([...path, 'policy', ...deeper])} ${what}`);
  const pathOf = (setting: Setting) => [...path, ...keysOf(setting, said)];
  const called = (setting: Setting) => pathOf(setting).join('.');
  return {
    name,
    masters: said.masters === undefined || said.masters.length === 0 ? null : said.masters,
    auth: authOf(said.auth, 'masters'),
    tls: tlsOf(said.tls),
    allowedHosts: said.allowed_hosts ?? [],
    allowPlainCredentials: said.allow_plain_credentials ?? false,
    agents: {
      auth: authOf(said.agents?.auth, 'agents'),
      tls: tlsOf(said.agents?.tls),
      https: said.agents?.https ?? false,
      networks: said.agents?.networks ?? null,
    },
    defaultIn: said.default_in ?? [],
    clusterChannel: said.cluster_channel ?? policy.channels?.[0] ?? values.SLACK_OPS_CHANNEL,
    policy,
    called: (setting, value) => (value === undefined ? called(setting) : `${called(setting)}: ${value}`),
    place: (setting) => file.line(pathOf(setting)),
    // A list that lost all that was wrong in it, and a secret that is named and can't be had, were told of too.
    isBroken: (setting) => [...broken].some((each) => each.startsWith(called(setting))),
  };

  function authOf(auth: AuthInFile | undefined, side: Side): AuthSource {
    const secret = (of: 'password' | 'token') =>
      secretAt(
        of,
        { env: auth?.[`${of}_env`], file: auth?.[`${of}_file`] },
        {
          ...from,
          wrong: (key, what) => {
            const keyed = [...path, ...(side === 'agents' ? ['agents'] : []), 'auth', `${of}_${key}`];
            found.problems.push(`${file.place(keyed)} ${what}`);
            broken.add(called(`${side}.${of}`));
          },
        },
      );
    return {
      kind: auth?.kind ?? 'none',
      username: auth?.username ?? null,
      password: secret('password'),
      token: secret('token'),
    };
  }
}

/** The way to a setting within its cluster. */
function keysOf(setting: Setting, said: ClusterInFile): string[] {
  switch (setting) {
    case 'masters':
      return ['masters'];
    case 'allow-plain-credentials':
      return ['allow_plain_credentials'];
    case 'agents.https':
      return ['agents', 'https'];
    case 'agents.networks':
      return ['agents', 'networks'];
    default:
      break;
  }
  const [side, part] = setting.split('.') as [Side, keyof AuthSource | keyof TlsSource];
  const { auth } = (side === 'agents' ? said.agents : said) ?? {};
  return [...(side === 'agents' ? ['agents'] : []), ...keysOfPart(part, auth)];
}

function keysOfPart(part: keyof AuthSource | keyof TlsSource, auth: AuthInFile | undefined): string[] {
  switch (part) {
    case 'kind':
    case 'username':
      return ['auth', part];
    case 'password':
    case 'token':
      return ['auth', auth?.[`${part}_file`] === undefined ? `${part}_env` : `${part}_file`];
    case 'ca':
      return ['tls', 'ca_file'];
    case 'clientCert':
      return ['tls', 'client_cert_file'];
    case 'clientKey':
      return ['tls', 'client_key_file'];
  }
}

function tlsOf(tls: TlsInFile | undefined): TlsSource {
  return {
    ca: tls?.ca_file ?? null,
    clientCert: tls?.client_cert_file ?? null,
    clientKey: tls?.client_key_file ?? null,
  };
}
