import { afterEach, describe, expect, it } from '@jest/globals';
import type { MesosOptions } from '../../src/mesos/options.ts';
import { connected, drain, s0 } from './support/connected.ts';
import { type Replies, scriptedMaster, standby, words } from './support/scripted-master.ts';
import { deadAddress, type Reply, type ScriptedServer, tcpServer } from './support/scripted-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function master(replies: Replies): Promise<ScriptedServer> {
  const server = await scriptedMaster(replies);
  open.push(server);
  return server;
}

function callsTo(masters: URL[], options: Partial<MesosOptions> = {}) {
  const mesos = connected(masters, options);
  open.push(mesos);
  return mesos.calls;
}

describe('the request of a call', () => {
  const calls = callsTo([new URL('http://127.0.0.1:1')]);

  it('writes the grace as whole seconds and nothing else', () => {
    expect(calls.bodyOf(drain)).toBe(
      `{"type":"DRAIN_AGENT","drain_agent":{"agent_id":{"value":"${s0}"},"max_grace_period":{"seconds":600},"mark_gone":false}}`,
    );
  });

  it('leaves the grace out where none is meant, and still says mark_gone', () => {
    expect(calls.bodyOf({ ...drain, maxGrace: null })).toBe(
      `{"type":"DRAIN_AGENT","drain_agent":{"agent_id":{"value":"${s0}"},"mark_gone":false}}`,
    );
  });

  it('names the agent to reactivate, and nothing else', () => {
    expect(calls.bodyOf({ type: 'REACTIVATE_AGENT', agentId: s0 })).toBe(
      `{"type":"REACTIVATE_AGENT","reactivate_agent":{"agent_id":{"value":"${s0}"}}}`,
    );
  });

  it('writes the whole schedule, each part as it is, with nanoseconds as text: a double would round them', () => {
    const windows = [
      {
        machines: [
          { hostname: 'Agent1.example', ip: '127.0.0.1' },
          { hostname: 'half.example', ip: null },
          { hostname: '', ip: '10.0.0.9' },
        ],
        startNs: 1_795_389_486_883_645_441n,
        durationNs: 3_600_000_000_001n,
      },
      { machines: [{ hostname: null, ip: '10.0.0.7' }], startNs: 0n, durationNs: null },
    ];
    expect(calls.bodyOf({ type: 'UPDATE_MAINTENANCE_SCHEDULE', windows })).toBe(
      '{"type":"UPDATE_MAINTENANCE_SCHEDULE","update_maintenance_schedule":{"schedule":{"windows":[' +
        '{"machine_ids":[{"hostname":"Agent1.example","ip":"127.0.0.1"},{"hostname":"half.example"},{"hostname":"","ip":"10.0.0.9"}],' +
        '"unavailability":{"start":{"nanoseconds":"1795389486883645441"},"duration":{"nanoseconds":"3600000000001"}}},' +
        '{"machine_ids":[{"ip":"10.0.0.7"}],"unavailability":{"start":{"nanoseconds":"0"}}}]}}}',
    );
  });

  it.each([
    ['START_MAINTENANCE', 'start_maintenance'],
    ['STOP_MAINTENANCE', 'stop_maintenance'],
  ] as const)('names the machines of %s by both parts', (type, member) => {
    const machines = [{ hostname: 'agent1.example', ip: '127.0.0.1' }];
    expect(calls.bodyOf({ type, machines })).toBe(
      `{"type":"${type}","${member}":{"machines":[{"hostname":"agent1.example","ip":"127.0.0.1"}]}}`,
    );
  });

  it('leaves byte for byte as bodyOf says, as a POST of exactly application/json', async () => {
    const server = await master({});
    const outcome = await callsTo([server.url]).submit(drain);
    expect(outcome).toEqual({
      kind: 'accepted',
      httpStatus: 200,
      body: '',
      master: null,
      url: `${server.url.href}api/v1`,
    });
    expect(server.arrived).toHaveLength(1);
    expect(server.arrived[0]).toMatchObject({ method: 'POST', url: '/api/v1', body: calls.bodyOf(drain) });
    expect(server.arrived[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
    });
  });

  it('keeps the path of a configured base address', async () => {
    const server = await master({});
    await callsTo([new URL('/mesos', server.url)]).submit(drain);
    expect(server.arrived[0]?.url).toBe('/mesos/api/v1');
  });

  it.each<[string, MesosOptions['auth'], string | undefined]>([
    ['no credentials', { kind: 'none' }, undefined],
    ['Basic', { kind: 'basic', username: 'bot', password: 'pä' }, 'Basic Ym90OnDDpA=='],
    ['Bearer', { kind: 'bearer', token: 'tok' }, 'Bearer tok'],
    ['DC/OS', { kind: 'dcos', token: 'tok' }, 'token=tok'],
  ])('carries %s', async (_, auth, header) => {
    const server = await master({});
    await callsTo([server.url], { auth }).submit(drain);
    expect(server.arrived[0]?.headers.authorization).toBe(header);
  });
});

