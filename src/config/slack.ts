import { onlyLoopback } from './cluster.ts';
import { type Findings, reportMissing } from './findings.ts';
import type { Config } from './shape.ts';
import type { Values } from './variables.ts';

/** How to reach Slack, as far as the variables make sense. `masters`: of all clusters. */
export function slackOf(values: Values, masters: URL[], found: Findings): Config['slack'] {
  reportMissing('SLACK_BOT_TOKEN', 'the Bot User OAuth Token, xoxb-…', values, found);
  return {
    botToken: values.SLACK_BOT_TOKEN ?? '',
    transport: transportOf(values, found),
    apiUrl: apiUrlOf(values, masters, found),
    opsChannel: values.SLACK_OPS_CHANNEL,
    anchorChannel: values.ANCHOR_CHANNEL ?? values.SLACK_OPS_CHANNEL,
  };
}

function transportOf(values: Values, found: Findings): Config['slack']['transport'] {
  switch (values.SLACK_MODE) {
    case 'socket':
      reportMissing('SLACK_APP_TOKEN', 'Socket Mode needs it, or set SLACK_MODE=http', values, found);
      return { mode: 'socket', appToken: values.SLACK_APP_TOKEN ?? '' };
    case 'http':
      reportMissing('SLACK_SIGNING_SECRET', 'SLACK_MODE=http checks every request by it', values, found);
      return {
        mode: 'http',
        signingSecret: values.SLACK_SIGNING_SECRET ?? '',
        port: values.PORT,
        host: values.SLACK_HTTP_HOST,
      };
  }
}

/** Whoever answers as Slack says who voted and who typed: only a cluster on this machine may believe another. */
function apiUrlOf(values: Values, masters: URL[], found: Findings): string | null {
  const url = values.SLACK_API_URL;
  if (url === null) return null;
  const slacks = /(?:^|\.)slack(?:-gov)?\.com$/.test(url.hostname) && url.protocol === 'https:';
  if (!slacks && !onlyLoopback(masters))
    found.problems.push(
      `SLACK_API_URL leads to ${url.origin}, which is not Slack: accepted only where every master is a loopback address`,
    );
  return url.href;
}
