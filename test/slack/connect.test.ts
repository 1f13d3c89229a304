import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ChatFault } from '../../src/app/faults.ts';
import { systemClock } from '../../src/clock.ts';
import { connectSlack } from '../../src/slack/connect.ts';
import { connected, keptLog, type Local } from './local.ts';

let local: Local | null = null;
afterEach(async () => {
  await local?.stop();
  local = null;
});

const options = (apiUrl: string, botToken: string, appToken: string) => ({
  botToken,
  transport: { mode: 'socket' as const, appToken },
  apiUrl,
  clock: systemClock(),
  log: keptLog(),
  takeIn: async () => null,
  onReacted: () => {},
});

describe('connecting', () => {
  it('says which setting to check when Slack refuses the bot token', async () => {
    local = await connected('socket');
    const refused = connectSlack(options(local.slack.apiUrl, 'xoxb-wrong', local.slack.appToken));
    await expect(refused).rejects.toBeInstanceOf(ChatFault);
    await expect(refused).rejects.toThrow(/invalid_auth.*SLACK_BOT_TOKEN/);
  });

  it('says which setting to check when Slack refuses the app token', async () => {
    local = await connected('socket');
    const bot = await connectSlack(options(local.slack.apiUrl, local.slack.botToken, 'xapp-wrong'));
    const refused = bot.start();
    await expect(refused).rejects.toBeInstanceOf(ChatFault);
    await expect(refused).rejects.toThrow(/invalid_auth.*SLACK_APP_TOKEN/);
    expect(bot.linkUp()).toBe(false);
    await bot.stop();
  });

  it('asks again while Slack stumbles, and only then', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.setHeader('connection', 'close');
      if (asked < 3) return void response.writeHead(asked === 1 ? 503 : 200).end('<html>');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, team_id: 'T1', bot_id: 'B1', user_id: 'U1' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const bot = await connectSlack(options(`http://127.0.0.1:${port}/api/`, 'xoxb-x', 'xapp-x'));
    expect(bot.people.team).toBe('T1');
    expect(asked).toBe(3);
    server.close();
  });

  it('asks Slack who it is exactly once, and never again for a command', async () => {
    local = await connected('http');
    await local.slack.type('mara', 'mesos-ops', '/mesos status');
    await local.slack.type('mara', 'mesos-ops', '/mesos status');
    expect(local.slack.model.calls.map(({ method }) => method)).toEqual(['auth.test']);
  });
});
