import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import type { FaultKind } from '../../playground/slack/rules/faults.ts';
import type { Chat, Delivery, PostTo } from '../../src/app/ports.ts';
import { channelId, drainId, instant, messageTs, noticeId, userId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { slackChat } from '../../src/slack/chat.ts';
import { clientOptions } from '../../src/slack/web-client.ts';
import { connected, keptLog, type Local } from './local.ts';

const ops = channelId('C0MESOSOPS');
const inChannel: PostTo = { channel: ops, threadTs: null, broadcast: false };
const notice: Notice = { kind: 'effect-seen', drain: drainId(17), hostname: 'agent3.example' };
const id = (n: number) => noticeId(`notice-${n}`);

let local: Local;
let chat: Chat;
beforeAll(async () => {
  local = await connected('socket');
  ({ chat } = local.bot);
});
afterAll(() => local.stop());

async function posted(to: PostTo, n: number) {
  const delivery = await chat.post(to, notice, [id(n)]);
  if (delivery.kind !== 'sent' || delivery.ts === null)
    throw new Error(`not sent: ${JSON.stringify(delivery)}`);
  return delivery.ts;
}

const lastCall = (method: string) => local.slack.model.calls.filter((call) => call.method === method).at(-1);

describe('post and edit', () => {
  it('posts text, blocks and metadata, and unfurls nothing', async () => {
    const ts = await posted(inChannel, 1);
    const message = local.slack.model.messages.find(ops, ts);
    expect(message?.text).toContain('agent3.example');
    expect(message?.blocks?.length).toBeGreaterThan(0);
    expect(message?.metadata).toEqual({
      event_type: 'mesos_chatops',
      event_payload: { notices: ['notice-1'] },
    });
    expect(lastCall('chat.postMessage')?.args).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
      parse: 'none',
    });
  });

  it('replies in the thread, and broadcasts only where asked to', async () => {
    const threadTs = await posted(inChannel, 2);
    const quiet = await posted({ channel: ops, threadTs, broadcast: false }, 3);
    const loud = await posted({ channel: ops, threadTs, broadcast: true }, 4);
    const at = (ts: string) => local.slack.model.messages.find(ops, ts);
    expect(at(quiet)).toMatchObject({ threadTs, isBroadcast: false });
    expect(at(loud)).toMatchObject({ threadTs, isBroadcast: true });
  });

  it('edits text and blocks and keeps the message findable', async () => {
    const ts = await posted(inChannel, 5);
    const after: Notice = { kind: 'closed', drain: drainId(99) };
    expect(await chat.edit(ops, ts, after, [id(5)])).toEqual({ kind: 'sent', ts });
    expect(local.slack.model.messages.find(ops, ts)?.text).toContain('d99');
    expect(await chat.findPosted(inChannel, id(5), instant(Date.now()))).toEqual({ found: ts });
  });

  it.each<[string, string, () => Promise<Delivery>]>([
    [
      'not_in_channel',
      'a channel it is not in',
      () => chat.post({ ...inChannel, channel: channelId('C0RANDOM01') }, notice, []),
    ],
    [
      'channel_not_found',
      'a channel that is not there',
      () => chat.post({ ...inChannel, channel: channelId('C0NOWHERE1') }, notice, []),
    ],
    ['message_not_found', 'an edit of no message', () => chat.edit(ops, messageTs('1.000000'), notice, [])],
  ])('says refused(%s) for %s', async (code, _, send) => {
    expect(await send()).toEqual({ kind: 'refused', code });
  });

  it('says for how long Slack wants no more', async () => {
    local.slack.model.faults.add({ method: 'chat.postMessage', fault: '429', retryAfter: 7 });
    expect(await chat.post(inChannel, notice, [id(6)])).toEqual({ kind: 'limited', retryAfterMs: 7000 });
  });

  it.each<FaultKind>(['500', 'html', 'drop-after-apply'])('says doubtful, once, for %s', async (fault) => {
    const before = local.slack.model.calls.length;
    local.slack.model.faults.add({ method: 'chat.postMessage', fault });
    expect(await chat.post(inChannel, notice, [id(7)])).toMatchObject({ kind: 'doubtful' });
    expect(local.slack.model.calls.length - before).toBeLessThanOrEqual(1);
  });
});

describe('findPosted', () => {
  it('finds what was posted though the answer was lost, in the channel and in a thread', async () => {
    const since = instant(Date.now());
    const threadTs = await posted(inChannel, 20);
    for (const to of [inChannel, { channel: ops, threadTs, broadcast: false }]) {
      const n = to.threadTs === null ? 21 : 22;
      local.slack.model.faults.add({ method: 'chat.postMessage', fault: 'drop-after-apply' });
      expect(await chat.post(to, notice, [id(n), id(n + 100)])).toMatchObject({ kind: 'doubtful' });
      expect(await chat.findPosted(to, id(n), since)).toEqual({
        found: expect.stringMatching(/^\d+\.\d{6}$/),
      });
      expect(await chat.findPosted(to, id(n + 100), since)).toMatchObject({ found: expect.any(String) });
    }
  });

  it('says that it found nothing where nothing is', async () => {
    expect(await chat.findPosted(inChannel, noticeId('never'), instant(Date.now()))).toEqual({ found: null });
  });

  it('does not take another app’s word for it', async () => {
    const message = local.slack.model.messages.post({
      channel: ops,
      user: 'U0CIBOT001',
      botId: 'B0OTHER',
      text: 'copied',
      metadata: { event_type: 'mesos_chatops', event_payload: { notices: ['notice-30'] } },
    });
    expect(message.ts).toBeTruthy();
    expect(await chat.findPosted(inChannel, id(30), instant(Date.now()))).toEqual({ found: null });
  });

  it.each<FaultKind>(['500', '429', 'html'])(
    'says that it must be asked later when Slack can’t be asked now (%s)',
    async (fault) => {
      local.slack.model.faults.add({ method: 'conversations.history', fault });
      expect(await chat.findPosted(inChannel, id(1), instant(Date.now()))).toEqual({
        later: expect.any(String),
      });
    },
  );

  it('says unknown where the scope is missing', async () => {
    const scopes = local.slack.model.app.scopes as Set<string>;
    scopes.delete('channels:history');
    expect(await chat.findPosted(inChannel, id(1), instant(Date.now()))).toEqual({
      unknown: 'missing_scope',
    });
    scopes.add('channels:history');
  });
});