describe('the outcome over the wire', () => {
  it.each<[string, Reply, object]>([
    ['400', words(400, 'Unknown agent'), { kind: 'rejected', httpStatus: 400, body: 'Unknown agent' }],
    ['401', words(401, '401 Unauthorized.'), { kind: 'rejected', httpStatus: 401 }],
    ['403', words(403, '403 Forbidden.'), { kind: 'rejected', httpStatus: 403, body: '403 Forbidden.' }],
    ['408', words(408, ''), { kind: 'unknown', httpStatus: 408 }],
    ['500', words(500, 'failed'), { kind: 'unknown', httpStatus: 500, why: '500 failed' }],
    ['501', words(501, '501 Not Implemented.'), { kind: 'rejected', httpStatus: 501 }],
    ['502', words(502, ''), { kind: 'unknown', httpStatus: 502 }],
    ["a proxy's 503", words(503, 'upstream'), { kind: 'unknown', httpStatus: 503 }],
    ['504', words(504, ''), { kind: 'unknown', httpStatus: 504 }],
    ['a dropped answer', 'drop', { kind: 'unknown', httpStatus: null }],
    ['garbage', 'garbage', { kind: 'unknown', httpStatus: null }],
    [
      'an error cut short',
      { status: 400, body: 'Unknown agent', cutAfter: 3 },
      { kind: 'unknown', httpStatus: 400 },
    ],
  ])('of %s is told, and no other master hears of the call', async (_, reply, told) => {
    const first = await master({ DRAIN_AGENT: reply });
    const second = await master({});
    expect(await callsTo([first.url, second.url]).submit(drain)).toMatchObject(told);
    expect([first.count('DRAIN_AGENT'), second.count('DRAIN_AGENT')]).toEqual([1, 0]);
  });

  it('is unknown when the deadline passes, and the call has left once', async () => {
    const first = await master({ DRAIN_AGENT: 'hang' });
    const second = await master({});
    const calls = callsTo([first.url, second.url], { callDeadlineMs: 200 });
    expect(await calls.submit(drain)).toMatchObject({
      kind: 'unknown',
      httpStatus: null,
      why: 'no whole answer within the deadline',
    });
    expect([first.count('DRAIN_AGENT'), second.count('DRAIN_AGENT')]).toEqual([1, 0]);
  });

  it('is unknown when the other side hangs up before it has answered anything', async () => {
    let connections = 0;
    const tcp = await tcpServer((socket) => {
      connections += 1;
      socket.once('data', () => socket.destroy());
    });
    open.push(tcp);
    const url = new URL(`http://${tcp.host}`);
    expect(await callsTo([url]).submit(drain)).toMatchObject({ kind: 'unknown', httpStatus: null });
    expect(connections).toBe(1);
  });

  it('is rejected when no master takes a connection', async () => {
    const [a, b] = [await deadAddress(), await deadAddress()];
    expect(await callsTo([a, b]).submit(drain)).toEqual({
      kind: 'rejected',
      httpStatus: null,
      body: `${a.host}: connection refused; ${b.host}: connection refused`,
      master: null,
      url: `${b.href}api/v1`,
    });
  });
});

