import type { IncomingMessage, ServerResponse } from 'node:http';

const BODY_LIMIT = 4 * 1024 * 1024;

/** A request with its body read and its address taken apart. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly authorization: string | null;
  readonly body: string;
}

export async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > BODY_LIMIT) throw new Error('request body too large');
    chunks.push(bytes);
  }
  const address = new URL(incoming.url ?? '/', 'http://local.invalid');
  return {
    method: incoming.method ?? 'GET',
    path: address.pathname,
    query: address.searchParams,
    contentType: incoming.headers['content-type'] ?? '',
    authorization: incoming.headers.authorization ?? null,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

/** Answers with text of another type. */
export function sendText(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
