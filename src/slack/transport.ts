import type { AddressInfo } from 'node:net';
import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Clock, Log } from '../app/ports.ts';
import { boltLogger } from './bolt-logger.ts';
import { socketLink } from './socket-link.ts';
import { clientOptions } from './web-client.ts';

/** How commands come in. */
export interface Transport {
  receiver: Receiver;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The port listened on, if any. */
  port(): number | null;
}

/** Where Slack posts commands and events in HTTP mode. */
const endpoint = '/slack/events';

/** Signed requests from Slack. `processBeforeResponse`: the answer leaves when the listener is done, and not before
 * the command is committed. */
export function httpTransport(
  settings: { signingSecret: string; port: number; host: string },
  deps: { log: Log; onLink(up: boolean): void },
): Transport {
  const receiver = new HTTPReceiver({
    signingSecret: settings.signingSecret,
    endpoints: [endpoint],
    processBeforeResponse: true,
    logger: boltLogger(deps.log),
  });
  let port: number | null = null;
  return {
    receiver,
    async start() {
      const server = await receiver.start({ port: settings.port, host: settings.host });
      const address: AddressInfo | string | null = server.address();
      port = typeof address === 'object' && address !== null ? address.port : settings.port;
      deps.onLink(true);
    },
    async stop() {
      if (port === null) return; // Bolt rejects when it was not started
      port = null;
      deps.onLink(false);
      await receiver.stop();
    },
    port: () => port,
  };
}

/** Commands over a WebSocket that we open ourselves: no public address needed. */
export function socketTransport(
  settings: { appToken: string },
  deps: { apiUrl: string | null; clock: Clock; log: Log; onLink(up: boolean): void },
): Transport {
  const receiver = new SocketModeReceiver({
    appToken: settings.appToken,
    logger: boltLogger(deps.log),
    autoReconnectEnabled: false, // socket-link.ts does it
    // An object of its own: the receiver writes into it. No retries, or it would wait up to hours by itself.
    installerOptions: { clientOptions: clientOptions(deps.apiUrl, deps.log) },
  });
  const link = socketLink(receiver, deps);
  return { receiver, start: () => link.start(), stop: () => link.stop(), port: () => null };
}
