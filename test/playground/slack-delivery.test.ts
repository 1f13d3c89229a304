import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { App, HTTPReceiver, LogLevel, type Receiver, RespondError, SocketModeReceiver } from '@slack/bolt';
import { type ManualClock, manualClock } from '../../playground/clock.ts';
import { type LocalSlack, startSlack } from '../../playground/slack/start.ts';

const shipped = JSON.parse(readFileSync('manifest.json', 'utf8'));
/** The manifest with this list of events, and with the scopes for reactions and mentions. */
const withEvents = (...events: string[]) => ({
  ...shipped,
  oauth_config: {
    scopes: { bot: [...shipped.oauth_config.scopes.bot, 'reactions:read', 'app_mentions:read'] },
  },
  settings: { event_subscriptions: { bot_events: events } },
});
const listening = withEvents('reaction_added', 'reaction_removed', 'app_mention');
const deaf = withEvents();
const OPS = 'C0MESOSOPS';
const MARA = 'U0MARA0001';

const nothing = () => {};
const logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

interface Stage {
  clock: ManualClock;
  slack: LocalSlack;
  app: App;
}

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function boltOn(slack: LocalSlack, receiver: Receiver): App {
  const { botToken: token, botId, botUserId, apiUrl: slackApiUrl } = slack;
  return new App({ receiver, token, botId, botUserId, logger, clientOptions: { slackApiUrl, logger } });
}

async function overSocketMode(manifest: unknown): Promise<Stage> {
  const clock = manualClock();
  const slack = await startSlack({ clock, manifest });
  closing.push(() => slack.stop());
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger,
    // Bolt waits as long as this before it reconnects.
    clientPingTimeout: 500,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  return { clock, slack, app: boltOn(slack, receiver) };
}

interface HttpOptions {
  processBeforeResponse?: boolean;
  newId?: () => string;
}

async function overHttp(manifest: unknown, { newId, ...more }: HttpOptions = {}): Promise<Stage> {
  const clock = manualClock();
  let port = 0;
  const eventsUrl = () => `http://127.0.0.1:${port}/slack/events`;
  const slack = await startSlack({ clock, manifest, eventsUrl, ...(newId && { newId }) });
  closing.push(() => slack.stop());
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logger, ...more });
  const app = boltOn(slack, receiver);
  app.start = (async () => {
    const server = (await receiver.start({ port: 0, host: '127.0.0.1' })) as Server;
    port = (server.address() as AddressInfo).port;
    return server;
  }) as App['start'];
  return { clock, slack, app };
}

async function start(stage: Stage): Promise<void> {
  await stage.app.start();
  closing.push(() => stage.app.stop());
}

