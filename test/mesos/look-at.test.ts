import { afterEach, describe, expect, it } from '@jest/globals';
import type { MesosOptions } from '../../src/mesos/options.ts';
import { connected, s0 } from './support/connected.ts';
import { reservedDisk, slave } from './support/documents.ts';
import {
  getMaster,
  json,
  type Replies,
  registry,
  scriptedMaster,
  standby,
  words,
} from './support/scripted-master.ts';
import { deadAddress, type Reply, type ScriptedServer } from './support/scripted-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function master(replies: Replies): Promise<ScriptedServer> {
  const server = await scriptedMaster(replies);
  open.push(server);
  return server;
}

function look(masters: URL[], options: Partial<MesosOptions> = {}) {
  const mesos = connected(masters, options);
  open.push(mesos);
  return mesos.master.lookAt(s0);
}

const listed = (...slaves: object[]) => json({ slaves, recovered_slaves: [] });

/** Replies one after the other; the last one stays. */
function inOrder(...replies: Reply[]) {
  return (): Reply => (replies.length > 1 ? replies.shift() : replies[0]) ?? 'drop';
}

describe('a look at a registered agent', () => {
  it('reads it whole', async () => {
    const server = await master({
      '/slaves': listed(
        slave(s0, {
          drain_info: {
            state: 'DRAINING',
            config: { max_grace_period: { nanoseconds: 600000000000 }, mark_gone: false },
          },
          estimated_drain_start_time_seconds: 1795385633.634469,
          active: false,
          deactivated: true,
          reserved_resources_full: { 'eng/db': reservedDisk },
        }),
      ),
    });
    expect(await look([server.url])).toEqual({
      kind: 'registered',
      leader: 'm1',
      agent: {
        agentId: s0,
        hostname: 'agent3.example',
        address: { ip: '127.0.0.1', port: 5053 },
        attributes: { rack: 'r3', zone: 'z0', floor: '4' },
        version: '1.12.0',
        active: false,
        deactivated: true,
        canDrain: true,
        drain: { state: 'DRAINING', maxGraceNs: 600e9, markGone: false },
        drainStartedAt: 1795385633634,
        total: { cpus: 4, mem: 2048, disk: 4096, gpus: 0 },
        used: { cpus: 0.5, mem: 64, disk: 0, gpus: 0 },
        held: [
          { kind: 'volume', id: 'vol-1', role: 'eng/db', sizeMb: 1024 },
          { kind: 'reservation', role: 'eng/db', resource: 'ports', amount: 2 },
        ],
      },
    });
    expect(server.count('/registrar(1)/registry')).toBe(0);
    expect(server.arrived.find(({ what }) => what === '/slaves')?.url).toBe(`/slaves?slave_id=${s0}`);
  });

  it('takes a drain without a grace as one without a grace', async () => {
    const drain_info = { state: 'DRAINED', config: { mark_gone: false } };
    const server = await master({ '/slaves': listed(slave(s0, { drain_info })) });
    expect(await look([server.url])).toMatchObject({
      agent: { drain: { state: 'DRAINED', maxGraceNs: null, markGone: false }, drainStartedAt: null },
    });
  });

  it('does not take another agent for it where the filter is not obeyed', async () => {
    const server = await master({ '/slaves': listed(slave('other'), slave(s0)) });
    expect(await look([server.url])).toMatchObject({ kind: 'registered', agent: { agentId: s0 } });
  });

  it('is not read when another leader took over on the way', async () => {
    const server = await master({
      GET_MASTER: inOrder(getMaster('m1'), getMaster('m2')),
      '/slaves': listed(slave(s0)),
    });
    expect(await look([server.url])).toEqual({ kind: 'not-read', why: 'the leader changed during the look' });
  });

  it('cleans what the agent says of itself', async () => {
    const server = await master({
      '/slaves': listed(slave(s0, { hostname: 'a\u0000b\u202e\u001b[31m', attributes: { 'x\n': 'y\r\n' } })),
    });
    expect(await look([server.url])).toMatchObject({ agent: { hostname: 'ab[31m', attributes: { x: 'y' } } });
  });
});

