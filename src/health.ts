import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './app/ports.ts';

/** Whether the bot can do its work, and the state of each part and of each cluster's masters in a word or two.
 * Shown to anyone who asks: no addresses, no secrets. */
export interface Readiness {
  ready: boolean;
  parts: Record<string, string>;
  clusters: Record<string, string>;
}

/** Answers GET and HEAD on an address of its own, apart from Slack's requests.
 * `/healthz`: 200 for as long as the process can answer at all (restart it when it can't).
 * `/readyz`: 200 or 503, with {@link Readiness} as JSON (look, don't restart: a restart mends no master).
 * Port 0 takes a free one; `port` is the one that was taken. Rejects where the address can't be listened on. */
export async function startHealth(options: {
  host: string;
  port: number;
  ready(): Readiness;
  log: Log;
}): Promise<{ port: number; stop(): Promise<void> }> {
  const { host, port, ready, log } = options;
  const server = createServer((request, response) => {
    // Nobody has a body to send here; unread bytes must not hold the connection.
    request.resume();
    reply(request, response, ready, log);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (err) => log.error({ err }, 'health server broke'));
  const { port: taken } = server.address() as AddressInfo;
  return {
    port: taken,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function reply(request: IncomingMessage, response: ServerResponse, ready: () => Readiness, log: Log): void {
  const path = (request.url ?? '').split('?', 1)[0];
  if (path !== '/healthz' && path !== '/readyz') {
    send(request, response, 404, { error: 'not found; there are /healthz and /readyz' });
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    send(request, response, 405, { error: 'only GET and HEAD' });
  } else if (path === '/healthz') {
    send(request, response, 200, { alive: true });
  } else {
    const state = readinessOf(ready, log);
    send(request, response, state.ready ? 200 : 503, state);
  }
}

function readinessOf(ready: () => Readiness, log: Log): Readiness {
  try {
    return ready();
  } catch (err) {
    log.error({ err }, 'readiness could not be judged');
    return { ready: false, parts: { readiness: 'could not be judged' }, clusters: {} };
  }
}

function send(request: IncomingMessage, response: ServerResponse, status: number, body: object): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}