/** Waits for something that another party does over the wire. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

const whispers = (slack: LocalSlack, user = MARA, channel = OPS) =>
  slack.model.messages.ephemerals(channel, user).map((each) => each.text);

describe.each([
  ['Socket Mode', overSocketMode],
  ['signed HTTP', overHttp],
])('a slash command over %s', (_name, raise: (manifest: unknown) => Promise<Stage>) => {
  it('carries the whole payload, text escaped as the manifest says', async () => {
    const stage = await raise(shipped);
    const commands: unknown[] = [];
    stage.app.command('/mesos', async ({ ack, command }) => {
      commands.push(command);
      await ack();
    });
    await start(stage);
    const line = '/mesos drain agent7.example --reason "a < b & c" --by @dev https://x.example/y?z=1';
    expect(await stage.slack.type('mara', '#mesos-ops', line)).toEqual({ acked: true });
    expect(commands).toEqual([
      {
        token: expect.any(String),
        team_id: 'T0LOCAL001',
        team_domain: 'playground',
        is_enterprise_install: 'false',
        channel_id: OPS,
        channel_name: 'mesos-ops',
        user_id: MARA,
        user_name: 'mara',
        command: '/mesos',
        text:
          'drain <http://agent7.example|agent7.example> --reason "a &lt; b &amp; c" ' +
          '--by <@U0DEV00001|dev> <https://x.example/y?z=1>',
        api_app_id: 'A0MESOSBOT',
        response_url: expect.stringContaining(`${stage.slack.pageUrl}commands/`),
        trigger_id: expect.any(String),
      },
    ]);
  });

  it('works where the bot is no member, and names what is private by kind only', async () => {
    const stage = await raise(shipped);
    const names: string[] = [];
    stage.app.command('/mesos', async ({ ack, command }) => {
      names.push(command.channel_name);
      await ack();
    });
    await start(stage);
    for (const channel of ['random', 'secret', 'D0MARADEV1'])
      await stage.slack.type('mara', channel, '/mesos help');
    expect(names).toEqual(['random', 'privategroup', 'directmessage']);
  });

  it('shows the acknowledgement to the person alone, or with the command to all', async () => {
    const stage = await raise(shipped);
    stage.app.command('/mesos', async ({ ack, command }) => {
      await ack(command.text === 'aloud' ? { response_type: 'in_channel', text: 'to all' } : 'to you');
    });
    await start(stage);
    expect(await stage.slack.type('mara', OPS, '/mesos')).toEqual({ acked: true, ackText: 'to you' });
    expect(whispers(stage.slack)).toEqual(['to you']);
    expect(whispers(stage.slack, 'U0DEV00001')).toEqual([]);
    expect(await stage.slack.type('mara', OPS, '/mesos aloud')).toEqual({ acked: true, ackText: 'to all' });
    expect(stage.slack.model.messages.inChannel(OPS)).toMatchObject([
      { user: MARA, botId: null, text: '/mesos aloud' },
      { user: stage.slack.botUserId, text: 'to all' },
    ]);
  });

  it('is failed after three seconds, and not sent again', async () => {
    const stage = await raise(shipped);
    let heard = 0;
    let goOn = nothing;
    const released = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const lateAck = new Promise<void>((resolve) => {
      stage.app.command('/mesos', async ({ ack }) => {
        heard += 1;
        await released;
        await ack('too late').catch(nothing);
        resolve();
      });
    });
    await start(stage);
    const typed = stage.slack.type('mara', OPS, '/mesos help');
    await until(() => heard === 1);
    stage.clock.advance(3000);
    expect(await typed).toEqual({ acked: false });
    goOn();
    await lateAck;
    expect(whispers(stage.slack)).toEqual(['/mesos failed with the error "operation_timeout"']);
    stage.clock.advance(600_000);
    await stage.slack.idle();
    expect(heard).toBe(1);
  });

  it('is failed at once when nobody listens', async () => {
    const { slack } = await raise(shipped);
    expect(await slack.type('mara', OPS, '/mesos help')).toEqual({ acked: false });
    expect(whispers(slack)).toEqual(['/mesos failed with the error "dispatch_failed"']);
  });

  it('can be answered five times by response_url, within thirty minutes', async () => {
    const stage = await raise(shipped);
    const respond: ((text: string) => Promise<unknown>)[] = [];
    stage.app.command('/mesos', async (args) => {
      respond.push((text) => args.respond(text));
      await args.ack();
    });
    await start(stage);
    await stage.slack.type('mara', 'random', '/mesos one');
    for (const text of ['1', '2', '3', '4', '5']) await respond[0]?.(text);
    expect(whispers(stage.slack, MARA, 'C0RANDOM01')).toEqual(['1', '2', '3', '4', '5']);
    const sixth: unknown = await respond[0]?.('6').catch((error: unknown) => error);
    expect(sixth).toBeInstanceOf(RespondError);
    expect(sixth).toMatchObject({ statusCode: 404 });
    await stage.slack.type('mara', 'random', '/mesos two');
    stage.clock.advance(30 * 60_000);
    await expect(respond[1]?.('late')).rejects.toThrow(RespondError);
  });
});

it('does not let people of another workspace run commands, nor anyone an unknown one', async () => {
  const stage = await overSocketMode(shipped);
  stage.app.command(/.*/, ({ ack }) => ack('heard'));
  await start(stage);
  expect(await stage.slack.type('partner', 'C0SHARED01', '/mesos help')).toEqual({ acked: false });
  expect(await stage.slack.type('mara', OPS, '/other help')).toEqual({ acked: false });
  expect(whispers(stage.slack)).toEqual(['`/other` is not a valid command.']);
});

it('replaces what a response_url said before', async () => {
  const stage = await overSocketMode(shipped);
  const answered = new Promise<void>((resolve, reject) => {
    stage.app.command('/mesos', async ({ ack, respond }) => {
      await ack('working');
      await respond({ text: 'done', replace_original: true });
      const refused: unknown = await respond({ text: 'x', blocks: [{ type: 'sparkles' }] as never }).catch(
        (e) => e,
      );
      expect(refused).toBeInstanceOf(RespondError);
      resolve();
    });
    stage.app.error(async (error) => reject(error));
  });
  await start(stage);
  await stage.slack.type('mara', OPS, '/mesos help');
  await answered;
  expect(whispers(stage.slack)).toEqual(['done']);
});

