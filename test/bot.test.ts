import { afterEach, describe, expect, it } from '@jest/globals';
import type { Bot, Parts } from '../src/bot.ts';
import { makeWorld, type World } from './support/world.ts';

let world: World;
afterEach(() => world.close());

const agents = [{ hostname: 'agent3.example' }];
const ask = async (port: number, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: answer.status, body: (await answer.json()) as object };
};

describe('a bot', () => {
  it('is ready when the store, Slack and the masters answer', async () => {
    world = await makeWorld({ cluster: { agents }, env: { HEALTH_PORT: '0' } });
    const { healthPort } = await world.start();
    await world.settle();
    expect(await ask(healthPort ?? 0, '/readyz')).toEqual({
      status: 200,
      body: {
        ready: true,
        parts: { store: 'ok', database: 'ok', slack: 'ok', policy: 'ok' },
        clusters: { playground: 'ok' },
      },
    });
  });

  it('says which part is missing', async () => {
    world = await makeWorld({ cluster: { agents }, env: { HEALTH_PORT: '0' } });
    world.cluster.model.masterFaults(0).add({ match: {}, fault: '503' });
    const { healthPort } = await world.start();
    await world.settle();
    const { status, body } = await ask(healthPort ?? 0, '/readyz');
    expect(status).toBe(503);
    expect(body).toMatchObject({
      ready: false,
      parts: { store: 'ok' },
      clusters: { playground: 'can not be asked' },
    });
  });

  it('is alive, and not ready, while Slack can not be found', async () => {
    world = await makeWorld({ cluster: { agents }, env: { HEALTH_PORT: '0' } });
    let found = (): void => {};
    const searching = new Promise<void>((resolve) => {
      found = resolve;
    });
    let port = 0;
    const started = new Promise<Bot>((resolve) => {
      const around = (parts: Parts): Parts => ({
        ...parts,
        log: {
          ...parts.log,
          info: (facts, message) => {
            if ('healthPort' in facts && typeof facts.healthPort === 'number') port = facts.healthPort;
            parts.log.info(facts, message);
          },
        },
        connectSlack: async (use) => {
          await searching;
          return parts.connectSlack(use);
        },
      });
      void world.start(around).then(resolve);
    });
    while (port === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await ask(port, '/healthz')).status).toBe(200);
    expect(await ask(port, '/readyz')).toMatchObject({
      status: 503,
      body: { parts: { slack: 'not connected' } },
    });
    found();
    await started;
  });

  it('frees what it holds when a part can not be had, so that the next start succeeds', async () => {
    world = await makeWorld({ cluster: { agents } });
    const broken = (parts: Parts): Parts => ({
      ...parts,
      connectSlack: () => Promise.reject(new Error('no Slack')),
    });
    await expect(world.start(broken)).rejects.toThrow('no Slack');
    await world.start();
    expect(world.bot).not.toBeNull();
  });
});
