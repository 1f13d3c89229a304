import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { type ManualClock, manualClock } from '../../playground/clock.ts';
import { type LocalSlack, startSlack } from '../../playground/slack/start.ts';
import { postButtons } from '../support/buttons-posted.ts';

const shipped = JSON.parse(readFileSync('manifest.json', 'utf8'));
const OPS = 'C0MESOSOPS';
const status = { label: 'Status', words: 'status d17', style: 'primary' as const };

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

let clock: ManualClock;
let slack: LocalSlack;
let app: App | null;
let port: number;

async function raise(over: 'Socket Mode' | 'signed HTTP', manifest: unknown = shipped): Promise<App> {
  const eventsUrl = () => `http://127.0.0.1:${port}/slack/events`;
  slack = await startSlack({ clock, manifest, ...(over === 'signed HTTP' ? { eventsUrl } : {}) });
  const { botToken: token, botId, botUserId, apiUrl: slackApiUrl, appToken, signingSecret } = slack;
  const http = new HTTPReceiver({ signingSecret, logger });
  const receiver =
    over === 'signed HTTP'
      ? http
      : new SocketModeReceiver({ appToken, logger, installerOptions: { clientOptions: { slackApiUrl } } });
  app = new App({ receiver, token, botId, botUserId, logger, clientOptions: { slackApiUrl, logger } });
  if (over === 'Socket Mode') await app.start();
  else port = (((await http.start({ port: 0, host: '127.0.0.1' })) as Server).address() as AddressInfo).port;
  return app;
}

beforeEach(() => {
  clock = manualClock();
  app = null;
});

afterEach(async () => {
  await app?.stop();
  await slack.stop();
});

const told = () => slack.newestWhisper('mara', OPS)?.text;

describe.each(['Socket Mode', 'signed HTTP'] as const)('a click over %s', (over) => {
  it.each([false, true])('carries the whole payload; on an ephemeral message: %s', async (isEphemeral) => {
    const bodies: unknown[] = [];
    (await raise(over)).action('mesos_command', async ({ ack, body }) => {
      bodies.push(body);
      await ack();
    });
    const ts = await postButtons(slack, [status], { to: isEphemeral ? 'U0MARA0001' : null });
    expect(await slack.click('mara', '#mesos-ops', ts, 'mesos_command')).toEqual({ acked: true });
    const { message, ...body } = bodies[0] as Record<string, unknown>;
    expect(message === undefined).toBe(isEphemeral);
    if (!isEphemeral) expect(message).toMatchObject({ ts, bot_id: 'B0MESOSBOT', blocks: expect.anything() });
    expect(body).toEqual({
      type: 'block_actions',
      user: { id: 'U0MARA0001', username: 'mara', name: 'mara', team_id: 'T0LOCAL001' },
      api_app_id: 'A0MESOSBOT',
      token: expect.any(String),
      container: { type: 'message', message_ts: ts, channel_id: OPS, is_ephemeral: isEphemeral },
      trigger_id: expect.any(String),
      team: { id: 'T0LOCAL001', domain: 'playground' },
      enterprise: null,
      is_enterprise_install: false,
      channel: { id: OPS, name: 'mesos-ops' },
      state: { values: {} },
      response_url: expect.stringContaining(`${slack.pageUrl}actions/`),
      actions: [
        {
          action_id: 'mesos_command',
          block_id: expect.any(String),
          text: { type: 'plain_text', text: 'Status', emoji: false },
          value: 'status d17',
          style: 'primary',
          type: 'button',
          action_ts: expect.any(String),
        },
      ],
    });
  });

  it('that is not acknowledged within 3 s fails for the person, and is not sent again', async () => {
    let clicks = 0;
    (await raise(over)).action('mesos_command', async () => {
      clicks += 1;
    });
    const ts = await postButtons(slack, [status]);
    const clicked = slack.click('mara', OPS, ts, 'mesos_command');
    while (clicks === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(3_000);
    expect(await clicked).toEqual({ acked: false });
    expect(told()).toBe('The button failed with the error "operation_timeout"');
    await clock.advance(600_000);
    expect(clicks).toBe(1);
  });

  it('can be answered over the message it is on, or beside it', async () => {
    (await raise(over)).action('mesos_command', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'beside', response_type: 'ephemeral', replace_original: false });
    });
    const ts = await postButtons(slack, [status]);
    await slack.click('mara', OPS, ts, 'mesos_command');
    await slack.idle();
    expect(told()).toBe('beside');
    expect(slack.model.messages.find(OPS, ts)?.text).toContain('Well?');
  });
});

describe('a click', () => {
  it('reaches no app that is not interactive', async () => {
    await raise('Socket Mode', {
      ...shipped,
      settings: { ...shipped.settings, interactivity: { is_enabled: false } },
    });
    const ts = await postButtons(slack, [status]);
    expect(await slack.click('mara', OPS, ts, 'mesos_command')).toEqual({ acked: false });
    expect(told()).toBe('This app is not configured to handle interactive responses.');
  });

  it('is possible only on a button that the person sees', async () => {
    await raise('Socket Mode');
    const shown = await postButtons(slack, [status]);
    const whispered = await postButtons(slack, [status], { to: 'U0MARA0001' });
    await expect(slack.click('mara', OPS, shown, 'other')).rejects.toThrow('mara sees no button other');
    await expect(slack.click('dev', OPS, whispered, 'mesos_command')).rejects.toThrow('sees no button');
    await expect(slack.click('sam', 'sre-private', shown, 'mesos_command')).rejects.toThrow('is not in');
  });

  it('is made on the page', async () => {
    const clickers: string[] = [];
    (await raise('Socket Mode')).action('mesos_command', async ({ ack, body }) => {
      clickers.push(body.user.id);
      await ack();
    });
    const ts = await postButtons(slack, [status]);
    const answer = await fetch(`${slack.pageUrl}_page/click`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'dev', channel: OPS, ts, actionId: 'mesos_command' }),
    });
    expect(answer.status).toBe(200);
    expect(clickers).toEqual(['U0DEV00001']);
  });
});
