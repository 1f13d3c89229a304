import { afterEach, describe, expect, it } from '@jest/globals';
import { type Hand, startHand, type TaskEntry } from './mesos-hand.ts';

const HOST = 'agent1.example';

let hand: Hand;
afterEach(() => hand.cluster.stop());

const start = async (masters = 2): Promise<void> => {
  hand = await startHand({
    masters,
    agents: [{ hostname: HOST }, { hostname: 'agent2.example' }],
    frameworks: [{ name: 'marathon' }],
    tasks: [{ name: 'web', framework: 'marathon', agent: HOST, killPolicySeconds: 600 }],
  });
};

describe('a failover', () => {
  it('goes from redirects to a dead leader over 503 and empty lists to recovered agents, then to all of them', async () => {
    await start();
    hand.model.failover();
    const toTheDead = await hand.send('GET_AGENTS', undefined, 1);
    expect(toTheDead.headers.get('location')).toBe(
      `//${new URL(hand.masterUrls[0] ?? '').host}/master/api/v1`,
    );
    await expect(hand.send('GET_AGENTS')).rejects.toThrow('fetch failed');

    hand.clock.advance(9_500);
    const recovering = await hand.send('GET_AGENTS', undefined, 1);
    expect([recovering.status, await recovering.text()]).toEqual([503, 'Master has not finished recovery']);
    const slaves = await fetch(`${hand.masterUrls[1]}/slaves`);
    expect(await slaves.json()).toEqual({ slaves: [], recovered_slaves: [] });

    hand.clock.advance(400);
    expect(await hand.read('GET_AGENTS', 1)).toMatchObject({
      agents: [],
      recovered_agents: [{ hostname: HOST }, { hostname: 'agent2.example' }],
    });
    hand.clock.advance(1000);
    expect(await hand.read('GET_AGENTS', 1)).toMatchObject({ recovered_agents: [] });
    const { tasks } = await hand.read<{ tasks: TaskEntry[] }>('GET_TASKS', 1);
    expect(tasks).toMatchObject([{ name: 'web', state: 'TASK_RUNNING' }]);
  });

  it('keeps the drain and loses its start time; an old maximum grace comes back from the registry', async () => {
    await start();
    await hand.drain(HOST, { max_grace_period: { seconds: 500 } });
    await hand.drain(HOST);
    expect((await hand.entry(HOST))?.drain_info?.config).toEqual({ mark_gone: false });
    hand.model.failover();
    hand.clock.advance(12_000);
    const entry = await hand.entry(HOST, 1);
    expect(entry?.drain_info).toEqual({
      state: 'DRAINING',
      config: { max_grace_period: { nanoseconds: 500_000_000_000 }, mark_gone: false },
    });
    expect(entry).not.toHaveProperty('estimated_drain_start_time');
  });

  it('lets the only master start again, under a new id', async () => {
    await start(1);
    const before = hand.model.cluster.masters[0]?.id;
    hand.model.failover();
    hand.clock.advance(12_000);
    const { master_info } = await hand.read<{ master_info: { id: string } }>('GET_MASTER');
    expect(master_info.id).not.toBe(before);
    expect(await hand.entry(HOST)).toMatchObject({ active: true });
  });

  it('gives up recovered agents that do not come back within ten minutes', async () => {
    await start();
    hand.model.killAgentProcess(HOST);
    hand.model.failover();
    hand.clock.advance(20_000);
    expect(await hand.read('GET_AGENTS', 1)).toMatchObject({ recovered_agents: [{ hostname: HOST }] });
    hand.clock.advance(600_000);
    expect(await hand.read('GET_AGENTS', 1)).toMatchObject({ recovered_agents: [] });
    const registry = await (await fetch(`${hand.masterUrls[1]}/registrar(1)/registry`)).json();
    expect(registry).toMatchObject({
      unreachable: { slaves: [{ id: { value: hand.model.agentId(HOST) } }] },
    });
  });

  it('lets the old leader come back as a standby', async () => {
    await start();
    hand.model.failover();
    hand.clock.advance(12_000);
    hand.model.startMaster(0);
    const answer = await hand.send('GET_AGENTS');
    expect(answer.headers.get('location')).toBe(`//${new URL(hand.masterUrls[1] ?? '').host}/master/api/v1`);
  });
});

describe('a lost ZooKeeper', () => {
  it('ends in no leader at all, until it is back', async () => {
    await start();
    hand.model.loseZooKeeper();
    hand.clock.advance(10_000);
    const answer = await hand.send('GET_AGENTS', undefined, 1);
    expect([answer.status, await answer.text()]).toEqual([503, 'No leader elected']);
    hand.model.restoreZooKeeper();
    hand.clock.advance(2000);
    expect(await hand.entry(HOST, 1)).toMatchObject({ active: true });
  });
});