describe('a look at an agent that is not registered', () => {
  it('sees it recovered after a failover', async () => {
    const server = await master({ '/slaves': json({ slaves: [], recovered_slaves: [{ id: s0 }] }) });
    expect(await look([server.url])).toEqual({ kind: 'recovered', leader: 'm1' });
  });

  it('sees it gone', async () => {
    const gone = { slaves: [{ id: { value: s0 }, timestamp: { nanoseconds: 1795389519626297000 } }] };
    const server = await master({ '/registrar(1)/registry': registry('m1', { gone }) });
    expect(await look([server.url])).toEqual({ kind: 'gone', leader: 'm1', at: 1795389519626 });
  });

  it('sees it unreachable, with the drain that waits for it', async () => {
    const unreachable = {
      slaves: [
        {
          deactivated: true,
          drain_info: {
            config: { mark_gone: true, max_grace_period: { nanoseconds: 30000000000 } },
            state: 'DRAINING',
          },
          id: { value: s0 },
          timestamp: { nanoseconds: 1795389539299820000 },
        },
      ],
    };
    const server = await master({ '/registrar(1)/registry': registry('m1', { unreachable }) });
    expect(await look([server.url])).toEqual({
      kind: 'unreachable',
      leader: 'm1',
      since: 1795389539299,
      drain: { state: 'DRAINING', maxGraceNs: 30e9, markGone: true },
      deactivated: true,
    });
  });

  it('sees which machines are DOWN for maintenance when it is listed nowhere', async () => {
    const id = { hostname: 'a\u0000.example', ip: '10.0.0.3' };
    const machines = {
      machines: [
        { info: { id, mode: 'DOWN' } },
        { info: { id: { hostname: 'b.example' }, mode: 'DRAINING' } },
      ],
    };
    const server = await master({ '/registrar(1)/registry': registry('m1', { machines }) });
    const down = [{ hostname: 'a.example', ip: '10.0.0.3' }];
    expect(await look([server.url])).toEqual({ kind: 'absent', leader: 'm1', down });
  });

  it('says absent only after the registry of the same leader, asked between two GET_MASTER', async () => {
    const gone = { slaves: [{ id: { value: 'other' }, timestamp: { nanoseconds: 1 } }] };
    const server = await master({ '/registrar(1)/registry': registry('m1', { gone }) });
    expect(await look([server.url])).toEqual({ kind: 'absent', leader: 'm1' });
    expect(server.arrived.map(({ what }) => what)).toEqual([
      'GET_MASTER',
      '/slaves',
      '/registrar(1)/registry',
      'GET_MASTER',
    ]);
  });

  it('looks again when it came back in between', async () => {
    const slaves = { slaves: [{ info: { id: { value: s0 } } }] };
    const server = await master({
      '/slaves': inOrder(listed(), listed(slave(s0))),
      '/registrar(1)/registry': registry('m1', { slaves }),
    });
    expect(await look([server.url])).toMatchObject({ kind: 'registered' });
    expect(server.count('/slaves')).toBe(2);
  });

  it.each<[string, Replies, string]>([
    ['the registry is forbidden', { '/registrar(1)/registry': words(403, '403 Forbidden.') }, '403'],
    ['the registry is empty', { '/registrar(1)/registry': json({}) }, 'does not lead'],
    ['the registry is of another leader', { '/registrar(1)/registry': registry('m2') }, 'another leader'],
    ['the registry is garbage', { '/registrar(1)/registry': words(200, '<html>') }, 'not JSON'],
    [
      'the leader changed meanwhile',
      { GET_MASTER: inOrder(getMaster('m1'), getMaster('m2')) },
      'the leader changed during the look',
    ],
    [
      'the leader was lost meanwhile',
      { GET_MASTER: inOrder(getMaster('m1'), words(503, 'No leader elected')) },
      'No leader elected',
    ],
    [
      'the registry says registered and the list does not, twice',
      { '/registrar(1)/registry': registry('m1', { slaves: { slaves: [{ info: { id: { value: s0 } } }] } }) },
      'lists it as registered',
    ],
  ])('explains nothing when %s', async (_, replies, why) => {
    const server = await master(replies);
    expect(await look([server.url])).toEqual({
      kind: 'unexplained',
      leader: 'm1',
      why: expect.stringContaining(why),
    });
  });

  it('asks the leader itself for the registry, not the standby that is configured first', async () => {
    const leader = await master({});
    const follower = await master(standby(leader.url.host));
    expect(await look([follower.url, leader.url])).toEqual({ kind: 'absent', leader: 'm1' });
    expect([follower.count('/registrar(1)/registry'), leader.count('/registrar(1)/registry')]).toEqual([
      0, 1,
    ]);
  });
});

describe('a look that reads nothing', () => {
  it('does not believe the empty lists of a leader that has not recovered', async () => {
    const server = await master({ GET_MASTER: words(503, 'Master has not finished recovery') });
    expect(await look([server.url])).toEqual({
      kind: 'not-read',
      why: expect.stringContaining('503 Master has not finished recovery'),
    });
    expect(server.count('/slaves')).toBe(0);
  });

  it.each<[string, Replies, string]>([
    ['a 401', { GET_MASTER: words(401, '401 Unauthorized.') }, '401 Unauthorized.'],
    ['a hanging master', { GET_MASTER: 'hang' }, 'deadline'],
    ['an unexpected shape', { '/slaves': listed(slave(s0, { pid: 'slave(1)@nowhere' })) }, 'slaves.0.pid'],
    ['lists that are missing', { '/slaves': json({}) }, 'unexpected shape at slaves'],
    [
      'an unexpected drain state',
      { '/slaves': listed(slave(s0, { drain_info: { state: 'X' } })) },
      'drain_info',
    ],
  ])('says so after %s', async (_, replies, why) => {
    const server = await master(replies);
    expect(await look([server.url], { readDeadlineMs: 300 })).toEqual({
      kind: 'not-read',
      why: expect.stringContaining(why),
    });
  });

  it('says so when no master is there', async () => {
    expect(await look([await deadAddress()])).toEqual({
      kind: 'not-read',
      why: expect.stringContaining('connection refused'),
    });
  });
});
