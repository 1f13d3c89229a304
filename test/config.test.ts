import { generateKeyPairSync } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { type Config, readConfig, readDatabasePath, secretsOf } from '../src/config.ts';
import { defaultPolicy } from '../src/domain/policy.ts';
import { onlyCluster } from './support/only-cluster.ts';
import { testCertificate, testCertificateKey } from './support/test-certificate.ts';

const slack = { SLACK_BOT_TOKEN: 'xoxb-1-planted', SLACK_APP_TOKEN: 'xapp-1-planted' };
const least = { ...slack, MESOS_MASTERS: 'https://m1.example:5050, https://m2.example:5050' };
const loopback = { ...slack, MESOS_MASTERS: 'http://127.0.0.1:5050,http://localhost:5051,http://[::1]:5052' };
const people = { OPERATORS: 'U111', APPROVERS: 'S222' };
const anchored = { ANCHOR_CHANNEL: 'C4', SLACK_CLUSTER_CHANNEL: 'C5' };

const ed25519 = generateKeyPairSync('ed25519');
const signingPem = ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

type Env = Record<string, string>;
const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const onDisk: Record<string, string> = {
  '/ca.pem': rootCertificates[0] ?? '',
  '/cert.pem': testCertificate,
  '/key.pem': testCertificateKey,
  '/other-key.pem': otherKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  '/locked.pem': otherKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString(),
  '/broken.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  '/hello.txt': 'hello',
  '/signing.pem': signingPem,
  '/open.pem': signingPem,
  '/signing.pub': ed25519.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
};
const files = {
  read(path: string): string {
    const text = onDisk[path];
    if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return text;
  },
  mode: (path: string) => (path === '/open.pem' ? 0o100644 : 0o100600),
};

function configOf(env: Env): Config {
  const outcome = readConfig(env, files);
  if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
  return outcome.config;
}

function warningsOf(env: Env): string[] {
  const outcome = readConfig(env, files);
  if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
  return outcome.warnings;
}

function problemsOf(env: Env): string[] {
  const outcome = readConfig(env, files);
  return outcome.ok ? [] : outcome.problems;
}