describe('answer', () => {
  async function urlOf(): Promise<string> {
    await local.slack.type('mara', 'mesos-ops', '/mesos status');
    return local.taken.at(-1)?.responseUrl ?? '';
  }

  it('answers the typist alone, five times, and then is refused', async () => {
    const url = await urlOf();
    for (let n = 0; n < 5; n += 1) expect(await chat.answer(url, notice)).toEqual({ kind: 'sent', ts: null });
    expect(await chat.answer(url, notice)).toEqual({ kind: 'refused', code: 'used_url' });
  });

  it.each<[FaultKind, Delivery]>([
    ['429', { kind: 'limited', retryAfterMs: 3000 }],
    ['500', { kind: 'doubtful', why: 'http_500' }],
  ])('for %s', async (fault, delivery) => {
    const url = await urlOf();
    local.slack.model.faults.add({ method: 'response_url', fault, retryAfter: 3 });
    expect(await chat.answer(url, notice)).toEqual(delivery);
  });

  it.each([
    'https://evil.example/x',
    'http://127.0.0.1:1/x',
    'https://hooks.slack.com/commands/x',
    'nonsense',
  ])('does not post to %s when another API address is set', async (url) => {
    expect(await chat.answer(url, notice)).toEqual({ kind: 'refused', code: 'foreign_response_url' });
  });

  it.each([
    'http://hooks.slack.com/x',
    'https://hooks.slack.com.evil.example/x',
    'https://evilslack.com/x',
    'https://user:pass@hooks.slack.com/x',
    'https://127.0.0.1/x',
  ])('does not post to %s when Slack’s own API is used', async (url) => {
    const real = slackChat(new WebClient('x', clientOptions(null, keptLog())), 'B1', null);
    expect(await real.answer(url, notice)).toEqual({ kind: 'refused', code: 'foreign_response_url' });
  });
});

describe('permalink', () => {
  it('is what Slack says, and null where it says nothing', async () => {
    const ts = await posted(inChannel, 40);
    expect(await chat.permalink(ops, ts)).toMatch(/^https?:\/\//);
    expect(await chat.permalink(ops, messageTs('1.000000'))).toBeNull();
  });
});

describe('a Slack that can’t be reached', () => {
  async function serverAt(answer: RequestListener) {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}/api/`,
      close: () => new Promise((resolve) => server.close(resolve)),
    };
  }
  const chatAt = (url: string, timeout = 200) =>
    slackChat(new WebClient('xoxb-x', { ...clientOptions(url, keptLog()), timeout }), 'B1', url);

  it('was handed nothing when nobody listens: try later, no doubt', async () => {
    const { url, close } = await serverAt(() => {});
    await close();
    const down = chatAt(url);
    expect(await down.post(inChannel, notice, [])).toEqual({ kind: 'limited', retryAfterMs: 5000 });
    expect(await down.answer(new URL('/x', url).href, notice)).toEqual({
      kind: 'limited',
      retryAfterMs: 5000,
    });
    expect(await down.permalink(ops, messageTs('1.000000'))).toBeNull();
    expect(await down.findPosted(inChannel, id(1), instant(0))).toMatchObject({
      later: expect.any(String),
    });
  });

  it('may have it when it never answers', async () => {
    const { url, close } = await serverAt(() => {});
    expect(await chatAt(url).post(inChannel, notice, [])).toEqual({ kind: 'doubtful', why: 'TimeoutError' });
    void close();
  });

  it.each([
    ['internal_error', { kind: 'doubtful', why: 'internal_error' }],
    ['ratelimited', { kind: 'limited', retryAfterMs: 5000 }],
    ['msg_too_long', { kind: 'refused', code: 'msg_too_long' }],
    ['token_revoked', { kind: 'refused', code: 'token_revoked' }],
  ])('reads Slack’s code %s', async (error, delivery) => {
    const { url, close } = await serverAt((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('connection', 'close');
      response.end(JSON.stringify({ ok: false, error }));
    });
    expect(await chatAt(url, 5000).post(inChannel, { ...notice }, [])).toEqual(delivery);
    await close();
  });

  it('gives up a search in a channel that is too busy', async () => {
    let pages = 0;
    const { url, close } = await serverAt((_, response) => {
      pages += 1;
      response.setHeader('content-type', 'application/json');
      response.setHeader('connection', 'close');
      response.end(
        JSON.stringify({ ok: true, messages: [], response_metadata: { next_cursor: `c${pages}` } }),
      );
    });
    expect(await chatAt(url, 5000).findPosted(inChannel, id(1), instant(0))).toMatchObject({
      unknown: expect.any(String),
    });
    expect(pages).toBe(5);
    await close();
  });
});

it('mentions with ids that Slack resolves', async () => {
  const ts = await chat.post(
    inChannel,
    {
      kind: 'waiting',
      drain: drainId(1),
      hostname: 'h',
      cause: { code: 'recovering' },
      since: instant(0),
      at: instant(0),
      requester: userId('U0MARA0001'),
    },
    [id(50)],
  );
  expect(ts.kind).toBe('sent');
});
