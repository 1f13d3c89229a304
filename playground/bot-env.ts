import type { SimulatedCluster } from './mesos/start.ts';
import type { LocalSlack } from './slack/start.ts';

/** The environment that makes the production bot work on the simulated cluster and the local Slack. Only
 * addresses, tokens and durations differ from a real installation's. */
export function botEnv(
  slack: Pick<LocalSlack, 'apiUrl' | 'botToken' | 'appToken'>,
  cluster: Pick<SimulatedCluster, 'masterUrls'>,
  databasePath: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    SLACK_CHANNELS: 'C0MESOSOPS',
    MESOS_CLUSTER: 'playground',
    MESOS_MASTERS: cluster.masterUrls.join(','),
    OPERATORS: 'S0OPERATOR',
    APPROVERS: 'S0APPROVER',
    DATABASE_PATH: databasePath,
    HEALTH_PORT: '',
    ...more,
  };
}

/** What changes where the clusters are in a file: none is in the variables. */
export function envOfFile(path: string): Record<string, string> {
  return { CONFIG_FILE: path, MESOS_MASTERS: '' };
}
