import { collisionRules } from '../domain/policy.ts';
import { logLevels } from '../logger.ts';
import { network } from './addresses.ts';
import {
  channel,
  databaseFile,
  emojiName,
  entitled,
  gateUrl,
  host,
  masterUrl,
  nameOfCluster,
  slackApiUrl,
  weeklyTime,
} from './made.ts';
import {
  basicPart,
  count,
  list,
  one,
  type Reading,
  secondsAsMs,
  text,
  token,
  word,
  yesNo,
} from './values.ts';

/** One environment variable. Unset and empty are the same, and count as the default. */
export interface Variable<T> {
  read: Reading<T>;
  /** Null: none; the variable is left out, or something else decides. */
  default: string | null;
}

interface Defaulted<T> extends Variable<T> {
  default: string;
}

function optional<T>(read: Reading<T>): Variable<T> {
  return { read, default: null };
}

function defaulted<T>(read: Reading<T>, fallback: string): Defaulted<T> {
  return { read, default: fallback };
}

const auth = defaulted(word('none', 'basic', 'bearer', 'dcos'), 'none');
const bearer = optional(token('', 'as the authenticator issued it'));

/** Every variable there is, once. `.env.example` explains them; test/env-example.test.ts holds the two together. */
export const variables = {
  CONFIG_FILE: optional(text()),
  SLACK_MODE: defaulted(word('socket', 'http'), 'socket'),
  SLACK_BOT_TOKEN: optional(token('xoxb-', 'the Bot User OAuth Token')),
  SLACK_APP_TOKEN: optional(token('xapp-', 'an app-level token with connections:write')),
  SLACK_SIGNING_SECRET: optional(token('', 'Basic Information, Signing Secret')),
  SLACK_HTTP_HOST: defaulted(text(), '0.0.0.0'),
  PORT: defaulted(count(0, 65_535), '3000'),
  SLACK_API_URL: optional(one(slackApiUrl)),
  SLACK_CHANNELS: optional(list(channel)),
  SLACK_CLUSTER_CHANNEL: optional(one(channel)),
  SLACK_OPS_CHANNEL: optional(one(channel)),
  ANCHOR_CHANNEL: optional(one(channel)),
  OPERATORS: optional(list(entitled)),
  APPROVERS: optional(list(entitled)),
  APPROVALS_NEEDED: defaulted(count(1, 10), '1'),
  APPROVAL_EMOJI: defaulted(one(emojiName), 'white_check_mark'),

  MESOS_CLUSTER: defaulted(one(nameOfCluster), 'default'),
  MESOS_MASTERS: optional(list(masterUrl)),
  MESOS_AUTH: auth,
  MESOS_USERNAME: optional(basicPart()),
  MESOS_PASSWORD: optional(basicPart()),
  MESOS_TOKEN: bearer,
  MESOS_CA_FILE: optional(text()),
  MESOS_CLIENT_CERT_FILE: optional(text()),
  MESOS_CLIENT_KEY_FILE: optional(text()),
  MESOS_ALLOWED_HOSTS: optional(list(host)),
  MESOS_AGENT_AUTH: auth,
  MESOS_AGENT_USERNAME: optional(basicPart()),
  MESOS_AGENT_PASSWORD: optional(basicPart()),
  MESOS_AGENT_TOKEN: bearer,
  MESOS_AGENT_HTTPS: defaulted(yesNo(), 'no'),
  MESOS_AGENT_CA_FILE: optional(text()),
  MESOS_AGENT_CLIENT_CERT_FILE: optional(text()),
  MESOS_AGENT_CLIENT_KEY_FILE: optional(text()),
  MESOS_AGENT_NETWORKS: optional(list(network)),
  MESOS_ALLOW_PLAIN_CREDENTIALS: defaulted(yesNo(), 'no'),

  DATABASE_PATH: defaulted(one(databaseFile), './mesos-chatops.db'),
  AUDIT_SIGNING_KEY_FILE: optional(text()),
  DATABASE_PATH_IS_PERSISTENT: defaulted(yesNo(), 'no'),
  HEALTH_HOST: defaulted(text(), '127.0.0.1'),
  HEALTH_PORT: defaulted(count(0, 65_535), '8081'),
  LOG_LEVEL: defaulted(word(...logLevels), 'info'),

  POLL_SECONDS: defaulted(secondsAsMs(0.01, 600), '5'),
  SWEEP_SECONDS: defaulted(secondsAsMs(0.05, 86_400), '300'),
  READ_DEADLINE_SECONDS: defaulted(secondsAsMs(0.05, 300), '10'),
  CALL_DEADLINE_SECONDS: defaulted(secondsAsMs(0.05, 600), '30'),
  STUCK_AFTER_SECONDS: defaulted(secondsAsMs(0.05, 86_400), '120'),
  HOLD_SECONDS: defaulted(secondsAsMs(0.01, 600), '30'),
  APPROVAL_EXPIRY_SECONDS: defaulted(secondsAsMs(1, 86_400), '3600'),
  CARD_EDIT_SECONDS: defaulted(secondsAsMs(0.01, 600), '3'),
  DRAINS_AT_ONCE: defaulted(count(1, 1_000), '3'),
  DRAINS_PER_RACK: defaulted(count(1, 1_000), '1'),
  GATE_URL: optional(one(gateUrl)),
  MIN_FREE_PERCENT: defaulted(count(0, 99), '0'),
  BRAKE_PERCENT: defaulted(count(0, 100), '20'),
  COLLISIONS: defaulted(word(...collisionRules), 'anyway'),
  DIGEST: defaulted(one(weeklyTime), 'mon 09:00 UTC'),
  REMIND_AFTER_SECONDS: defaulted(secondsAsMs(60, 2_592_000), '86400'),
  AFTER_WINDOW: defaulted(word('reactivate', 'remind'), 'reactivate'),
  COMMANDS_PER_MINUTE: defaulted(count(1, 10_000), '20'),
};

export type VariableName = keyof typeof variables;

/** Every variable's value; null where it has neither a value nor a default. */
export type Values = {
  [N in VariableName]: (typeof variables)[N] extends Defaulted<infer T>
    ? T
    : (typeof variables)[N] extends Variable<infer T>
      ? T | null
      : never;
};

/** The reading of a variable, or what is wrong with it; the text of a secret is never in a problem. */
export function readVariable<N extends VariableName>(
  name: N,
  given: string,
): { ok: true; value: unknown } | { ok: false; problems: string[] } {
  const outcome = variables[name].read.safeParse(given);
  if (outcome.success) return { ok: true, value: outcome.data };
  return { ok: false, problems: outcome.error.issues.map((issue) => `${name} ${issue.message}`) };
}
