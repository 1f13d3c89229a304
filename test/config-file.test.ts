import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Env } from '../src/config/environment.ts';
import { readConfig, secretsOf } from '../src/config.ts';

const least: Env = {
  SLACK_BOT_TOKEN: 'xoxb-1-planted',
  SLACK_APP_TOKEN: 'xapp-1-planted',
  OPERATORS: 'U0MARA0001',
  APPROVERS: 'U0DEV00001',
  SLACK_OPS_CHANNEL: 'C0OPS',
  CONFIG_FILE: 'c.yaml',
};

function read(yaml: string, env: Env = {}, more: Record<string, string> = {}) {
  const held: Record<string, string> = { 'c.yaml': yaml, ...more };
  return readConfig(
    { ...least, ...env },
    {
      read: (path) => {
        const text = held[path];
        if (text === undefined) throw Object.assign(new Error('not there'), { code: 'ENOENT' });
        return text;
      },
      mode: () => 0o600,
    },
  );
}

function configOf(...args: Parameters<typeof read>) {
  const outcome = read(...args);
  if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
  return outcome.config;
}

function problemsOf(...args: Parameters<typeof read>) {
  const outcome = read(...args);
  if (outcome.ok) throw new Error('it was read');
  return outcome.problems;
}

const two = `
clusters:
  east:
    masters: [https://m1.east.example:5050]
    auth:
      kind: basic
      username: bot
      password_env: EAST_PASSWORD
    agents:
      https: yes
      auth: {kind: bearer, token_file: /run/east}
    default_in: [C0EAST]
  west:
    masters: https://m1.west.example:5050
    cluster_channel: C0WEST
settings:
  SWEEP_SECONDS: 60
  COMMANDS_PER_MINUTE: 7
`;
const secrets = { EAST_PASSWORD: 'planted-secret' };
const held = { '/run/east': 'planted-token\n' };

