import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { audited, close, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

const principal = 'chatops';
const secret = 'planted-mesos-password';
const encoded = Buffer.from(`${principal}:${secret}`).toString('base64');
const pasted = 'xoxp-1-planted-by-a-person';

let world: World;
let proxy: Server;
afterEach(async () => {
  await close(world);
  await new Promise((closed) => proxy.close(closed));
});

/** A proxy before the masters that tells whoever drains what headers came with it. */
async function tellingProxy(master: () => string): Promise<string> {
  proxy = createServer((incoming, answer) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      if (body.includes('DRAIN_AGENT')) {
        answer.writeHead(403).end(`not yours. You sent ${JSON.stringify(incoming.headers)}`);
        return;
      }
      const { method, url: path = '/', headers } = incoming;
      const onward = request(new URL(path, master()), { method, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      });
      onward.end(body);
    });
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

describe('the audit log', () => {
  it('has no secret, wherever one was planted', async () => {
    const env: Record<string, string> = {
      MESOS_AUTH: 'basic',
      MESOS_USERNAME: principal,
      MESOS_PASSWORD: secret,
      MESOS_MASTERS: await tellingProxy(() => world.cluster.masterUrls[0] ?? ''),
    };
    const cluster = { ...twoTasks, masters: 1, credentials: [{ principal, secret }] };
    world = await makeWorld({ cluster, env, http: true });
    await world.start();
    await world.type('mara', `/mesos drain agent3 --reason "rotate ${pasted}, password=${secret}"`);
    await world.type('mara', `/mesos drain ${secret}`);
    await world.pass(5_000);
    const entries = await audited(world);
    expect(entries.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['call.intended', 'call.rejected', 'drain.ended', 'command.refused']),
    );
    // What the proxy said is there, and what it told of ours is not.
    expect(entries.find(({ event }) => event === 'call.rejected')?.response?.body).toContain('not yours');
    const log = JSON.stringify(entries);
    const { botToken, transport } = world.config.slack;
    const own = transport.mode === 'http' ? [transport.signingSecret] : [transport.appToken];
    for (const planted of [secret, encoded, pasted, botToken, ...own, 'hooks.slack', 'response_url'])
      expect([planted, log.includes(planted)]).toEqual([planted, false]);
  });
});
