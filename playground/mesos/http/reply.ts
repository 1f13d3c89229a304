import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Json, writeJson } from '../json/write.ts';

/** What a handler answers with. */
export type Reply =
  | { readonly kind: 'json'; readonly body: Json; readonly sorted?: boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'redirect'; readonly location: string }
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly text: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** 200 without a body and without a Content-Type: how mutating calls succeed. */
export const EMPTY: Reply = { kind: 'empty' };

/** An error: always text/plain. */
export const textReply = (status: number, text: string, headers?: Record<string, string>): Reply => ({
  kind: 'text',
  status,
  text,
  ...(headers === undefined ? {} : { headers }),
});

export const FORBIDDEN = textReply(403, '403 Forbidden.');

const GZIP_FROM = 1024;

const body = (reply: Reply): { status: number; headers: Record<string, string>; text: string } => {
  switch (reply.kind) {
    case 'json':
      return {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        text: writeJson(reply.body, reply.sorted ?? false),
      };
    case 'empty':
      return { status: 200, headers: {}, text: '' };
    case 'redirect':
      return { status: 307, headers: { Location: reply.location }, text: '' };
    case 'text':
      return {
        status: reply.status,
        headers: { ...reply.headers, 'Content-Type': 'text/plain; charset=utf-8' },
        text: reply.text,
      };
    default: {
      const never: never = reply;
      return never;
    }
  }
};

/** Writes a reply; zipped when the client takes that and it is worth it (mesos libprocess encoder.hpp: from 1024
 * bytes on). */
export function write(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const { status, headers, text } = body(reply);
  const plain = Buffer.from(text);
  const accepted = request.headers['accept-encoding']?.includes('gzip') === true;
  const zipped = accepted && plain.length >= GZIP_FROM;
  const bytes = zipped ? gzipSync(plain) : plain;
  response.writeHead(status, {
    ...headers,
    ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
    'Content-Length': bytes.length,
  });
  response.end(bytes);
}