describe.each([
  ['Socket Mode', overSocketMode],
  ['signed HTTP', overHttp],
])('events over %s', (_name, raise: (manifest: unknown) => Promise<Stage>) => {
  it('tell of reactions and mentions where the bot is a member', async () => {
    const stage = await raise(listening);
    const heard: unknown[] = [];
    stage.app.event('reaction_added', async ({ event }) => void heard.push(event));
    stage.app.event('reaction_removed', async ({ event }) => void heard.push(event.type));
    stage.app.event('app_mention', async ({ event }) => void heard.push(event.text));
    await start(stage);
    const ts = await stage.slack.say('dev', OPS, 'hello @mesosbot');
    const elsewhere = await stage.slack.say('dev', 'random', 'hello @mesosbot');
    await stage.slack.react('mara', 'random', elsewhere, 'eyes');
    await stage.slack.react('mara', OPS, ts, 'eyes');
    await stage.slack.react('mara', OPS, ts, 'eyes');
    await stage.slack.unreact('mara', OPS, ts, 'eyes');
    await until(() => heard.length === 3);
    await stage.slack.idle();
    expect(heard).toContain('hello <@U0MESOSBOT>');
    expect(heard).toContain('reaction_removed');
    expect(heard).toContainEqual({
      type: 'reaction_added',
      user: MARA,
      reaction: 'eyes',
      item: { type: 'message', channel: OPS, ts },
      item_user: 'U0DEV00001',
      event_ts: expect.any(String),
    });
    expect(heard).toHaveLength(3);
  });

  it.each([
    ['is shared by now', OPS, true],
    ['is shared no longer', 'C0SHARED01', false],
  ])('say of a channel that it %s', async (_what, channel, isShared) => {
    const stage = await raise(listening);
    const said: unknown[] = [];
    stage.app.event('reaction_added', async ({ body }) => void said.push(body.is_ext_shared_channel));
    await start(stage);
    const ts = await stage.slack.say('mara', channel, 'look');
    for (const change of [!isShared, isShared]) {
      const found = stage.slack.model.workspace.channels.get(channel);
      if (found !== undefined) found.isExtShared = change;
      await stage.slack.react('dev', channel, ts, change ? 'x' : 'eyes');
      await stage.slack.idle();
    }
    await until(() => said.length === 2);
    expect(said).toEqual([!isShared, isShared]);
  });

  it('come with their envelope', async () => {
    const stage = await raise(listening);
    const bodies: unknown[] = [];
    stage.app.event('reaction_added', async ({ body }) => void bodies.push(body));
    await start(stage);
    const ts = await stage.slack.say('mara', 'C0SHARED01', 'look');
    await stage.slack.react('partner', 'C0SHARED01', ts, 'eyes');
    await until(() => bodies.length === 1);
    expect(bodies[0]).toMatchObject({
      type: 'event_callback',
      team_id: 'T0LOCAL001',
      api_app_id: 'A0MESOSBOT',
      event_id: expect.stringMatching(/^Ev/),
      event_time: stage.clock.now() / 1000,
      authorizations: [{ team_id: 'T0LOCAL001', user_id: stage.slack.botUserId, is_bot: true }],
      is_ext_shared_channel: true,
    });
  });

  it('are not sent when the manifest lists none', async () => {
    const stage = await raise(deaf);
    let heard = 0;
    stage.app.use(async () => {
      heard += 1;
    });
    await start(stage);
    await stage.slack.react('mara', OPS, await stage.slack.say('dev', OPS, 'hello @mesosbot'), 'eyes');
    await stage.slack.idle();
    expect(heard).toBe(0);
  });
});

describe('events that do not come once, at once and in order', () => {
  const raise = async () => {
    const stage = await overSocketMode(listening);
    const heard: string[] = [];
    const ids = new Set<unknown>();
    for (const type of ['reaction_added', 'reaction_removed'] as const) {
      stage.app.event(type, async ({ event, body }) => {
        heard.push(`${event.type === 'reaction_added' ? '+' : '-'}${event.reaction}`);
        ids.add(body.event_id);
      });
    }
    await start(stage);
    const ts = await stage.slack.say('dev', OPS, 'vote');
    return { ...stage, heard, ids, ts };
  };

  it.each([
    ['in order', ['+eyes', '-eyes', '+x']],
    ['backwards', ['+x', '-eyes', '+eyes']],
  ] as const)('are late on request, and come %s', async (order, expected) => {
    const { slack, heard, ts } = await raise();
    slack.events.hold();
    await slack.react('mara', OPS, ts, 'eyes');
    await slack.unreact('mara', OPS, ts, 'eyes');
    await slack.react('mara', OPS, ts, 'x');
    await slack.idle();
    expect(heard).toEqual([]);
    slack.events.release(order);
    await until(() => heard.length === 3);
    expect(heard).toEqual(expected);
  });

  it('are lost on request, and Slack’s copy is still right', async () => {
    const { slack, heard, ts } = await raise();
    slack.events.lose();
    await slack.react('mara', OPS, ts, 'x');
    await slack.idle();
    slack.events.release();
    await slack.react('dev', OPS, ts, 'x');
    await until(() => heard.length === 1);
    expect(slack.model.messages.find(OPS, ts)?.reactions).toEqual([
      { name: 'x', users: [MARA, 'U0DEV00001'] },
    ]);
  });

  it('are doubled on request, under the ids they had', async () => {
    const { slack, heard, ids, ts } = await raise();
    await slack.react('mara', OPS, ts, 'eyes');
    await slack.react('dev', OPS, ts, 'eyes');
    await until(() => heard.length === 2);
    slack.events.repeat();
    await until(() => heard.length === 4);
    expect(ids.size).toBe(2);
  });
});

