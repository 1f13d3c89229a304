import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Agent, Client, type Dispatcher } from 'undici';
import type { Tls } from './options.ts';

/** One request as it leaves. `signal` is its deadline, the answer's last byte included. */
export interface HttpRequest {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
  signal: AbortSignal;
  /** The most that an answer may hold once unpacked, in bytes. */
  maxBytes: number;
  /** Takes the bytes of a success as they come, each chunk when it is done with the one before; the result then has an
   * empty body. Must not reject. */
  into?: (bytes: Uint8Array) => Promise<void>;
}

/** What became of one request. */
export type HttpResult =
  | { kind: 'answered'; status: number; location: string | null; body: string }
  /** No connection came about, so nothing can have been applied. */
  | { kind: 'not-connected'; why: string }
  /** It may have arrived, but no whole answer came back. `status` null: not even its first line. */
  | { kind: 'broken'; status: number | null; timedOut: boolean; why: string };

/** Sends requests, each exactly once; follows no redirect and never throws. */
export interface Wire {
  send(request: HttpRequest): Promise<HttpResult>;
  close(): Promise<void>;
}

/** Keeps its connections; for reads. */
export function keptWire(tls: Tls, connectMs: number): Wire {
  const agent = new Agent({ connect: connecting(tls, connectMs) });
  return { send: (request) => exchange(agent, request), close: () => agent.destroy() };
}

/** A connection of its own for each request; for calls. On a kept connection a reset could mean that the
 * other side had closed it long ago; on a fresh one it is known whether the request had a way out at all. */
export function singleUseWire(tls: Tls, connectMs: number): Wire {
  return {
    async send(request) {
      const client = new Client(request.url.origin, { connect: connecting(tls, connectMs) });
      let connected = false;
      client.once('connect', () => {
        connected = true;
      });
      const result = await exchange(client, request);
      await client.destroy();
      if (result.kind === 'answered') return result;
      // Only the event counts here: a code like EHOSTUNREACH can also come from a connection that lost its way
      // after the request had left.
      if (!connected) return { kind: 'not-connected', why: result.why };
      return result.kind === 'broken' ? result : broken(null, false, result.why);
    },
    close: () => Promise.resolve(),
  };
}

function connecting(tls: Tls, timeout: number) {
  return {
    timeout,
    ...(tls.ca === null ? {} : { ca: tls.ca }),
    ...(tls.clientCert === null ? {} : { cert: tls.clientCert }),
    ...(tls.clientKey === null ? {} : { key: tls.clientKey }),
  };
}

async function exchange(dispatcher: Dispatcher, request: HttpRequest): Promise<HttpResult> {
  let status: number | null = null;
  try {
    const response = await dispatcher.request({
      origin: request.url.origin,
      path: `${request.url.pathname}${request.url.search}`,
      method: request.method,
      headers: request.headers,
      body: request.body,
      signal: request.signal,
      // The signal is the one deadline.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    status = response.statusCode;
    const { location } = response.headers;
    const body = await readBody(response, request.maxBytes, isSuccess(status) ? request.into : undefined);
    return { kind: 'answered', status, location: typeof location === 'string' ? location : null, body };
  } catch (error) {
    if (request.signal.aborted) return broken(status, true, 'no whole answer within the deadline');
    const code = codeOf(error);
    if (status === null && code !== null && noConnection.has(code))
      return { kind: 'not-connected', why: meaning[code] ?? code };
    return broken(status, false, whyOf(error, code));
  }
}

function broken(status: number | null, timedOut: boolean, why: string): HttpResult {
  return { kind: 'broken', status, timedOut, why };
}

const meaning: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'its name is not known',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
};
const noConnection = new Set([...Object.keys(meaning), 'EAI_AGAIN']);

async function readBody(
  response: Dispatcher.ResponseData,
  maxBytes: number,
  into: HttpRequest['into'],
): Promise<string> {
  const packed = response.headers['content-encoding'] === 'gzip';
  // The iteration below sees every error; pipeline only wants a callback to hand them on.
  const source = packed ? pipeline(response.body, createGunzip(), () => {}) : response.body;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
    if (into === undefined) chunks.push(bytes);
    else await into(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** 2xx. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function codeOf(error: unknown): string | null {
  if (!isErrorLike(error)) return null;
  // Several addresses of one name that all fail come as one AggregateError.
  const first = Array.isArray(error.errors) && isErrorLike(error.errors[0]) ? error.errors[0] : error;
  return typeof first.code === 'string' ? first.code : null;
}

function whyOf(error: unknown, code: string | null): string {
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'the connection broke before a whole answer';
  const message =
    isErrorLike(error) && typeof error.message === 'string' ? error.message : 'unreadable answer';
  return code === null ? message : `${code}: ${message}`;
}

/** Not `instanceof`: an error of the socket layer may come from another realm (under Jest it does). */
function isErrorLike(error: unknown): error is { code?: unknown; errors?: unknown; message?: unknown } {
  return typeof error === 'object' && error !== null;
}
