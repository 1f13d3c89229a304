import { afterEach, describe, expect, it } from '@jest/globals';
import { gateAsker } from '../../src/gates/ask-gate.ts';
import {
  deadAddress,
  type Reply,
  type ScriptedServer,
  scriptedServer,
} from '../mesos/support/scripted-server.ts';

const open: ScriptedServer[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const askGate = gateAsker({ deadlineMs: 5_000 });
const yes = { status: 200, body: '{"ok": true}' };

/** A gate that answers so, one reply after the other, the last one for good. */
async function gate(...replies: [Reply, ...Reply[]]): Promise<ScriptedServer> {
  let asked = 0;
  const server = await scriptedServer(() => replies[Math.min(asked++, replies.length - 1)] ?? 'drop');
  open.push(server);
  return server;
}

describe('a gate', () => {
  it('is asked once, at its path, without a word of who asks beyond the name of the bot', async () => {
    const { url, arrived } = await gate(yes);
    expect(await askGate(`${url}gates/prod`)).toEqual({ kind: 'answered', ...yes, whole: true });
    expect(arrived).toMatchObject([{ method: 'GET', url: '/gates/prod', body: '' }]);
    expect(Object.keys(arrived[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it('is believed at its first answer, whatever that is', async () => {
    const { url, arrived } = await gate({ status: 503, body: 'busy' }, yes);
    expect(await askGate(url.href)).toEqual({ kind: 'answered', status: 503, body: 'busy', whole: true });
    expect(arrived).toHaveLength(1);
  });

  it('is not followed elsewhere', async () => {
    const other = await gate(yes);
    const { url } = await gate({ status: 307, headers: { location: other.url.href } });
    expect(await askGate(url.href)).toMatchObject({ kind: 'answered', status: 307 });
    expect(other.arrived).toEqual([]);
  });

  it('is read up to 16 KiB', async () => {
    const { url } = await gate({ status: 200, body: `{"ok": true, "log": "${'x'.repeat(1_000_000)}"}` });
    const answer = await askGate(url.href);
    expect(answer).toMatchObject({ kind: 'answered', status: 200, whole: false });
    expect(answer.kind === 'answered' && answer.body).toHaveLength(16 * 1024);
  });

  it.each<[string, Reply]>([
    ['drops the connection', 'drop'],
    ['ends early', { ...yes, cutAfter: 5 }],
    ['does not speak HTTP', 'garbage'],
  ])('is asked again where it %s', async (_, reply) => {
    const { url, arrived } = await gate(reply, reply, yes);
    expect(await askGate(url.href)).toEqual({ kind: 'answered', ...yes, whole: true });
    expect(arrived).toHaveLength(3);
  });

  it('gives up after three tries', async () => {
    const { url, arrived } = await gate('drop');
    expect(await askGate(url.href)).toEqual({
      kind: 'no-answer',
      why: expect.stringMatching(/^can't be asked \(.+\)$/),
    });
    expect(arrived).toHaveLength(3);
  });

  it('says that nobody listens', async () => {
    expect(await askGate((await deadAddress()).href)).toEqual({
      kind: 'no-answer',
      why: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is not waited for beyond the deadline', async () => {
    const { url } = await gate('hang');
    expect(await gateAsker({ deadlineMs: 60 })(url.href)).toEqual({
      kind: 'no-answer',
      why: 'does not answer within 0.06 s',
    });
  });
});
