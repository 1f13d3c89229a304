import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FaultKind, Faults, parseFaultRule } from '../faults.ts';
import { EMPTY, type Reply, textReply, write } from './reply.ts';
import { callTypeOf, type Request, readRequest } from './request.ts';
import { inTransition } from './transitions.ts';

/** One listening socket of the cluster: a master's or an agent's. */
export interface SimulatedServer {
  readonly port: number;
  readonly faults: Faults;
  /** How many requests are being answered; one that hangs by a fault does not count. */
  busy(): number;
  stop(): Promise<void>;
}

/** One request on its way through a socket. */
export interface Arrival {
  readonly request: Request;
  /** What the process behind the socket said, heard or not; null: it was not asked. */
  reply: Reply | null;
  /** What befell it; `down`: nobody was at home. */
  fault: FaultKind | 'down' | null;
}

/** Told of each request when it arrives; what it returns is told when the request has been dealt with. */
export type Witness = (arrival: Arrival) => (() => void) | undefined;

/** What stands behind a socket. */
export interface Site {
  /** A process that is down closes every connection. */
  up(): boolean;
  answer(request: Request): Reply;
}

const BAD_GATEWAY =
  '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

const control = (request: Request, faults: Faults): Reply => {
  if (request.method === 'DELETE') {
    faults.clear();
    return EMPTY;
  }
  try {
    faults.add(parseFaultRule(request.body));
    return EMPTY;
  } catch (error) {
    return textReply(400, error instanceof Error ? error.message : String(error));
  }
};

const misbehave = (
  fault: FaultKind,
  arrival: Arrival,
  { message, response }: { message: IncomingMessage; response: ServerResponse },
  site: Site,
): void => {
  switch (fault) {
    case 'refuse':
      response.socket?.destroy();
      return;
    case 'drop-after-apply':
      arrival.reply = site.answer(arrival.request);
      response.socket?.destroy();
      return;
    case 'hang':
      return;
    case 'garbage':
      response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end('{"type":"GET_AGENTS","get_agents":{"age');
      return;
    case 'html-502':
      response.writeHead(502, { 'Content-Type': 'text/html' }).end(BAD_GATEWAY);
      return;
    case '503':
      response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Service is overloaded');
      return;
    case '500':
      response
        .writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' })
        .end('Failed to discard future');
      return;
    case 'marking-gone':
    case 'removing':
    case 'marking-unreachable':
      arrival.reply = inTransition(fault, arrival.request) ?? site.answer(arrival.request);
      write(message, response, arrival.reply);
      return;
    default: {
      fault satisfies never;
    }
  }
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** Listens on a free port of 127.0.0.1. `site` is asked for at each request, so that ports can be known first. */
export async function startServer(site: () => Site, witness: Witness): Promise<SimulatedServer> {
  const faults = new Faults();
  let busy = 0;
  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(message);
    if (request.path === '/_sim/fault') return write(message, response, control(request, faults));
    const arrival: Arrival = { request, reply: null, fault: null };
    const end = witness(arrival);
    if (!site().up()) {
      arrival.fault = 'down';
      message.socket.destroy();
    } else {
      arrival.fault = faults.take({ call: callTypeOf(request.body), path: request.path });
      if (arrival.fault !== null) misbehave(arrival.fault, arrival, { message, response }, site());
      else {
        arrival.reply = site().answer(request);
        write(message, response, arrival.reply);
      }
    }
    end?.();
  };
  const onRequest = (message: IncomingMessage, response: ServerResponse): void => {
    busy++;
    handle(message, response)
      .catch(() => message.socket.destroy())
      .finally(() => {
        busy--;
      });
  };
  const server = createServer({ requireHostHeader: false }, onRequest);
  // libprocess sends no "100 Continue" (recording master_expect_100) and nothing at all to what isn't HTTP.
  server.on('checkContinue', onRequest);
  server.on('clientError', (_error, socket) => socket.destroy());
  const port = await listen(server);
  return {
    port,
    faults,
    busy: () => busy,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
