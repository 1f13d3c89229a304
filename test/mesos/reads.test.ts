import { afterEach, describe, expect, it } from '@jest/globals';
import { MasterFault } from '../../src/app/faults.ts';
import { frameworkId } from '../../src/domain/ids.ts';
import type { MesosOptions } from '../../src/mesos/options.ts';
import { connected, s0 } from './support/connected.ts';
import { agentEntry, task } from './support/documents.ts';
import { getMaster, json, type Replies, scriptedMaster, standby, words } from './support/scripted-master.ts';
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

function readsOf(masters: URL[], options: Partial<MesosOptions> = {}) {
  const mesos = connected(masters, options);
  open.push(mesos);
  return mesos.master;
}

/** The fault of a read that must fail. */
async function faultOf(read: Promise<unknown>): Promise<string> {
  const error = await read.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MasterFault);
  return error instanceof MasterFault ? error.message : '';
}

describe('a read of the leader', () => {
  it('is a POST with the exact headers, and takes gzip', async () => {
    const packed = { ...(getMaster('m1') as { status: number; body: string }), gzip: true };
    const server = await master({ GET_MASTER: packed });
    expect(await readsOf([server.url]).leader()).toEqual({
      id: 'm1',
      version: '1.12.0',
      url: server.url.href,
      canDrain: true,
    });
    expect(server.arrived[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1',
      body: '{"type":"GET_MASTER"}',
    });
    expect(server.arrived[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'gzip',
    });
  });

  it('tells a master from before 1.9 by what it can not do', async () => {
    const info = { id: 'm1', version: '1.8.1', capabilities: [{ type: 'AGENT_UPDATE' }] };
    const body = JSON.stringify({ type: 'GET_MASTER', get_master: { master_info: info } });
    const server = await master({ GET_MASTER: { status: 200, body } });
    expect(await readsOf([server.url]).leader()).toMatchObject({ version: '1.8.1', canDrain: false });
  });

  it.each([['No leader elected'], ['Master has not finished recovery']])(
    'tries the next master after a 503 %s',
    async (body) => {
      const first = await master({ GET_MASTER: words(503, body) });
      const second = await master({ GET_MASTER: getMaster('m2') });
      expect(await readsOf([first.url, second.url]).leader()).toMatchObject({ id: 'm2' });
    },
  );

  it.each<[string, Reply]>([
    ['a dropped connection', 'drop'],
    ['garbage', 'garbage'],
    ['a hang', 'hang'],
    ['a 502', words(502, '<html>')],
  ])('tries the next master after %s', async (_, reply) => {
    const first = await master({ GET_MASTER: reply });
    const second = await master({ GET_MASTER: getMaster('m2') });
    const reads = readsOf([first.url, second.url], { readDeadlineMs: 300 });
    expect(await reads.leader()).toMatchObject({ id: 'm2' });
  });

  it('remembers the leader between reads, and looks anew when it dies', async () => {
    const leader = await master({});
    const follower = await master(standby(leader.url.host));
    const reads = readsOf([follower.url, leader.url]);
    await reads.frameworks();
    await reads.frameworks();
    expect([follower.arrived.length, leader.arrived.length]).toEqual([1, 2]);
    await leader.close();
    open.splice(open.indexOf(leader), 1);
    follower.script(() => getMaster('m2'));
    expect(await reads.leader()).toMatchObject({ id: 'm2' });
  });

  it('is tried again where that can help', async () => {
    let asked = 0;
    const server = await master({
      GET_MASTER: () => {
        asked += 1;
        return asked < 3 ? words(500, 'failed') : getMaster('m1');
      },
    });
    expect(await readsOf([server.url]).leader()).toMatchObject({ id: 'm1' });
    expect(asked).toBe(3);
  });

  it.each<[string, Reply]>([
    ['401', words(401, '401 Unauthorized.')],
    ['403', words(403, '403 Forbidden.')],
    ['400', words(400, 'Failed to validate master::Call')],
  ])('is not tried again after a %s, neither there nor elsewhere', async (status, reply) => {
    const first = await master({ GET_MASTER: reply });
    const second = await master({});
    expect(await faultOf(readsOf([first.url, second.url]).leader())).toContain(status);
    expect([first.arrived.length, second.arrived.length]).toEqual([1, 0]);
  });

  it('names every master that did not answer', async () => {
    const [a, b] = [await deadAddress(), await deadAddress()];
    const message = await faultOf(readsOf([a, b]).leader());
    expect(message).toContain(`${a.host}: connection refused`);
    expect(message).toContain(`${b.host}: connection refused`);
  });

  it('does not follow a redirect to a foreign host, sends it nothing, and names it', async () => {
    const foreign = await master({});
    const follower = await master(standby(foreign.url.host));
    const reads = readsOf([follower.url], { auth: { kind: 'basic', username: 'bot', password: 'secret' } });
    expect(await faultOf(reads.leader())).toContain(`add ${foreign.url.host} to the allowed hosts`);
    expect(foreign.arrived).toHaveLength(0);
  });

  it('is at an end after three redirects', async () => {
    const last = await master({});
    const servers = [last];
    for (let n = 0; n < 4; n += 1) servers.push(await master(standby(servers.at(-1)?.url.host ?? '')));
    const [first] = servers.slice(-1);
    const allowedHosts = servers.map(({ url }) => url.host);
    const reads = readsOf([first?.url ?? last.url], { allowedHosts });
    expect(await faultOf(reads.leader())).toContain('more than 3 redirects');
    expect(last.arrived).toHaveLength(0);
  });

  it('never shows credentials, not even those in an address', async () => {
    const dead = await deadAddress();
    dead.username = 'bot';
    dead.password = 'hunter2';
    expect(await faultOf(readsOf([dead]).leader())).not.toContain('hunter2');
  });
});