describe('the next master gets the call', () => {
  it.each([['No leader elected'], ['Master has not finished recovery']])('after a 503 %s', async (body) => {
    const first = await master({ DRAIN_AGENT: words(503, body) });
    const second = await master({});
    expect(await callsTo([first.url, second.url]).submit(drain)).toMatchObject({
      kind: 'accepted',
      url: `${second.url.href}api/v1`,
    });
  });

  it('after a refused connection', async () => {
    const second = await master({});
    expect(await callsTo([await deadAddress(), second.url]).submit(drain)).toMatchObject({
      kind: 'accepted',
    });
  });

  it('after a connection that never came about, as with a TLS handshake that hangs', async () => {
    const tcp = await tcpServer(() => {});
    open.push(tcp);
    const silent = new URL(`https://${tcp.host}`);
    const second = await master({});
    const calls = callsTo([silent, second.url], { readDeadlineMs: 200, callDeadlineMs: 5000 });
    expect(await calls.submit(drain)).toMatchObject({ kind: 'accepted' });
  });

  it('and with nobody leading it is rejected in the words of the one master', async () => {
    const only = await master({ DRAIN_AGENT: words(503, 'No leader elected') });
    expect(await callsTo([only.url]).submit(drain)).toMatchObject({
      kind: 'rejected',
      httpStatus: 503,
      body: 'No leader elected',
    });
  });
});

describe('a redirected call', () => {
  it('goes to the leader, and the next one there at once', async () => {
    const leader = await master({});
    const follower = await master(standby(leader.url.host));
    const calls = callsTo([follower.url, leader.url]);
    await calls.submit(drain);
    await calls.submit(drain);
    expect([follower.count('DRAIN_AGENT'), leader.count('DRAIN_AGENT')]).toEqual([1, 2]);
  });

  it('is refused where the host is not known, and that host sees nothing', async () => {
    const foreign = await master({});
    const follower = await master(standby(foreign.url.host));
    const calls = callsTo([follower.url], { auth: { kind: 'bearer', token: 'secret' } });
    const outcome = await calls.submit(drain);
    expect(outcome).toMatchObject({ kind: 'rejected', httpStatus: 307 });
    expect(JSON.stringify(outcome)).toContain(`add ${foreign.url.host} to the allowed hosts`);
    expect(foreign.arrived).toHaveLength(0);
  });

  it('goes to an allowed host, with the credentials', async () => {
    const leader = await master({});
    const follower = await master(standby(leader.url.host));
    const calls = callsTo([follower.url], {
      auth: { kind: 'bearer', token: 'secret' },
      allowedHosts: [leader.url.host],
    });
    expect(await calls.submit(drain)).toMatchObject({ kind: 'accepted', url: `${leader.url.href}api/v1` });
    expect(leader.arrived[0]?.headers.authorization).toBe('Bearer secret');
  });

  it('that leads to a dead leader is rejected, and nobody is asked twice', async () => {
    const dead = await deadAddress();
    const [a, b] = [await master(standby(dead.host)), await master(standby(dead.host))];
    expect(await callsTo([a.url, b.url, dead]).submit(drain)).toMatchObject({
      kind: 'rejected',
      httpStatus: 307,
    });
    expect([a.count('DRAIN_AGENT'), b.count('DRAIN_AGENT')]).toEqual([1, 1]);
  });

  it('that goes in a circle ends rejected', async () => {
    const a = await master({});
    const b = await master(standby(a.url.host));
    a.script(() => ({ status: 307, headers: { location: `//${b.url.host}/master/api/v1` } }));
    expect(await callsTo([a.url, b.url]).submit(drain)).toMatchObject({ kind: 'rejected', httpStatus: 307 });
    expect(a.arrived.length + b.arrived.length).toBe(2);
  });
});
