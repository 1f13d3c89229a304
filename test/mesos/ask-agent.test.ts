import { afterEach, describe, expect, it } from '@jest/globals';
import type { MesosOptions } from '../../src/mesos/options.ts';
import { connected, s0 } from './support/connected.ts';
import { task } from './support/documents.ts';
import { json, type Replies } from './support/scripted-master.ts';
import { type ScriptedServer, scriptedServer } from './support/scripted-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const noTls = { ca: null, clientCert: null, clientKey: null };
const loopbackMaster = new URL('http://127.0.0.1:5050');

/** An idle agent, except for `replies` (recordings agent_GET_*). */
async function agent(replies: Replies = {}): Promise<ScriptedServer> {
  const idle: Replies = {
    GET_AGENT: self(s0),
    GET_TASKS: json({
      type: 'GET_TASKS',
      get_tasks: {
        pending_tasks: [],
        queued_tasks: [],
        launched_tasks: [],
        terminated_tasks: [],
        completed_tasks: [],
      },
    }),
    GET_EXECUTORS: json({ type: 'GET_EXECUTORS', get_executors: { executors: [], completed_executors: [] } }),
    GET_OPERATIONS: json({ type: 'GET_OPERATIONS', get_operations: {} }),
  };
  const server = await scriptedServer((request) => {
    const reply = { ...idle, ...replies }[request.what] ?? { status: 404 };
    return typeof reply === 'function' ? reply(request) : reply;
  });
  open.push(server);
  return server;
}

function self(id: string, more: object = {}) {
  return json({
    type: 'GET_AGENT',
    get_agent: { agent_info: { hostname: 'a', id: { value: id } }, ...more },
  });
}

function ask(server: ScriptedServer, options: Partial<MesosOptions> = {}) {
  const mesos = connected([loopbackMaster], options);
  open.push(mesos);
  return mesos.master.askAgent(s0, { ip: '127.0.0.1', port: Number(server.url.port) });
}

function executor(id: string, framework?: string) {
  const framework_id = framework === undefined ? undefined : { value: framework };
  return { executor_info: { executor_id: { value: id }, framework_id } };
}

describe('asking an agent', () => {
  it('finds an idle one idle', async () => {
    expect(await ask(await agent())).toEqual({
      kind: 'asked',
      pending: 0,
      queued: 0,
      launched: 0,
      tasks: [],
      executors: [],
      operations: [],
      draining: false,
    });
  });

  it('counts what a draining one still has', async () => {
    const server = await agent({
      GET_AGENT: self(s0, { drain_config: { mark_gone: false } }),
      GET_TASKS: json({
        get_tasks: {
          pending_tasks: [
            task('p', s0, {
              state: 'TASK_STAGING',
              executor_id: { value: 'e1' },
              resources: [
                { name: 'cpus', type: 'SCALAR', scalar: { value: 0.5 } },
                { name: 'mem', type: 'SCALAR', scalar: { value: 64 } },
              ],
            }),
          ],
          queued_tasks: [task('q', s0, { state: 'TASK_STAGING' })],
          launched_tasks: [task('l1', s0), task('l2', s0, { state: 'TASK_KILLING' })],
          terminated_tasks: [task('t', s0, { state: 'TASK_KILLED' })],
          completed_tasks: [task('c', s0, { state: 'TASK_FINISHED' })],
        },
      }),
      GET_EXECUTORS: json({
        get_executors: { executors: [executor('e1', 'f-1'), executor('e2')], completed_executors: [{}] },
      }),
      GET_OPERATIONS: json({
        get_operations: {
          operations: [
            { agent_id: { value: s0 }, latest_status: { state: 'OPERATION_PENDING' } },
            { agent_id: { value: s0 }, latest_status: { state: 'OPERATION_FINISHED' } },
          ],
        },
      }),
    });
    const sighting = await ask(server);
    expect(sighting).toMatchObject({
      kind: 'asked',
      pending: 1,
      queued: 1,
      launched: 2,
      executors: [
        { executorId: 'e1', framework: 'f-1' },
        { executorId: 'e2', framework: null },
      ],
      operations: [{ type: 'UNKNOWN', id: 'without an id', framework: null, resourceProvider: null }],
      draining: true,
    });
    const tasks = sighting.kind === 'asked' ? sighting.tasks : [];
    expect(tasks.map(({ taskId, terminalUnacknowledged }) => [taskId, terminalUnacknowledged])).toEqual([
      ['p', false],
      ['q', false],
      ['l1', false],
      ['l2', false],
      ['t', true],
    ]);
    expect(tasks[0]).toEqual({
      taskId: 'p',
      name: 'p',
      framework: 'f1',
      state: 'TASK_STAGING',
      killPolicySeconds: 120,
      resources: { cpus: 0.5, mem: 64, disk: 0, gpus: 0 },
      executor: 'own',
      terminalUnacknowledged: false,
    });
  });

  it("sends the agents' own credentials and never the master's", async () => {
    const server = await agent();
    const auth = { kind: 'bearer', token: 'master-secret' } as const;
    await ask(server, { auth });
    await ask(server, {
      auth,
      agents: {
        auth: { kind: 'basic', username: 'a', password: 'b' },
        tls: noTls,
        https: false,
        networks: [],
      },
    });
    const sent = server.arrived.map(({ headers }) => headers.authorization);
    expect(sent).toEqual([...Array(4).fill(undefined), ...Array(4).fill('Basic YTpi')]);
  });

  it('does not contact an agent outside the configured networks', async () => {
    const server = await agent();
    const mesos = connected([new URL('http://192.0.2.1:5050')]);
    open.push(mesos);
    const address = { ip: '127.0.0.1', port: Number(server.url.port) };
    expect(await mesos.master.askAgent(s0, address)).toEqual({
      kind: 'not-asked',
      why: '127.0.0.1 is a loopback address, but not every master is',
    });
    expect(server.arrived).toHaveLength(0);
  });

  it('does not take another agent on the same port for it', async () => {
    expect(await ask(await agent({ GET_AGENT: self('new-id') }))).toEqual({
      kind: 'not-asked',
      why: expect.stringContaining('is agent new-id now'),
    });
  });

  it('follows no redirect', async () => {
    const elsewhere = await agent();
    const location = `//${elsewhere.url.host}/api/v1`;
    const server = await agent({ GET_TASKS: { status: 307, headers: { location } } });
    expect(await ask(server)).toEqual({ kind: 'not-asked', why: expect.stringContaining('307') });
    expect(elsewhere.arrived).toHaveLength(0);
  });

  it.each<[string, Replies, string]>([
    [
      'refuses one of the questions',
      { GET_EXECUTORS: { status: 403, body: '403 Forbidden.' } },
      '403 Forbidden.',
    ],
    ['hangs', { GET_OPERATIONS: 'hang' }, 'deadline'],
    [
      'has not recovered',
      { GET_AGENT: { status: 503, body: 'Agent has not finished recovery' } },
      'recovery',
    ],
    ['leaves out its tasks', { GET_TASKS: json({ type: 'GET_TASKS' }) }, 'unexpected shape at get_tasks'],
  ])('is not asked when it %s', async (_, replies, why) => {
    const sighting = await ask(await agent(replies), { readDeadlineMs: 300 });
    expect(sighting).toEqual({ kind: 'not-asked', why: expect.stringContaining(why) });
  });
});