describe('readConfig', () => {
  it('needs the tokens and the masters only, and fills in the rest', () => {
    expect(configOf(least)).toEqual({
      slack: {
        botToken: 'xoxb-1-planted',
        transport: { mode: 'socket', appToken: 'xapp-1-planted' },
        apiUrl: null,
        opsChannel: null,
        anchorChannel: null,
      },
      clusters: [
        {
          name: 'default',
          masters: [new URL('https://m1.example:5050/'), new URL('https://m2.example:5050/')],
          auth: { kind: 'none' },
          tls: { ca: null, clientCert: null, clientKey: null },
          allowedHosts: [],
          agents: {
            auth: { kind: 'none' },
            tls: { ca: null, clientCert: null, clientKey: null },
            https: false,
            networks: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
          },
          defaultIn: [],
          clusterChannel: null,
          policy: defaultPolicy,
        },
      ],
      databasePath: './mesos-chatops.db',
      signingKey: null,
      health: { host: '127.0.0.1', port: 8081 },
      log: { level: 'info' },
      timing: {
        pollMs: 5000,
        sweepMs: 300_000,
        readDeadlineMs: 10_000,
        callDeadlineMs: 30_000,
        stuckAfterMs: 120_000,
        cardEditMs: 3000,
      },
      commandsPerMinute: 20,
      digest: { day: 'mon', minute: 540, zone: 'UTC' },
    });
  });

  it('tells every problem at once, each by its variable', () => {
    const problems = problemsOf({
      SLACK_APP_TOKEN: 'xoxb-wrong-kind',
      MESOS_MASTERS: 'm1.example:5050,zk://z1:2181/mesos',
      OPERATORS: 'U111,alice',
      POLL_SECONDS: 'often',
      LOG_LEVEL: 'loud',
    });
    expect(problems.map((problem) => problem.split(' ', 1)[0])).toEqual([
      'SLACK_APP_TOKEN',
      'OPERATORS',
      'MESOS_MASTERS',
      'MESOS_MASTERS',
      'LOG_LEVEL',
      'POLL_SECONDS',
      'SLACK_BOT_TOKEN',
    ]);
  });

  const secret = 'planted-secret';
  it.each<[string, Env, RegExp]>([
    [
      'a bot token of another kind',
      { SLACK_BOT_TOKEN: `xoxp-${secret}` },
      /SLACK_BOT_TOKEN must begin with xoxb-/,
    ],
    ['an app token of another kind', { SLACK_APP_TOKEN: secret }, /SLACK_APP_TOKEN must begin with xapp-/],
    [
      'a token with a line break',
      { SLACK_BOT_TOKEN: `xoxb-a\n${secret}` },
      /SLACK_BOT_TOKEN must be one word/,
    ],
    ['an empty token', { SLACK_BOT_TOKEN: ' ' }, /SLACK_BOT_TOKEN is missing/],
    ['HTTP mode without a signing secret', { SLACK_MODE: 'http' }, /SLACK_SIGNING_SECRET is missing/],
    ['a mode that Slack has not', { SLACK_MODE: 'rtm' }, /SLACK_MODE must be one of socket, http/],
    ['a port beyond ports', { PORT: '70000' }, /PORT must be a whole number from 0 to 65535/],
    [
      'one port for two servers',
      { SLACK_MODE: 'http', SLACK_SIGNING_SECRET: 's', PORT: '8081' },
      /HEALTH_PORT and PORT/,
    ],
    [
      'another Slack beside a real master',
      { SLACK_API_URL: 'https://slack.example/api/' },
      /SLACK_API_URL leads to https:\/\/slack\.example/,
    ],
    ['Slack without TLS', { SLACK_API_URL: 'http://slack.com/api/' }, /SLACK_API_URL/],
    ['a host that only ends like Slack', { SLACK_API_URL: 'https://notslack.com/api/' }, /SLACK_API_URL/],
    ['a channel by name', { SLACK_CHANNELS: '#ops' }, /SLACK_CHANNELS "#ops" is not a channel ID/],
    [
      'a direct message as ops channel',
      { SLACK_OPS_CHANNEL: 'D123' },
      /SLACK_OPS_CHANNEL "D123" is a direct message/,
    ],
    ['a token among the operators', { OPERATORS: `xoxb-${secret}` }, /OPERATORS "\[redacted\]" is neither/],
    ['an operator by name', { OPERATORS: '@alice' }, /OPERATORS "@alice" is neither a user ID/],
    ['a cluster name with a space', { MESOS_CLUSTER: 'east 1' }, /MESOS_CLUSTER "east 1" is not a name/],
    ['ZooKeeper as a master', { MESOS_MASTERS: 'zk://z1:2181/mesos' }, /MESOS_MASTERS .*ZooKeeper/],
    [
      'a master with credentials in its address',
      { MESOS_MASTERS: `https://bob:p@${secret}@m1` },
      /MESOS_MASTERS an entry .*holds credentials/,
    ],
    ['a master with a query', { MESOS_MASTERS: 'https://m1/?a=b' }, /MESOS_MASTERS .*must not hold/],
    [
      'an unknown way to authenticate',
      { MESOS_AUTH: 'kerberos' },
      /MESOS_AUTH must be one of none, basic, bearer, dcos/,
    ],
    [
      'a password with a colon',
      { MESOS_AUTH: 'basic', MESOS_USERNAME: 'bob', MESOS_PASSWORD: `a:${secret}` },
      /MESOS_PASSWORD must not hold a ':': Mesos/,
    ],
    [
      'Basic without a password',
      { MESOS_AUTH: 'basic', MESOS_USERNAME: 'bob' },
      /MESOS_PASSWORD is missing: MESOS_AUTH=basic/,
    ],
    [
      'Bearer without a token',
      { MESOS_AGENT_AUTH: 'bearer', MESOS_AGENT_HTTPS: 'yes' },
      /MESOS_AGENT_TOKEN is missing/,
    ],
    [
      'credentials over plain HTTP',
      { MESOS_MASTERS: 'http://m1:5050', MESOS_AUTH: 'dcos', MESOS_TOKEN: secret },
      /MESOS_MASTERS has plain http:\/\/ addresses \(m1:5050\)/,
    ],
    [
      'agent credentials over plain HTTP',
      { MESOS_AGENT_AUTH: 'bearer', MESOS_AGENT_TOKEN: secret },
      /MESOS_AGENT_HTTPS is no, which would send/,
    ],
    [
      'a redirect host with a path',
      { MESOS_ALLOWED_HOSTS: 'm3.example/x' },
      /MESOS_ALLOWED_HOSTS "m3\.example\/x" is not a host/,
    ],
    [
      'a network without a form',
      { MESOS_AGENT_NETWORKS: '10.0.0.0/40' },
      /MESOS_AGENT_NETWORKS "10\.0\.0\.0\/40" has no prefix/,
    ],
    ['a network by name', { MESOS_AGENT_NETWORKS: 'rack7' }, /MESOS_AGENT_NETWORKS "rack7" is not a network/],
    [
      'a link-local network',
      { MESOS_AGENT_NETWORKS: '169.254.0.0/16' },
      /MESOS_AGENT_NETWORKS 169\.254\.0\.0\/16 is link-local/,
    ],
    [
      'loopback beside a real master',
      { MESOS_AGENT_NETWORKS: '127.0.0.0/8' },
      /MESOS_AGENT_NETWORKS 127\.0\.0\.0\/8 is this machine/,
    ],
    [
      'a CA file that is not there',
      { MESOS_CA_FILE: '/gone.pem' },
      /MESOS_CA_FILE "\/gone\.pem" can't be read \(ENOENT\)/,
    ],
    [
      'a certificate without its key',
      { MESOS_CLIENT_CERT_FILE: '/cert.pem' },
      /MESOS_CLIENT_KEY_FILE is missing/,
    ],
    [
      'a key without its certificate',
      { MESOS_AGENT_CLIENT_KEY_FILE: '/key.pem' },
      /MESOS_AGENT_CLIENT_CERT_FILE is missing/,
    ],
    ['a database in memory', { DATABASE_PATH: ':memory:' }, /DATABASE_PATH ":memory:" is not a path/],
    [
      "a dyno's own disk",
      { NODE_ENV: 'production', DYNO: 'worker.1' },
      /DATABASE_PATH is on a dyno's own disk/,
    ],
    ['a switch that is neither', { MESOS_AGENT_HTTPS: 'maybe' }, /MESOS_AGENT_HTTPS must be yes or no/],
    ['a deadline of nothing', { READ_DEADLINE_SECONDS: '0' }, /READ_DEADLINE_SECONDS must be seconds from/],
    ['a negative wait', { STUCK_AFTER_SECONDS: '-5' }, /STUCK_AFTER_SECONDS must be seconds from/],
    ['half a drain', { DRAINS_AT_ONCE: '1.5' }, /DRAINS_AT_ONCE must be a whole number from 1 to/],
    ['hasty polls of a real master', { POLL_SECONDS: '0.2' }, /POLL_SECONDS under 1 is accepted only/],
    ['hasty sweeps of a real master', { SWEEP_SECONDS: '2' }, /SWEEP_SECONDS under 10 is accepted only/],
  ])('refuses %s, and shows no secret', (_, env, wanted) => {
    const problems = problemsOf({ ...least, ...env });
    expect(problems).toEqual([expect.stringMatching(wanted)]);
    expect(problems.join()).not.toContain(secret);
  });

  it.each<[string, Env, (config: Config) => unknown, unknown]>([
    [
      'HTTP mode',
      { SLACK_MODE: 'HTTP', SLACK_SIGNING_SECRET: 'abc', PORT: '4000' },
      (c) => c.slack.transport,
      { mode: 'http', signingSecret: 'abc', port: 4000, host: '0.0.0.0' },
    ],
    [
      'channels',
      { SLACK_CHANNELS: 'C1, G2,', SLACK_OPS_CHANNEL: 'C3' },
      (c) => [onlyCluster(c).policy.channels, c.slack.opsChannel],
      [['C1', 'G2'], 'C3'],
    ],
    [
      'people and groups, each once',
      { OPERATORS: 'U1,S2,W3,U1' },
      (c) => onlyCluster(c).policy.operators,
      { users: ['U1', 'W3'], groups: ['S2'] },
    ],
    [
      "Slack's address for governments",
      { SLACK_API_URL: 'https://slack-gov.com/api/' },
      (c) => c.slack.apiUrl,
      'https://slack-gov.com/api/',
    ],
    [
      'Basic credentials, spaces and all',
      { MESOS_AUTH: 'basic', MESOS_USERNAME: 'bob', MESOS_PASSWORD: ' p w ' },
      (c) => onlyCluster(c).auth,
      { kind: 'basic', username: 'bob', password: ' p w ' },
    ],
    [
      'a DC/OS token',
      { MESOS_AUTH: 'dcos', MESOS_TOKEN: 'abc.def' },
      (c) => onlyCluster(c).auth,
      { kind: 'dcos', token: 'abc.def' },
    ],
    [
      "the agents' own credentials",
      { MESOS_AGENT_AUTH: 'bearer', MESOS_AGENT_TOKEN: 't', MESOS_AGENT_HTTPS: 'yes' },
      (c) => [onlyCluster(c).agents.auth, onlyCluster(c).auth],
      [{ kind: 'bearer', token: 't' }, { kind: 'none' }],
    ],
    [
      'plain credentials where they are allowed',
      {
        MESOS_MASTERS: 'http://m1:5050',
        MESOS_AUTH: 'bearer',
        MESOS_TOKEN: 't',
        MESOS_ALLOW_PLAIN_CREDENTIALS: 'yes',
      },
      (c) => onlyCluster(c).auth,
      { kind: 'bearer', token: 't' },
    ],
    [
      'a master behind a path',
      { MESOS_MASTERS: 'https://dcos.example/mesos' },
      (c) => onlyCluster(c).masters[0]?.href,
      'https://dcos.example/mesos',
    ],
    [
      'redirect hosts',
      { MESOS_ALLOWED_HOSTS: 'M3.example:5050, 10.0.0.4' },
      (c) => onlyCluster(c).allowedHosts,
      ['m3.example:5050', '10.0.0.4'],
    ],
    [
      'networks and single addresses',
      { MESOS_AGENT_NETWORKS: '203.0.113.0/24, 2001:db8::7' },
      (c) => onlyCluster(c).agents.networks,
      ['203.0.113.0/24', '2001:db8::7/128'],
    ],
    ['health off', { HEALTH_PORT: '' }, (c) => c.health, null],
    [
      'health elsewhere',
      { HEALTH_HOST: '0.0.0.0', HEALTH_PORT: '9000' },
      (c) => c.health,
      { host: '0.0.0.0', port: 9000 },
    ],
    ['fractions of seconds', { CARD_EDIT_SECONDS: '0.25' }, (c) => c.timing.cardEditMs, 250],
    [
      'an empty variable as its default',
      { POLL_SECONDS: '', LOG_LEVEL: ' ' },
      (c) => [c.timing.pollMs, c.log.level],
      [5000, 'info'],
    ],
    [
      'a disk that stays under a dyno',
      {
        NODE_ENV: 'production',
        DYNO: 'worker.1',
        DATABASE_PATH: '/data/a.db',
        DATABASE_PATH_IS_PERSISTENT: 'yes',
      },
      (c) => c.databasePath,
      '/data/a.db',
    ],
  ])('reads %s', (_, env, pick, wanted) => {
    expect(pick(configOf({ ...least, ...env }))).toEqual(wanted);
  });

  it.each<[string, Env, (config: Config) => unknown, unknown]>([
    [
      'another Slack',
      { SLACK_API_URL: 'http://127.0.0.1:4003/api/' },
      (c) => c.slack.apiUrl,
      'http://127.0.0.1:4003/api/',
    ],
    [
      'credentials over plain HTTP',
      { MESOS_AUTH: 'bearer', MESOS_TOKEN: 't' },
      (c) => onlyCluster(c).auth.kind,
      'bearer',
    ],
    [
      'agents on this machine',
      {},
      (c) => onlyCluster(c).agents.networks.slice(-2),
      ['127.0.0.0/8', '::1/128'],
    ],
    [
      'their credentials too',
      { MESOS_AGENT_NETWORKS: '127.0.0.0/8', MESOS_AGENT_AUTH: 'bearer', MESOS_AGENT_TOKEN: 't' },
      (c) => onlyCluster(c).agents.auth.kind,
      'bearer',
    ],
    [
      'haste',
      { POLL_SECONDS: '0.2', SWEEP_SECONDS: '1' },
      (c) => [c.timing.pollMs, c.timing.sweepMs],
      [200, 1000],
    ],
  ])('accepts %s where every master is a loopback address', (_, env, pick, wanted) => {
    expect(pick(configOf({ ...loopback, ...env }))).toEqual(wanted);
  });

  it('takes nothing for granted where one master of several is elsewhere', () => {
    const mixed = { ...slack, MESOS_MASTERS: 'http://127.0.0.1:5050,https://m1.example' };
    expect(problemsOf({ ...mixed, SLACK_API_URL: 'http://127.0.0.1:4003/' })).toHaveLength(1);
    expect(onlyCluster(configOf(mixed)).agents.networks).not.toContain('127.0.0.0/8');
  });

  it('reads certificate files', () => {
    const cluster = onlyCluster(
      configOf({
        ...least,
        MESOS_CA_FILE: '/ca.pem',
        MESOS_AGENT_HTTPS: 'yes',
        MESOS_AGENT_CLIENT_CERT_FILE: '/cert.pem',
        MESOS_AGENT_CLIENT_KEY_FILE: '/key.pem',
      }),
    );
    expect(cluster.tls).toEqual({ ca: rootCertificates[0], clientCert: null, clientKey: null });
    expect(cluster.agents.tls).toEqual({
      ca: null,
      clientCert: testCertificate,
      clientKey: testCertificateKey,
    });
  });

  it('reads the key that heads of the audit log are signed with, and keeps it out of the log', () => {
    const config = configOf({ ...least, AUDIT_SIGNING_KEY_FILE: '/signing.pem' });
    expect(config.signingKey?.equals(ed25519.privateKey)).toBe(true);
    const inPem = signingPem.split('\n')[1] ?? '';
    expect(secretsOf(config)).toContain(inPem);
    expect(inspect(config, { depth: 9 })).not.toContain(inPem);
    expect(JSON.stringify(config)).not.toContain(inPem);
  });

  it.each([
    ['/nowhere.pem', /can't be read \(ENOENT\)$/],
    ['/key.pem', /holds no Ed25519 private key/],
    ['/other-key.pem', /holds no Ed25519 private key/],
    ['/locked.pem', /holds no Ed25519 private key/],
    ['/signing.pub', /holds no Ed25519 private key/],
    ['/open.pem', /can be read or written by others than its owner \(mode 644\): chmod 600$/],
  ])('refuses %s to sign with, among all else that is wrong', (path, why) => {
    const problems = problemsOf({ ...least, AUDIT_SIGNING_KEY_FILE: path, POLL_SECONDS: 'x' });
    expect(problems).toEqual([expect.stringMatching(/^POLL_SECONDS/), expect.stringMatching(why)]);
    expect(problems.join()).not.toContain(signingPem.split('\n')[1]);
  });

  it('refuses certificate files that are not what they should be', () => {
    expect(
      problemsOf({
        ...least,
        MESOS_CA_FILE: '/broken.pem',
        MESOS_CLIENT_CERT_FILE: '/cert.pem',
        MESOS_CLIENT_KEY_FILE: '/other-key.pem',
        MESOS_AGENT_CA_FILE: '/hello.txt',
        MESOS_AGENT_CLIENT_CERT_FILE: '/cert.pem',
        MESOS_AGENT_CLIENT_KEY_FILE: '/locked.pem',
      }),
    ).toEqual([
      expect.stringMatching(/^MESOS_CA_FILE holds a broken certificate$/),
      expect.stringMatching(/^MESOS_CLIENT_CERT_FILE and MESOS_CLIENT_KEY_FILE do not belong together/),
      expect.stringMatching(/^MESOS_AGENT_CA_FILE "\/hello\.txt" is not PEM text/),
      expect.stringMatching(/^MESOS_AGENT_CLIENT_KEY_FILE "\/locked\.pem" is encrypted/),
    ]);
  });

  it.each<[string, Env, RegExp]>([
    ['empty operators', { OPERATORS: '' }, /^OPERATORS is empty: nobody/],
    [
      'no place for anchors',
      { ANCHOR_CHANNEL: '' },
      /^ANCHOR_CHANNEL and SLACK_OPS_CHANNEL are empty: a database/,
    ],
    [
      'no place for what others do',
      { SLACK_CLUSTER_CHANNEL: '' },
      /^SLACK_CLUSTER_CHANNEL, SLACK_CHANNELS and SLACK_OPS_CHANNEL are empty: what others change/,
    ],
    ['empty approvers', { APPROVERS: ' , ' }, /^APPROVERS is empty: nobody/],
    [
      'a mistyped variable',
      { MESOS_MASTER: 'https://m3' },
      /^MESOS_MASTER is not a variable .* meant MESOS_MASTERS\?$/,
    ],
    [
      "somebody else's variable, without a guess",
      { MESOS_SANDBOX_DIRECTORY: '/mnt' },
      /^MESOS_SANDBOX_DIRECTORY is not a variable of this bot and is ignored$/,
    ],
    [
      'a token that is not used',
      { MESOS_TOKEN: 'abc' },
      /^MESOS_TOKEN is set, but MESOS_AUTH=none does not use it$/,
    ],
  ])('warns of %s', (_, env, wanted) => {
    expect(warningsOf({ ...least, ...people, ...anchored, ...env })).toEqual([expect.stringMatching(wanted)]);
  });

  it('has nothing to warn of where all is in order', () => {
    expect(warningsOf({ ...least, ...people, ...anchored, PATH: '/bin', MESSAGE: 'x' })).toEqual([]);
  });
});

describe('readDatabasePath', () => {
  it('asks for nothing else', () => {
    expect(readDatabasePath({})).toBe('./mesos-chatops.db');
    expect(readDatabasePath({ DATABASE_PATH: ' /data/a.db ' })).toBe('/data/a.db');
    expect(() => readDatabasePath({ DATABASE_PATH: ':memory:' })).toThrow(
      /DATABASE_PATH ":memory:" is not a path/,
    );
  });
});

describe('secretsOf', () => {
  it('lists every secret, and Basic credentials as they travel', () => {
    const config = configOf({
      ...least,
      MESOS_AUTH: 'basic',
      MESOS_USERNAME: 'bob',
      MESOS_PASSWORD: 'pw-of-bob',
      MESOS_AGENT_AUTH: 'bearer',
      MESOS_AGENT_TOKEN: 'agent-token',
      MESOS_AGENT_HTTPS: 'yes',
    });
    expect(secretsOf(config)).toEqual([
      'xoxb-1-planted',
      'xapp-1-planted',
      'pw-of-bob',
      Buffer.from('bob:pw-of-bob').toString('base64'),
      'agent-token',
    ]);
  });
});
