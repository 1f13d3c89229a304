import { isNobody } from '../domain/policy/soundness.ts';
import { onlyLoopback, readCluster } from './cluster.ts';
import { type Env, given, readValues } from './environment.ts';
import type { Findings } from './findings.ts';
import type { ClusterConfig, Config } from './shape.ts';
import { signingKeyOf } from './signing-key.ts';
import { slackOf } from './slack.ts';
import { strangersAmong } from './strangers.ts';
import type { Files } from './tls.ts';
import { readVariable, type Values } from './variables.ts';

/** The configuration, or everything that is wrong with it at once, each by the name of its variable. Neither
 * problems nor warnings hold the value of a secret. */
export function readConfig(
  env: Env,
  files: Files,
): { ok: true; config: Config; warnings: string[] } | { ok: false; problems: string[] } {
  const found: Findings = { problems: [], warnings: [], broken: new Set() };
  const values = readValues(env, found);
  // Set to nothing on purpose; unset it would be the default.
  const { HEALTH_PORT } = env;
  const cluster = readCluster(values, files, found);
  const config: Config = {
    slack: slackOf(values, found),
    clusters: [cluster],
    databasePath: values.DATABASE_PATH,
    signingKey: signingKeyOf(values, files, found),
    health: HEALTH_PORT?.trim() === '' ? null : { host: values.HEALTH_HOST, port: values.HEALTH_PORT },
    log: { level: values.LOG_LEVEL },
    timing: {
      pollMs: values.POLL_SECONDS,
      sweepMs: values.SWEEP_SECONDS,
      readDeadlineMs: values.READ_DEADLINE_SECONDS,
      callDeadlineMs: values.CALL_DEADLINE_SECONDS,
      stuckAfterMs: values.STUCK_AFTER_SECONDS,
      cardEditMs: values.CARD_EDIT_SECONDS,
    },
    commandsPerMinute: values.COMMANDS_PER_MINUTE,
  };
  checkDisk(env, values, found);
  checkHaste(config, cluster, found);
  const { approvals, operators, approvers } = cluster.policy;
  if (approvals.expiryMs <= approvals.holdMs)
    found.problems.push(
      'APPROVAL_EXPIRY_SECONDS must be more than HOLD_SECONDS: else no call could ever leave',
    );
  checkPorts(config, found);
  if (found.problems.length > 0) return { ok: false, problems: found.problems };
  if (isNobody(operators))
    found.warnings.push('OPERATORS is empty: nobody may drain anything, only reads are answered');
  if (isNobody(approvers))
    found.warnings.push('APPROVERS is empty: nobody may approve what can not be undone');
  if (config.slack.anchorChannel === null)
    found.warnings.push(
      'ANCHOR_CHANNEL and SLACK_OPS_CHANNEL are empty: a database that was restored from the past may go unnoticed',
    );
  if (cluster.clusterChannel === null)
    found.warnings.push(
      'SLACK_CLUSTER_CHANNEL, SLACK_CHANNELS and SLACK_OPS_CHANNEL are empty: what others change on the cluster is filed, but nobody is told',
    );
  found.warnings.push(...strangersAmong(env));
  return { ok: true, config, warnings: found.warnings };
}

/** Where the database is, for commands that need nothing else. Checks nothing but that it is a file. Throws a
 * TypeError that says what is wrong. */
export function readDatabasePath(env: Env): string {
  const outcome = readVariable('DATABASE_PATH', given(env, 'DATABASE_PATH') ?? '');
  if (!outcome.ok) throw new TypeError(outcome.problems.join('; '));
  return outcome.value as string;
}

/** What must never appear in a log, to the letter. */
export function secretsOf(config: Config): string[] {
  const { slack, clusters, signingKey } = config;
  return [
    slack.botToken,
    slack.transport.mode === 'socket' ? slack.transport.appToken : slack.transport.signingSecret,
    ...(signingKey === null ? [] : [signingKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')]),
    ...clusters
      .flatMap(({ auth, agents }) => [auth, agents.auth])
      .flatMap((auth) => {
        if (auth.kind === 'none') return [];
        if (auth.kind !== 'basic') return [auth.token];
        return [auth.password, Buffer.from(`${auth.username}:${auth.password}`).toString('base64')];
      }),
  ];
}

/** A dyno's disk is empty again after each restart, and the audit log with it. Source: Heroku, dynos. */
function checkDisk(env: Env, values: Values, found: Findings): void {
  const { DYNO = '', NODE_ENV } = env;
  if (DYNO !== '' && NODE_ENV === 'production' && !values.DATABASE_PATH_IS_PERSISTENT)
    found.problems.push(
      "DATABASE_PATH is on a dyno's own disk, which every restart empties, the audit log too: " +
        'put it on a disk that stays and set DATABASE_PATH_IS_PERSISTENT=yes',
    );
}

/** Sped-up watching is for simulated clusters; a real master has better things to do. */
function checkHaste({ timing }: Config, { masters, policy }: ClusterConfig, found: Findings): void {
  if (onlyLoopback(masters)) return;
  if (timing.pollMs < 1000)
    found.problems.push('POLL_SECONDS under 1 is accepted only where every master is a loopback address');
  if (policy.approvals.holdMs < 10_000)
    found.problems.push('HOLD_SECONDS under 10 is accepted only where every master is a loopback address');
  if (timing.sweepMs < 10_000)
    found.problems.push('SWEEP_SECONDS under 10 is accepted only where every master is a loopback address');
}

function checkPorts({ slack, health }: Config, found: Findings): void {
  const { transport } = slack;
  if (transport.mode === 'http' && health !== null && transport.port === health.port && health.port !== 0)
    found.problems.push(`HEALTH_PORT and PORT are both ${health.port}: health has a port of its own`);
}
