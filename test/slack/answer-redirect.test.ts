import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { drainId } from '../../src/domain/ids.ts';
import { slackChat } from '../../src/slack/chat.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that answers everything alike and counts what arrived. */
async function serving(status: number, location: string | null) {
  const seen = { requests: 0 };
  const server = createServer((request, response) => {
    seen.requests += 1;
    request.resume();
    response.writeHead(status, location === null ? {} : { location }).end('ok');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

describe('an answer by response_url', () => {
  it.each([302, 307, 308])('is never carried elsewhere by a redirect (%d)', async (status) => {
    const elsewhere = await serving(200, null);
    const slack = await serving(status, elsewhere.url);
    const chat = slackChat(new WebClient('xoxb-1'), 'B1', slack.url);
    const notice = { kind: 'effect-seen', drain: drainId(1), hostname: 'agent3' } as const;
    const delivery = await chat.answer(`${slack.url}commands/1`, notice);
    expect(delivery.kind).not.toBe('sent');
    expect(slack.seen.requests).toBe(1);
    expect(elsewhere.seen.requests).toBe(0);
  });
});
