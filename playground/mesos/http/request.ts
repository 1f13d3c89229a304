import type { IncomingMessage } from 'node:http';

/** A request as handlers see it. */
export interface Request {
  readonly method: string;
  /** Without query and trailing slash, as sent otherwise. */
  readonly path: string;
  /** With its question mark, or ''. */
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Reads a whole request. */
export async function readRequest(message: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const [path = '/', query] = (message.url ?? '/').split('?', 2);
  return {
    method: message.method ?? 'GET',
    path: path.length > 1 ? path.replace(/\/$/, '') : path,
    query: query === undefined ? '' : `?${query}`,
    headers: message.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

/** The type of the v1 call in a body, or null; for matching faults, so it forgives everything. */
export const callTypeOf = (body: string): string | null => /"type"\s*:\s*"([A-Z_]+)"/.exec(body)?.[1] ?? null;