describe('the sweep', () => {
  it('projects what is registered and what is only recovered', async () => {
    const drain_info = {
      state: 'DRAINING',
      config: { max_grace_period: { nanoseconds: 12000000000 }, mark_gone: true },
    };
    const estimated_drain_start_time = { nanoseconds: 1795385633000000000 };
    const { agent_info } = agentEntry('r1') as { agent_info: object };
    const server = await master({
      GET_AGENTS: json({
        type: 'GET_AGENTS',
        get_agents: {
          agents: [
            agentEntry(s0),
            agentEntry('b', { active: false, deactivated: true, drain_info, estimated_drain_start_time }),
          ],
          recovered_agents: [agent_info],
        },
      }),
    });
    const sweep = await readsOf([server.url]).sweep();
    expect(sweep.leader.id).toBe('m1');
    expect(sweep.registered[0]).toEqual({
      agentId: s0,
      hostname: 'agent3.example',
      address: { ip: '127.0.0.1', port: 5053 },
      attributes: { rack: 'r3', floor: '4', slots: '[1-3]' },
      version: '1.12.0',
      active: true,
      deactivated: false,
      canDrain: true,
      drain: null,
      drainStartedAt: null,
      total: { cpus: 4, mem: 2048, disk: 1124, gpus: 0 },
      used: { cpus: 0.5, mem: 0, disk: 0, gpus: 0 },
      held: [
        { kind: 'reservation', role: 'ops', resource: 'cpus', amount: 1 },
        { kind: 'volume', id: 'vol-1', role: 'eng/db', sizeMb: 1024 },
        { kind: 'reservation', role: 'eng/db', resource: 'ports', amount: 2 },
      ],
    });
    expect(sweep.registered[1]).toMatchObject({
      drain: { state: 'DRAINING', maxGraceNs: 12e9, markGone: true },
      drainStartedAt: 1795385633000,
    });
    expect(sweep.recovered).toEqual([
      { agentId: 'r1', hostname: 'agent3.example', attributes: { rack: 'r3', floor: '4', slots: '[1-3]' } },
    ]);
  });

  it('names the field of an unexpected shape', async () => {
    const broken = agentEntry(s0, { active: 'yes' });
    const server = await master({ GET_AGENTS: json({ get_agents: { agents: [agentEntry('a'), broken] } }) });
    expect(await faultOf(readsOf([server.url]).sweep())).toContain('get_agents.agents.1.active');
  });

  it('names the field where the list itself is none', async () => {
    const server = await master({ GET_AGENTS: json({ get_agents: { agents: { 0: agentEntry('a') } } }) });
    expect(await faultOf(readsOf([server.url]).sweep())).toContain('unexpected shape at get_agents.agents:');
  });

  it.each<[string, Reply]>([
    ['a login page', words(200, '<html>')],
    ['nothing', words(200, '')],
    ['half a document', words(200, '{"get_agents":{"agents":[{"agent_info":')],
    ['endless brackets', words(200, '['.repeat(1_000_000))],
  ])('is tried again, then a fault, on %s', async (_, reply) => {
    const server = await master({ GET_AGENTS: reply });
    expect(await faultOf(readsOf([server.url]).sweep())).toContain('the answer is not JSON');
    expect(server.count('GET_AGENTS')).toBe(3);
  });

  it('starts over with the next try', async () => {
    let asked = 0;
    const whole = JSON.stringify({ get_agents: { agents: [agentEntry('a'), agentEntry('b')] } });
    const server = await master({
      GET_AGENTS: () => {
        asked += 1;
        return { status: 200, body: whole, ...(asked === 1 ? { cutAfter: whole.length - 10 } : {}) };
      },
    });
    const { registered } = await readsOf([server.url]).sweep();
    expect(registered.map(({ agentId }) => agentId)).toEqual(['a', 'b']);
  });

  it('refuses an id that is none', async () => {
    const broken = agentEntry('two words');
    const server = await master({ GET_AGENTS: json({ get_agents: { agents: [broken] } }) });
    expect(await faultOf(readsOf([server.url]).sweep())).toContain('agents.0.agent_info.id.value');
  });
});

