import { describe, expect, it } from '@jest/globals';
import { instant } from '../src/domain/ids.ts';
import { createLogger, type LogLevel } from '../src/logger.ts';

const secret = 'hunter-22-planted';

/** What the logger wrote, as text and as lines of JSON. */
function logging(level: LogLevel = 'debug', secrets: string[] = []) {
  let written = '';
  const clock = { now: () => instant(Date.UTC(2026, 10, 22, 14)), after: () => () => {} };
  const out = {
    write: (text: string) => {
      written += text;
    },
  };
  return {
    log: createLogger({ level, clock, secrets, out }),
    text: () => written,
    lines: () =>
      written
        .split('\n')
        .filter((line) => line !== '')
        .map((line): Record<string, unknown> => JSON.parse(line)),
  };
}

describe('createLogger', () => {
  it('writes one line of JSON: level, UTC time, facts, static message', () => {
    const { log, lines } = logging();
    log.info({ drainId: 17, agentId: 'S4' }, 'drain opened');
    expect(lines()).toEqual([
      { level: 'info', time: '2026-11-22T14:00:00.000Z', drainId: 17, agentId: 'S4', msg: 'drain opened' },
    ]);
  });

  it.each<[LogLevel, string[]]>([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
    ['silent', []],
  ])('writes at level %s only what is at least as urgent', (level, wanted) => {
    const { log, lines } = logging(level);
    for (const each of ['debug', 'info', 'warn', 'error'] as const) log[each]({}, 'something happened');
    expect(lines().map(({ level }) => level)).toEqual(wanted);
  });

  const error = (message: string, more: object = {}) => Object.assign(new Error(message), more);
  it.each<[string, object, string]>([
    ['a bot token in a fact', { note: `xoxb-1-${secret}` }, ''],
    ['a bot token after a line break', { note: `tried\nxoxb-1-${secret}` }, ''],
    ['a Bearer token after a tab', { note: `tried\tBearer ${secret}` }, ''],
    ['an app token in the message', {}, `link opened with xapp-1-A-${secret}`],
    ['a rotated token', { note: `xoxe.xoxp-1-${secret}` }, ''],
    ['a header by its name', { headers: { Authorization: `Custom ${secret}` } }, ''],
    ['Basic credentials in a list of headers', { raw: ['authorization', `Basic ${secret}=`] }, ''],
    ['a Bearer token', { note: `curl -H "Authorization: Bearer ${secret}"` }, ''],
    ["DC/OS's form of a token", { note: `token=${secret}` }, ''],
    ['a password deep inside', { a: { b: { c: { d: { password: secret } } } } }, ''],
    ['a password with quotes in it', { password: `x"${secret}\\"y` }, ''],
    ['a token that is a key of ours', { botToken: secret, appToken: secret, clientKey: secret }, ''],
    ['a number under a secret name', { token: 2277 }, ''],
    ['a response_url by its name', { response_url: `http://127.0.0.1:4003/r/${secret}` }, ''],
    ['a response_url by its look', { note: `posted to https://hooks.slack.com/commands/T1/2/${secret}` }, ''],
    ['the link of Socket Mode', { url: `wss://wss-primary.slack.com/link/?ticket=${secret}&app_id=1` }, ''],
    ['credentials in an address', { url: `http://bob:${secret}@m1:5050/` }, ''],
    ['JSON inside a string', { body: JSON.stringify({ password: secret, ok: true }) }, ''],
    ['a private key', { note: `-----BEGIN EC PRIVATE KEY-----\n${secret.replaceAll('-', '/')}` }, ''],
    ['an error that says too much', { err: error(`bad xoxb-${secret}`) }, ''],
    ['an error that carries its request', { err: error('no', { config: { pass: secret } }) }, ''],
    ['a cause that says too much', { err: error('no', { cause: error(`Bearer ${secret}`) }) }, ''],
  ])('does not write %s', (_, facts, message) => {
    const { log, text, lines } = logging();
    log.warn(facts, message === '' ? 'something happened' : message);
    expect(lines()).toHaveLength(1);
    expect(text()).not.toMatch(/hunter.22.planted/);
    expect(text()).not.toContain('2277');
  });

  it('does not write a configured secret, whatever it looks like and wherever it stands', () => {
    const odd = 'pass "word\\ of bob';
    const { log, text, lines } = logging('debug', [odd, 'plainword']);
    log.error({ err: new Error(`login of plainword failed: ${odd}`), [odd]: 1 }, `tried ${odd}`);
    log.error({ body: JSON.stringify({ tried: odd }) }, 'something happened');
    expect(lines()).toHaveLength(2);
    expect(text()).not.toContain('plainword');
    expect(text()).not.toContain('of bob');
  });

  it('takes no longer over a long text that looks like secrets than over any other', () => {
    const { log, lines } = logging();
    const texts = [
      'a.'.repeat(200_000),
      'Basic '.repeat(60_000),
      '"token":'.repeat(40_000),
      'a://'.repeat(90_000),
    ];
    const start = performance.now();
    for (const text of texts) log.info({ text }, 'long text');
    expect(performance.now() - start).toBeLessThan(2000);
    expect(lines()).toHaveLength(4);
  });

  it('leaves ordinary words alone, also where a configured secret is too short to tell apart', () => {
    const { log, lines } = logging('debug', ['an', '']);
    const facts = {
      why: 'basic authentication of an agent failed',
      tokens: 3,
      url: 'http://m1:5050/api/v1',
      ts: '1700000000.000100',
    };
    log.info(facts, 'bearer of an answer');
    expect(lines()[0]).toMatchObject({ ...facts, msg: 'bearer of an answer' });
  });

  it('shows of an error its type, code, message, stack and causes', () => {
    const { log, lines } = logging();
    const cause = error('connect ECONNREFUSED', { code: 'ECONNREFUSED' });
    log.error({ err: error('no answer', { cause, huge: 'x'.repeat(9000) }) }, 'something broke');
    const [{ err } = {}] = lines();
    expect(err).toEqual({
      type: 'Error',
      message: 'no answer',
      stack: expect.stringContaining('logger.test'),
      cause: {
        type: 'Error',
        message: 'connect ECONNREFUSED',
        code: 'ECONNREFUSED',
        stack: expect.any(String),
      },
    });
  });

  it('survives facts that JSON can not hold', () => {
    const round: { self?: unknown } = {};
    round.self = round;
    const { log, lines } = logging();
    log.info({ round, big: 10n }, 'odd facts');
    expect(lines()[0]).toMatchObject({ msg: 'odd facts' });
  });

  it('cuts what a foreign error says to a bearable length', () => {
    const { log, text } = logging();
    log.error({ err: new Error('<html>'.repeat(5000)) }, 'something broke');
    expect(text().length).toBeLessThan(8000);
  });
});
