import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Hand, startHand } from './mesos-hand.ts';

const HOST = 'agent1.example';
const VOLUME = { id: '8f14', role: 'db', principal: 'db-fw', containerPath: 'data', size: 1024 };

let hand: Hand;
beforeEach(async () => {
  hand = await startHand({
    agents: [
      {
        hostname: HOST,
        attributes: { rack: 'r12', level: 3 },
        domain: { region: 'eu', zone: 'eu-1' },
        reservations: [{ role: 'db', principal: 'db-fw', cpus: 1 }],
        volumes: [VOLUME],
      },
    ],
    frameworks: [{ name: 'cassandra', role: 'db', webuiUrl: 'http://cassandra.example' }],
    tasks: [
      {
        name: 'node-1',
        framework: 'cassandra',
        agent: HOST,
        executor: 'custom',
        resources: { cpus: 1, disk: 10 },
        volumes: ['8f14'],
        labels: { tier: 'data' },
        exitsAfterSigtermMs: 100,
        endsAs: 'TASK_FINISHED',
      },
    ],
  });
});
afterEach(() => hand.cluster.stop());

const RESERVED = { type: 'DYNAMIC', role: 'db', principal: 'db-fw' };
const DISK = {
  persistence: { id: '8f14', principal: 'db-fw' },
  volume: { mode: 'RW', container_path: 'data' },
};

describe('shapes that no recording has (mesos-api 3)', () => {
  it('lists reservations and volumes of an agent with their roles', async () => {
    expect(await hand.entry(HOST)).toMatchObject({
      agent_info: { domain: { fault_domain: { region: { name: 'eu' }, zone: { name: 'eu-1' } } } },
      total_resources: [
        { name: 'cpus', scalar: { value: 3 }, role: '*' },
        { name: 'mem', scalar: { value: 2048 }, role: '*' },
        { name: 'disk', scalar: { value: 3072 }, role: '*' },
        { name: 'ports', role: '*' },
        { name: 'cpus', scalar: { value: 1 }, role: 'db', reservations: [RESERVED] },
        { name: 'disk', scalar: { value: 1024 }, role: 'db', reservations: [RESERVED], disk: DISK },
      ],
    });
  });

  it('lists them in /slaves by role, and attributes as plain values', async () => {
    const answer = await fetch(`${hand.masterUrls[0]}/slaves`);
    expect(await answer.json()).toMatchObject({
      slaves: [
        {
          attributes: { rack: 'r12', level: 3 },
          reserved_resources: { db: { cpus: 1, disk: 1024 } },
          reserved_resources_full: { db: [{ name: 'cpus' }, { name: 'disk', disk: DISK }] },
        },
      ],
    });
  });

  it('shows the volume that a task uses, raw, and its executor', async () => {
    const { tasks } = await hand.read<{ tasks: object[] }>('GET_TASKS');
    expect(tasks).toMatchObject([
      {
        executor_id: { value: 'executor-node-1' },
        resources: [
          { name: 'cpus', allocation_info: { role: 'db' } },
          { name: 'disk', scalar: { value: 10 } },
          { name: 'disk', scalar: { value: 1024 }, reservations: [RESERVED], disk: DISK },
        ],
        labels: { labels: [{ key: 'tier', value: 'data' }] },
      },
    ]);
    expect(tasks[0]).not.toHaveProperty('kill_policy');
    expect(await hand.read('GET_EXECUTORS')).toMatchObject({
      executors: [{ agent_id: { value: hand.model.agentId(HOST) } }],
    });
  });

  it('names the framework with its page', async () => {
    expect(await hand.read('GET_FRAMEWORKS')).toMatchObject({
      frameworks: [
        { framework_info: { name: 'cassandra', webui_url: 'http://cassandra.example' }, active: true },
      ],
    });
  });

  it('finds tasks by framework in v0', async () => {
    const framework = hand.model.cluster.schedulers[0]?.id;
    const tasks = async (query: string) => (await fetch(`${hand.masterUrls[0]}/tasks${query}`)).json();
    expect(await tasks(`?framework_id=${framework}`)).toMatchObject({
      tasks: [{ id: 'node-1', state: 'TASK_RUNNING' }],
    });
    expect(await tasks('?framework_id=other')).toEqual({ tasks: [] });
  });

  it('keeps the state and reason of a task that finishes by itself while its agent drains', async () => {
    await hand.drain(HOST, { max_grace_period: { seconds: 10 } });
    await hand.until(HOST, 'DRAINED');
    const { completed_tasks } = await hand.read<{ completed_tasks: { statuses: { reason?: string }[] }[] }>(
      'GET_TASKS',
    );
    expect(completed_tasks).toMatchObject([{ state: 'TASK_FINISHED' }]);
    expect(completed_tasks[0]?.statuses.at(-1)).not.toHaveProperty('reason');
  });

  it('refuses the drain of an agent in the maintenance schedule', async () => {
    hand.model.scheduleMachine(HOST);
    const scheduled = await hand.drain(HOST);
    expect([scheduled.status, await scheduled.text()]).toEqual([
      400,
      expect.stringMatching(
        /is part of a maintenance schedule under Machine agent1\.example \(127\.0\.0\.1\)$/,
      ),
    ]);
  });

  it('refuses the drain of an agent from before 1.9', async () => {
    const old = await startHand({
      agents: [{ hostname: HOST, version: '1.8.1', capabilities: ['MULTI_ROLE'] }],
    });
    const answer = await old.drain(HOST);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      `Agent ${old.model.agentId(HOST)} is not capable of draining`,
    ]);
    await old.cluster.stop();
  });
});
