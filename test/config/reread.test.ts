import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { rereadOf } from '../../src/config/reread.ts';
import { type Config, readConfig } from '../../src/config.ts';

const key = () => generateKeyPairSync('ed25519').privateKey;

function config(env: Record<string, string>, over: Partial<Config> = {}): Config {
  const read = readConfig(
    {
      SLACK_BOT_TOKEN: 'xoxb-1-planted',
      SLACK_APP_TOKEN: 'xapp-1-planted',
      MESOS_MASTERS: 'https://m1.example:5050',
      ...env,
    },
    { read: () => '', mode: () => 0o600 },
  );
  if (!read.ok) throw new Error(read.problems.join());
  return { ...read.config, ...over };
}

describe('a configuration that is read again', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['the same', {}, []],
    ['another policy', { OPERATORS: 'U1', DRAINS_AT_ONCE: '9' }, []],
    ['another pace', { POLL_SECONDS: '7' }, ['timing']],
    [
      'another master and token',
      { MESOS_MASTERS: 'https://m2.example:5050', SLACK_BOT_TOKEN: 'xoxb-2' },
      ['slack', 'cluster default'],
    ],
    ['another name for the cluster', { MESOS_CLUSTER: 'prod' }, ['cluster default', 'cluster prod']],
  ])('%s', (_, env, restart) => {
    const again = config(env);
    const reread = rereadOf(config({}), { ok: true, config: again });
    expect(reread).toEqual({ ok: true, clusters: again.clusters, restart });
  });

  it('with another signing key, or the same one', () => {
    const [old, other] = [key(), key()];
    const restartOf = (signingKey: Config['signingKey']) =>
      rereadOf(config({}, { signingKey: old }), { ok: true, config: config({}, { signingKey }) });
    expect(restartOf(other)).toMatchObject({ restart: ['signingKey'] });
    expect(restartOf(old)).toMatchObject({ restart: [] });
  });

  it('that has problems is refused with them', () => {
    expect(rereadOf(config({}), { ok: false, problems: ['x'] })).toEqual({ ok: false, problems: ['x'] });
  });
});
