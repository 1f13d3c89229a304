import { onlyLoopback } from './cluster.ts';
import { readClusters } from './clusters.ts';
import { type Env, given, readValues, setIn } from './environment.ts';
import { readConfigFile } from './file/config-file.ts';
import { settingsInFile } from './file/settings.ts';
import type { Findings } from './findings.ts';
import type { Config } from './shape.ts';
import { signingKeyOf } from './signing-key.ts';
import { slackOf } from './slack.ts';
import { strangersAmong } from './strangers.ts';
import type { Files } from './tls.ts';
import { readVariable, type Values } from './variables.ts';

/** The configuration, or everything that is wrong with it at once, each by the name of its variable or by its line in the file.
 * The environment wins over the file, and the file over defaults. Neither
 * problems nor warnings hold the value of a secret. */
export function readConfig(
  env: Env,
  files: Files,
): { ok: true; config: Config; warnings: string[] } | { ok: false; problems: string[] } {
  const found: Findings = { problems: [], warnings: [], broken: new Set() };
  const file = readConfigFile(given(env, 'CONFIG_FILE'), files, found);
  const settings = file === null ? null : settingsInFile(file.settings, file.file, found);
  const all = { ...settings?.env, ...setIn(env) };
  const values = readValues(all, found, (name) =>
    name in setIn(env) ? '' : (settings?.place.get(name) ?? ''),
  );
  // Set to nothing on purpose; unset it would be the default.
  const healthIsOff = (env['HEALTH_PORT'] ?? all['HEALTH_PORT'])?.trim() === '';
  const ofClusters: Findings = { problems: [], warnings: [], broken: found.broken };
  const clusters = readClusters(values, { env, file, files, found: ofClusters });
  const masters = clusters.flatMap((cluster) => cluster.masters);
  const slack = slackOf(values, masters, found);
  found.problems.push(...ofClusters.problems);
  found.warnings.push(...ofClusters.warnings);
  const config: Config = {
    slack,
    clusters,
    databasePath: values.DATABASE_PATH,
    signingKey: signingKeyOf(values, files, found),
    health: healthIsOff ? null : { host: values.HEALTH_HOST, port: values.HEALTH_PORT },
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
    digest: values.DIGEST,
  };
  checkDisk(env, values, found);
  checkHaste(config, found);
  checkPorts(config, found);
  if (found.problems.length > 0) return { ok: false, problems: found.problems };
  if (config.slack.anchorChannel === null)
    found.warnings.push(
      'ANCHOR_CHANNEL and SLACK_OPS_CHANNEL are empty: a database that was restored from the past may go unnoticed',
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
function checkHaste({ timing, clusters }: Config, found: Findings): void {
  if (onlyLoopback(clusters.flatMap(({ masters }) => masters))) return;
  if (timing.pollMs < 1000)
    found.problems.push('POLL_SECONDS under 1 is accepted only where every master is a loopback address');
  if (clusters.some(({ policy }) => policy.approvals.holdMs < 10_000))
    found.problems.push('HOLD_SECONDS under 10 is accepted only where every master is a loopback address');
  if (timing.sweepMs < 10_000)
    found.problems.push('SWEEP_SECONDS under 10 is accepted only where every master is a loopback address');
}

function checkPorts({ slack, health }: Config, found: Findings): void {
  const { transport } = slack;
  if (transport.mode === 'http' && health !== null && transport.port === health.port && health.port !== 0)
    found.problems.push(`HEALTH_PORT and PORT are both ${health.port}: health has a port of its own`);
}
