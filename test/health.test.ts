import { afterEach, describe, expect, it } from '@jest/globals';
import { type Readiness, startHealth } from '../src/health.ts';

let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

async function serve(ready: () => Readiness) {
  const errors: string[] = [];
  const ignore = () => {};
  const log = {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (_: object, message: string) => void errors.push(message),
  };
  const server = await startHealth({ host: '127.0.0.1', port: 0, ready, log });
  stop = server.stop;
  const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server.port}${path}`, { method });
  return { ask, errors, port: server.port, log };
}

const fine: Readiness = { ready: true, parts: { store: 'ok', slack: 'connected' }, clusters: { east: 'ok' } };
const offline: Readiness = { ready: false, parts: { store: 'ok', slack: 'reconnecting' }, clusters: {} };

describe('startHealth', () => {
  it.each<[string, string, Readiness, number, unknown]>([
    ['GET', '/healthz', fine, 200, { alive: true }],
    ['GET', '/healthz', offline, 200, { alive: true }],
    ['GET', '/readyz', fine, 200, fine],
    ['GET', '/readyz?verbose', offline, 503, offline],
    ['POST', '/readyz', fine, 405, { error: 'only GET and HEAD' }],
    ['GET', '/', fine, 404, { error: 'not found; there are /healthz and /readyz' }],
    ['GET', '/readyz/', fine, 404, { error: 'not found; there are /healthz and /readyz' }],
  ])('answers %s %s when %j with %d', async (method, path, readiness, status, body) => {
    const { ask } = await serve(() => readiness);
    const response = await ask(path, method);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual(body);
  });

  it.each([
    ['/healthz', 200],
    ['/readyz', 503],
  ])('answers HEAD %s like GET, without a body', async (path, status) => {
    const { ask } = await serve(() => offline);
    const [head, get] = [await ask(path, 'HEAD'), await ask(path)];
    expect([head.status, get.status]).toEqual([status, status]);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect(await head.text()).toBe('');
  });

  it('judges anew at each question', async () => {
    let now = offline;
    const { ask } = await serve(() => now);
    expect((await ask('/readyz')).status).toBe(503);
    now = fine;
    expect((await ask('/readyz')).status).toBe(200);
  });

  it('is not ready, and says so in the log, where readiness can not be judged', async () => {
    const { ask, errors } = await serve(() => {
      throw new Error('a secret path');
    });
    const response = await ask('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      ready: false,
      parts: { readiness: 'could not be judged' },
      clusters: {},
    });
    expect(errors).toEqual(['readiness could not be judged']);
    expect((await ask('/healthz')).status).toBe(200);
  });

  it('rejects where the port is taken', async () => {
    const { port, log } = await serve(() => fine);
    await expect(startHealth({ host: '127.0.0.1', port, ready: () => fine, log })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('stops at once, whoever is still connected, and no longer answers', async () => {
    const { ask } = await serve(() => fine);
    await (await ask('/healthz')).text();
    await stop();
    await expect(ask('/healthz')).rejects.toThrow();
    stop = async () => {};
  });
});
