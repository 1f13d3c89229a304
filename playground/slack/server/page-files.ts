import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';

const folder = new URL('../../page/', import.meta.url);

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** The page loads nothing from outside and runs no inline script; avatars set their colour by style. */
const policy = "default-src 'self'; img-src data:";

/** Sends one file of the web page; false when it has no such file. */
export async function sendPageFile(path: string, response: ServerResponse): Promise<boolean> {
  const [, name, ending] = /^\/([a-z-]+\.(html|css|js))$/.exec(path === '/' ? '/index.html' : path) ?? [];
  const type = types[ending ?? ''];
  if (name === undefined || type === undefined) return false;
  const content = await readFile(new URL(name, folder)).catch(() => null);
  if (content === null) return false;
  const headers = { 'content-type': type, 'cache-control': 'no-store', 'content-security-policy': policy };
  response.writeHead(200, headers);
  response.end(content);
  return true;
}