describe('redelivery', () => {
  it('over HTTP repeats the same event at once, after a minute and after five, saying why', async () => {
    const stage = await overHttp(listening, { processBeforeResponse: true, newId: () => 'same' });
    const { slack } = stage;
    const heard: unknown[] = [];
    stage.app.event('reaction_added', async ({ body, context }) => {
      heard.push([body.event_id, context.retryNum, context.retryReason]);
      throw new Error('the store is down');
    });
    stage.app.error(async (error) => {
      throw error;
    });
    await start(stage);
    await slack.react('mara', OPS, await slack.say('dev', OPS, 'hello'), 'eyes');
    await slack.idle();
    expect(heard).toEqual([
      ['Evsame', undefined, undefined],
      ['Evsame', 1, 'http_error'],
    ]);
    stage.clock.advance(60_000);
    await slack.idle();
    stage.clock.advance(300_000);
    await slack.idle();
    stage.clock.advance(3_600_000);
    await slack.idle();
    expect(heard.slice(2)).toEqual([
      ['Evsame', 2, 'http_error'],
      ['Evsame', 3, 'http_error'],
    ]);
  });

  it('over Socket Mode waits for the app to come back', async () => {
    const stage = await overSocketMode(listening);
    const heard: unknown[] = [];
    stage.app.event(
      'reaction_added',
      async ({ context }) => void heard.push([context.retryNum, context.retryReason]),
    );
    await stage.slack.react('mara', OPS, await stage.slack.say('dev', OPS, 'hello'), 'eyes');
    await start(stage);
    expect(heard).toEqual([]);
    stage.clock.advance(60_000);
    await until(() => heard.length === 1);
    expect(heard).toEqual([[2, 'connection_failed']]);
  });
});

describe('Socket Mode connections', () => {
  it('are reopened by the app when it is asked to', async () => {
    const stage = await overSocketMode(shipped);
    stage.app.command('/mesos', ({ ack }) => ack('heard'));
    await start(stage);
    stage.slack.disconnect('refresh_requested');
    expect(stage.slack.connections()).toBe(0);
    await until(() => stage.slack.connections() === 1);
    expect(await stage.slack.type('mara', OPS, '/mesos')).toEqual({ acked: true, ackText: 'heard' });
  });

  it('take an unanswered command with them when they are cut', async () => {
    const stage = await overSocketMode(shipped);
    const heard: string[] = [];
    stage.app.command('/mesos', async ({ ack, command }) => {
      heard.push(command.text);
      if (command.text === 'again') await ack('heard');
    });
    await start(stage);
    const typed = stage.slack.type('mara', OPS, '/mesos once');
    await until(() => heard.length === 1);
    stage.slack.disconnect('cut');
    expect(await typed).toEqual({ acked: false });
    expect(whispers(stage.slack)).toEqual(['/mesos failed with the error "dispatch_failed"']);
    await until(() => stage.slack.connections() === 1);
    expect(await stage.slack.type('mara', OPS, '/mesos again')).toEqual({ acked: true, ackText: 'heard' });
    expect(heard).toEqual(['once', 'again']);
  });

  it('open with a ticket, once', async () => {
    const { slack } = await overSocketMode(shipped);
    const open = await fetch(`${slack.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.appToken}` },
    });
    const { url } = (await open.json()) as { url: string };
    const { WebSocket } = await import('ws');
    const first = new WebSocket(url);
    const hello = await new Promise((resolve) =>
      first.on('message', (data) => resolve(JSON.parse(String(data)))),
    );
    expect(hello).toMatchObject({ type: 'hello', num_connections: 1 });
    const second = new WebSocket(url);
    await expect(new Promise((_, reject) => second.on('error', reject))).rejects.toThrow('401');
    first.close();
  });
});
