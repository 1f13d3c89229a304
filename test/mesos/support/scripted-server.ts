import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import { gzipSync } from 'node:zlib';

/** A request as it arrived. */
export interface Arrived {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** The operator API's call type, or the path of a v0 endpoint. */
  what: string;
}

/** What the server does with a request. `drop`: reads it whole, then breaks the connection. */
export type Reply =
  | { status: number; body?: string; headers?: Record<string, string>; gzip?: boolean; cutAfter?: number }
  | 'hang'
  | 'drop'
  | 'garbage';

export type Script = (request: Arrived) => Reply;

export interface ScriptedServer {
  url: URL;
  arrived: Arrived[];
  /** How often this call or path arrived. */
  count(what: string): number;
  script(next: Script): void;
  close(): Promise<void>;
}

/** An HTTP server on loopback that answers as scripted and keeps what arrived. */
export async function scriptedServer(first: Script): Promise<ScriptedServer> {
  const arrived: Arrived[] = [];
  let script = first;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body, what: whatOf(url, body) };
      arrived.push(one);
      const reply = script(one);
      if (reply === 'hang') return;
      if (reply === 'drop') request.socket.destroy();
      else if (reply === 'garbage') request.socket.end('this is not HTTP\r\n\r\n');
      else {
        const plain = Buffer.from(reply.body ?? '', 'utf8');
        const bytes = reply.gzip === true ? gzipSync(plain) : plain;
        const encoding = reply.gzip === true ? { 'content-encoding': 'gzip' } : {};
        response.writeHead(reply.status, { 'content-length': bytes.length, ...encoding, ...reply.headers });
        if (reply.cutAfter === undefined) response.end(bytes);
        else response.write(bytes.subarray(0, reply.cutAfter), () => request.socket.destroy());
      }
    });
  });
  await listening(server);
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    arrived,
    count: (what) => arrived.filter((each) => each.what === what).length,
    script(next) {
      script = next;
    },
    close: () => closed(server),
  };
}

/** An address on which nothing listens (any more). */
export async function deadAddress(): Promise<URL> {
  const server = await scriptedServer(() => 'hang');
  await server.close();
  return server.url;
}

/** A TCP server that takes connections and hands them to `take`; it says nothing itself. */
export async function tcpServer(
  take: (socket: Socket) => void,
): Promise<{ host: string; close(): Promise<void> }> {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    take(socket);
  });
  await listening(server);
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listening(server: NetServer): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function whatOf(url: string, body: string): string {
  if (!url.endsWith('/api/v1')) return url.split('?')[0] ?? url;
  return /"type":"([A-Z_]+)"/.exec(body)?.[1] ?? body;
}
