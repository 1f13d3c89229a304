import type { ClusterSource, Setting } from './cluster-source.ts';
import type { Findings } from './findings.ts';
import { policyOf } from './policy/from-variables.ts';
import type { Values, VariableName } from './variables.ts';

/** What the variables say of their one cluster. */
export function clusterInVariables(values: Values, found: Findings): ClusterSource {
  return {
    name: values.MESOS_CLUSTER,
    masters: values.MESOS_MASTERS,
    auth: {
      kind: values.MESOS_AUTH,
      username: values.MESOS_USERNAME,
      password: values.MESOS_PASSWORD,
      token: values.MESOS_TOKEN,
    },
    tls: {
      ca: values.MESOS_CA_FILE,
      clientCert: values.MESOS_CLIENT_CERT_FILE,
      clientKey: values.MESOS_CLIENT_KEY_FILE,
    },
    allowedHosts: values.MESOS_ALLOWED_HOSTS ?? [],
    allowPlainCredentials: values.MESOS_ALLOW_PLAIN_CREDENTIALS,
    agents: {
      auth: {
        kind: values.MESOS_AGENT_AUTH,
        username: values.MESOS_AGENT_USERNAME,
        password: values.MESOS_AGENT_PASSWORD,
        token: values.MESOS_AGENT_TOKEN,
      },
      tls: {
        ca: values.MESOS_AGENT_CA_FILE,
        clientCert: values.MESOS_AGENT_CLIENT_CERT_FILE,
        clientKey: values.MESOS_AGENT_CLIENT_KEY_FILE,
      },
      https: values.MESOS_AGENT_HTTPS,
      networks: values.MESOS_AGENT_NETWORKS,
    },
    defaultIn: [],
    clusterChannel: values.SLACK_CLUSTER_CHANNEL ?? values.SLACK_CHANNELS?.[0] ?? values.SLACK_OPS_CHANNEL,
    policy: policyOf(values),
    called: (setting, value) => (value === undefined ? names[setting] : `${names[setting]}=${value}`),
    place: () => '',
    isBroken: (setting) => found.broken.has(names[setting]),
  };
}

const names: Record<Setting, VariableName> = {
  masters: 'MESOS_MASTERS',
  'allow-plain-credentials': 'MESOS_ALLOW_PLAIN_CREDENTIALS',
  'agents.https': 'MESOS_AGENT_HTTPS',
  'agents.networks': 'MESOS_AGENT_NETWORKS',
  'masters.kind': 'MESOS_AUTH',
  'masters.username': 'MESOS_USERNAME',
  'masters.password': 'MESOS_PASSWORD',
  'masters.token': 'MESOS_TOKEN',
  'masters.ca': 'MESOS_CA_FILE',
  'masters.clientCert': 'MESOS_CLIENT_CERT_FILE',
  'masters.clientKey': 'MESOS_CLIENT_KEY_FILE',
  'agents.kind': 'MESOS_AGENT_AUTH',
  'agents.username': 'MESOS_AGENT_USERNAME',
  'agents.password': 'MESOS_AGENT_PASSWORD',
  'agents.token': 'MESOS_AGENT_TOKEN',
  'agents.ca': 'MESOS_AGENT_CA_FILE',
  'agents.clientCert': 'MESOS_AGENT_CLIENT_CERT_FILE',
  'agents.clientKey': 'MESOS_AGENT_CLIENT_KEY_FILE',
};
