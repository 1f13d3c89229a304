import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ManualClock, manualClock } from '../../playground/clock.ts';
import { type LocalSlack, startSlack } from '../../playground/slack/start.ts';

const manifest = JSON.parse(readFileSync('manifest.json', 'utf8'));
const OPS = 'C0MESOSOPS';

let clock: ManualClock;
let slack: LocalSlack;

beforeEach(async () => {
  clock = manualClock();
  slack = await startSlack({ clock, manifest });
});

afterEach(() => slack.stop());

function call(method: string, args: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  return fetch(slack.apiUrl + method, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}` },
    body: new URLSearchParams(args),
    ...(signal === undefined ? {} : { signal }),
  });
}

const post = (channel: string, text: string) => call('chat.postMessage', { channel, text });

function sim(path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${slack.pageUrl}_sim/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

const texts = () => slack.model.messages.inChannel(OPS).map((each) => each.text);

describe('rate limits', () => {
  it('lets one message a second through per channel after a short burst', async () => {
    for (let n = 1; n <= 5; n += 1) expect((await post(OPS, `burst ${n}`)).status).toBe(200);
    const refused = await post(OPS, 'one too many');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toEqual({ ok: false, error: 'ratelimited' });
    expect((await post('C0PRIVATE1', 'another channel')).status).toBe(200);
    clock.advance(1000);
    expect((await post(OPS, 'a second later')).status).toBe(200);
    expect(texts()).toHaveLength(6);
  });

  it('lets fifty edits a minute through, and says when the next may come', async () => {
    const { ts } = slack.model.messages.post({
      channel: OPS,
      user: slack.botUserId,
      botId: slack.botId,
      text: '0',
    });
    const edit = () => call('chat.update', { channel: OPS, ts, text: 'again' });
    for (let n = 1; n <= 50; n += 1) {
      expect((await edit()).status).toBe(200);
      clock.advance(100);
    }
    const refused = await edit();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '55']);
    clock.advance(55_000);
    expect((await edit()).status).toBe(200);
  });

  it('are off on request', async () => {
    expect((await sim('limits', { enabled: false })).status).toBe(200);
    for (let n = 1; n <= 10; n += 1) expect((await post(OPS, 'quick')).status).toBe(200);
  });
});

describe('faults', () => {
  it('drops the answer after doing the work', async () => {
    await sim('fault', { method: 'chat.postMessage', fault: 'drop-after-apply' });
    await expect(post(OPS, 'did it arrive?')).rejects.toThrow();
    expect(texts()).toEqual(['did it arrive?']);
    expect((await post(OPS, 'next')).status).toBe(200);
  });

  it('hangs without doing the work, and is idle meanwhile', async () => {
    slack.model.faults.add({ method: '*', fault: 'hang' });
    const giveUp = new AbortController();
    const hanging = call('chat.postMessage', { channel: OPS, text: 'lost' }, giveUp.signal);
    while (slack.model.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await slack.idle();
    giveUp.abort();
    await expect(hanging).rejects.toThrow();
    expect(texts()).toEqual([]);
  });

  it.each([
    ['500', 500, null],
    ['html', 200, null],
    ['429', 429, '7'],
  ])('answers with a %s, as often as asked', async (fault, status, wait) => {
    await sim('fault', { method: 'chat.postMessage', fault, times: 2, retryAfter: 7 });
    for (let n = 1; n <= 2; n += 1) {
      const answer = await post(OPS, 'lost');
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, wait]);
    }
    expect(await (await post(OPS, 'kept')).json()).toMatchObject({ ok: true });
    expect(texts()).toEqual(['kept']);
  });

  it('refuses a fault it does not know', async () => {
    expect((await sim('fault', { method: 'chat.postMessage', fault: 'explode' })).status).toBe(400);
  });
});