describe('a file of clusters', () => {
  it('makes clusters beside none in the variables, with credentials from where it says', () => {
    const { clusters } = configOf(two, secrets, held);
    expect(clusters).toMatchObject([
      {
        name: 'east',
        auth: { kind: 'basic', username: 'bot', password: 'planted-secret' },
        agents: { https: true, auth: { kind: 'bearer', token: 'planted-token' } },
        defaultIn: ['C0EAST'],
        clusterChannel: 'C0OPS',
      },
      { name: 'west', auth: { kind: 'none' }, defaultIn: [], clusterChannel: 'C0WEST' },
    ]);
    expect(clusters.map(({ masters }) => masters.map(String))).toEqual([
      ['https://m1.east.example:5050/'],
      ['https://m1.west.example:5050/'],
    ]);
  });

  it('knows every secret of every cluster, so that none is logged', () => {
    expect(secretsOf(configOf(two, secrets, held))).toEqual(
      expect.arrayContaining(['planted-secret', 'planted-token']),
    );
  });

  it('adds to the cluster of the variables', () => {
    const env = { ...secrets, MESOS_MASTERS: 'https://m1.home.example:5050', MESOS_CLUSTER: 'home' };
    expect(configOf(two, env, held).clusters.map(({ name }) => name)).toEqual(['home', 'east', 'west']);
  });

  it('gives way to the environment, and comes before defaults', () => {
    expect(configOf(two, secrets, held)).toMatchObject({
      timing: { sweepMs: 60_000, pollMs: 5_000 },
      commandsPerMinute: 7,
    });
    const env = { ...secrets, SWEEP_SECONDS: '90', COMMANDS_PER_MINUTE: '' };
    expect(configOf(two, env, held)).toMatchObject({ timing: { sweepMs: 90_000 }, commandsPerMinute: 7 });
  });

  it('lets the variables say who may do what, where it says nothing', () => {
    const { clusters } = configOf(two, secrets, held);
    expect(clusters.map(({ policy }) => policy.operators.users)).toEqual([['U0MARA0001'], ['U0MARA0001']]);
  });

  const one = (body: string) => `clusters:\n  east:\n    masters: [https://m1.example:5050]\n${body}`;
  const secret = 'planted-secret';
  const lol = [...'bcdefgh'].reduce(
    (text, key, at) => `${text}${key}: &${key} [${Array(10).fill(`*${'abcdefgh'[at]}`).join(',')}]\n`,
    'a: &a [1]\n',
  );
  it.each<[string, string, string[]]>([
    ['no YAML', 'clusters: [', ['c.yaml:1: ']],
    ['a key that is there twice', `${one('')}\n  east: {}\n`, ['c.yaml:5: this key is there twice']],
    ['a tab', 'clusters:\n\teast:\n', ['c.yaml:2: a tab indents']],
    ['a * with nothing to point to', one(`    auth: *${secret}\n`), ['c.yaml: a word after * is none that']],
    ['a file that unfolds to millions', lol, ['there are far too many of them']],
    ['a list of clusters', 'clusters: [east]', ['c.yaml:1: clusters must be a map, each entry with']],
    ['nothing but text', 'east', ['c.yaml:1:  must be a map of settings']],
    [
      'an unknown key',
      one('    mastres: x\n'),
      ['c.yaml:4: clusters.east.mastres is not a setting; meant masters?'],
    ],
    [
      'an unknown key unlike any',
      one('    tls: {xyzzy: 1}\n'),
      ['c.yaml:4: clusters.east.tls.xyzzy is not a setting; here there are ca_file, client_cert_file'],
    ],
    [
      'a name that is none',
      'clusters:\n  "a b":\n    masters: []\n',
      ['c.yaml:2: clusters.a b is not a name of letters'],
    ],
    ['no masters', 'clusters:\n  east: {}\n', ['c.yaml:2: clusters.east.masters is missing']],
    ['a cluster that is nothing yet', 'clusters:\n  east:\n', ['c.yaml:2: clusters.east.masters is missing']],
    [
      'two masters of which one is wrong, and no other complaint about it',
      one('').replace('[h', '[m2:5050, h'),
      ['c.yaml:3: clusters.east.masters.0 "m2:5050" does not begin with http'],
    ],
    [
      'ZooKeeper',
      one('').replace('https://m1.example:5050', 'zk://z1/mesos'),
      ['c.yaml:3: clusters.east.masters.0 "zk://z1/mesos" is ZooKeeper\'s'],
    ],
    [
      'a channel by its name',
      one('    default_in: [ops]\n'),
      ['c.yaml:4: clusters.east.default_in.0 "ops" is not a channel ID'],
    ],
    [
      'a secret in clear',
      one(`    auth: {kind: basic, username: a, password: ${secret}}\n`),
      [
        'c.yaml:4: clusters.east.auth.password stands in clear: name a variable with password_env',
        'c.yaml:4: clusters.east.auth.password_env is missing: clusters.east.auth.kind: basic needs it',
      ],
    ],
    [
      'a variable that is not set',
      one('    auth: {kind: bearer, token_env: NOT_THERE}\n'),
      ['c.yaml:4: clusters.east.auth.token_env names NOT_THERE, which is not set'],
    ],
    [
      'a file that is not there',
      one('    agents:\n      auth:\n        kind: bearer\n        token_file: /none\n      https: yes\n'),
      ['c.yaml:7: clusters.east.agents.auth.token_file "/none" can\'t be read (ENOENT)'],
    ],
    [
      'credentials over plain HTTP',
      one(`    auth: {kind: bearer, token_env: SECRET}\n`).replace('https', 'http'),
      ['c.yaml:3: clusters.east.masters has plain http:// addresses'],
    ],
    [
      'an agents’ network of this machine',
      one('    agents: {networks: [127.0.0.0/8]}\n'),
      ['c.yaml:4: clusters.east.agents.networks 127.0.0.0/8 is this machine'],
    ],
    [
      'the same name in other letters',
      `${one('')}\n  East: {masters: [https://m.example]}\n`,
      ['c.yaml:5: cluster East has the name of another one'],
    ],
    [
      'a channel with two defaults',
      `${one('    default_in: C0OPS\n')}  west: {masters: [https://m.example], default_in: C0OPS}\n`,
      ["c.yaml:5: cluster west can't be the default in C0OPS: east is"],
    ],
    [
      'a variable that there is not',
      `${one('')}settings: {SWEEP_SECOND: 1}\n`,
      ['c.yaml:4: settings.SWEEP_SECOND is not a variable of this bot; meant SWEEP_SECONDS?'],
    ],
    [
      'a bad value of a variable',
      `${one('')}settings:\n  SWEEP_SECONDS: often\n`,
      ['c.yaml:5: SWEEP_SECONDS must be seconds from'],
    ],
    [
      'a token',
      `${one('')}settings: {SLACK_BOT_TOKEN: xoxb-${secret}}\n`,
      ['c.yaml:4: settings.SLACK_BOT_TOKEN is a secret'],
    ],
    [
      'a cluster among the settings',
      `${one('')}settings: {MESOS_AUTH: basic}\n`,
      ['c.yaml:4: settings.MESOS_AUTH is about a cluster'],
    ],
    [
      'several things at once, each at its line',
      one('    allowed_hosts: ["a b"]\n    agents:\n      https: perhaps\n      netwroks: []\n'),
      [
        'c.yaml:4: clusters.east.allowed_hosts.0 "a b" is not a host',
        'c.yaml:6: clusters.east.agents.https must be yes or no',
        'c.yaml:7: clusters.east.agents.netwroks is not a setting; meant networks?',
      ],
    ],
  ])('is refused for %s', (_, yaml, wanted) => {
    const problems = problemsOf(yaml, { SECRET: secret });
    expect(problems).toEqual(wanted.map((each) => expect.stringContaining(each)));
    expect(problems.join()).not.toContain(secret);
  });

  it('that is not there is told by its variable, and so is a cluster that both name', () => {
    expect(problemsOf('', { CONFIG_FILE: 'gone.yaml' })[0]).toBe(
      'CONFIG_FILE "gone.yaml" can\'t be read (ENOENT)',
    );
    const env = { ...secrets, MESOS_MASTERS: 'https://m1.example', MESOS_CLUSTER: 'East' };
    expect(problemsOf(two, env, held)).toEqual([
      'c.yaml:4: cluster east has the name of another one, which MESOS_CLUSTER gives to the one of MESOS_MASTERS',
    ]);
  });
});

describe('mesos-chatops.example.yaml', () => {
  it('can be read as it stands, given its secrets', () => {
    const example = readFileSync(join(import.meta.dirname, '../mesos-chatops.example.yaml'), 'utf8');
    const outcome = read(example, { EAST_MESOS_PASSWORD: 'a', EAST_AGENT_TOKEN: 'b' });
    expect(outcome).toMatchObject({ ok: true, warnings: [] });
  });
});