describe('the other reads', () => {
  it('tell of frameworks, with only web addresses as links', async () => {
    const framework = (id: string, webui_url: string) => ({
      framework_info: {
        name: 'mara\u0007thon',
        id: { value: id },
        failover_timeout: 3600.0,
        webui_url,
        capabilities: [{ type: 'PARTITION_AWARE' }],
      },
      connected: false,
    });
    const frameworks = [
      framework('f1', 'https://marathon.example/ui'),
      framework('f2', 'javascript:alert(1)'),
    ];
    const server = await master({ GET_FRAMEWORKS: json({ get_frameworks: { frameworks } }) });
    expect(await readsOf([server.url]).frameworks()).toEqual([
      {
        id: 'f1',
        name: 'marathon',
        connected: false,
        failoverTimeoutSeconds: 3600,
        webUrl: 'https://marathon.example/ui',
        partitionAware: true,
        knowsTaskKilling: false,
      },
      expect.objectContaining({ id: 'f2', webUrl: null }),
    ]);
  });

  it("tell of one agent's tasks, those that wait for their framework marked", async () => {
    const { kill_policy: _, ...plain } = task('t3', s0) as { kill_policy: object };
    const server = await master({
      GET_TASKS: json({
        get_tasks: {
          tasks: [task('t1', s0), task('t2', s0, { state: 'TASK_KILLED' }), plain, task('t4', 'other')],
          unreachable_tasks: [task('t5', s0, { state: 'TASK_UNREACHABLE' }), task('t6', 'other')],
          completed_tasks: [task('t7', s0, { state: 'TASK_FINISHED' })],
        },
      }),
    });
    const facts = await readsOf([server.url]).tasksOf(s0);
    expect(facts.map(({ taskId, terminalUnacknowledged }) => [taskId, terminalUnacknowledged])).toEqual([
      ['t1', false],
      ['t2', true],
      ['t3', false],
      ['t5', false],
    ]);
    expect(facts.map(({ killPolicySeconds }) => killPolicySeconds)).toEqual([120, 120, null, 120]);
  });

  it("tell of one framework's tasks on the whole cluster, a page of them", async () => {
    const listed = (id: string, state: string) => ({
      id,
      name: 'web',
      framework_id: 'f1',
      slave_id: s0,
      state,
    });
    const server = await master({
      '/tasks': json({ tasks: [listed('t1', 'TASK_RUNNING'), listed('t2', 'TASK_KILLING')] }),
    });
    const found = await readsOf([server.url]).tasksOfFramework(frameworkId('f&1'), {
      offset: 500,
      limit: 500,
    });
    expect(found).toEqual([
      { taskId: 't1', name: 'web', agentId: s0, running: true },
      { taskId: 't2', name: 'web', agentId: s0, running: false },
    ]);
    expect(server.arrived.at(-1)?.url).toBe('/tasks?framework_id=f%261&limit=500&offset=500&order=des');
  });

  it('list the pending operations of one agent, with whose they are', async () => {
    const operation = (agent: string, state: string, more: object = {}) => ({
      agent_id: { value: agent },
      info: { type: 'CREATE_DISK', id: { value: 'disk-1' } },
      framework_id: { value: 'f-1' },
      latest_status: { state },
      uuid: { value: '4RyA/KZ5SvyvdRhHCh4oKA==' },
      ...more,
    });
    const onProvider = { state: 'OPERATION_PENDING', resource_provider_id: { value: 'lvm-1' } };
    const operations = [
      operation(s0, 'OPERATION_PENDING'),
      // An operator's: no framework, and no id but Mesos's own.
      operation(s0, 'OPERATION_UNREACHABLE', { info: { type: 'RESERVE' }, framework_id: undefined }),
      operation(s0, 'OPERATION_PENDING', { latest_status: onProvider }),
      operation(s0, 'OPERATION_FINISHED'),
      operation('other', 'OPERATION_PENDING'),
    ];
    const server = await master({ GET_OPERATIONS: json({ get_operations: { operations } }) });
    const disk = { type: 'CREATE_DISK', id: 'disk-1', framework: 'f-1' };
    expect(await readsOf([server.url]).pendingOperationsOf(s0)).toEqual([
      { ...disk, resourceProvider: null },
      { type: 'RESERVE', id: '4RyA/KZ5SvyvdRhHCh4oKA==', framework: null, resourceProvider: null },
      { ...disk, resourceProvider: 'lvm-1' },
    ]);
  });

  it.each([
    ['both parts equal', { hostname: 'Agent1.Example', ip: '127.0.0.1' }, 'agent1.example (127.0.0.1)'],
    ['another ip', { hostname: 'agent1.example', ip: '127.0.0.2' }, null],
    ['another hostname', { hostname: 'agent2.example', ip: '127.0.0.1' }, null],
    ['an entry of a hostname only', { hostname: 'agent9.example', ip: '127.0.0.1' }, null],
  ])('find a machine in the maintenance schedule: %s', async (_, machine, told) => {
    const unavailability = { start: { nanoseconds: 1_795_348_800_000_000_000 } };
    const windows = [
      { machine_ids: [{ hostname: 'agent9.example' }], unavailability },
      { machine_ids: [{ hostname: 'agent1.example', ip: '127.0.0.1' }], unavailability },
    ];
    const server = await master({
      GET_MAINTENANCE_SCHEDULE: json({ get_maintenance_schedule: { schedule: { windows } } }),
    });
    expect(await readsOf([server.url]).scheduled(machine)).toBe(told);
  });

  it('understand an empty schedule', async () => {
    const server = await master({});
    expect(await readsOf([server.url]).scheduled({ hostname: 'a', ip: '127.0.0.1' })).toBeNull();
  });
});
