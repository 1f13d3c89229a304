import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec, TaskSpec } from '../../playground/mesos/spec.ts';
import { type Hand, startHand } from './mesos-hand.ts';

const HOST = 'agent1.example';
const FRAMEWORK = 'marathon';
const GRACE = { max_grace_period: { seconds: 10 } };
const GONE = { ...GRACE, mark_gone: true };

let hand: Hand;
afterEach(() => hand.cluster.stop());

const start = async (tasks: Partial<TaskSpec>[], more: Partial<ClusterSpec> = {}): Promise<void> => {
  hand = await startHand({
    agents: [{ hostname: HOST }, { hostname: 'agent2.example' }],
    frameworks: [{ name: FRAMEWORK }],
    tasks: tasks.map((task, i) => ({ name: `task${i}`, framework: FRAMEWORK, agent: HOST, ...task })),
    ...more,
  });
};

const becomeUnreachable = () => {
  hand.model.killAgentProcess(HOST);
  hand.clock.advance(80_000);
};
const failOver = () => {
  hand.model.failover();
  hand.clock.advance(12_000);
};
const isGone = async (master = 0): Promise<boolean> => {
  const { gone } = await hand.registry(master);
  return gone?.slaves.some(({ id }) => id.value === hand.model.agentId(HOST)) ?? false;
};
const said = async (answer: Promise<Response>) => {
  const { status, text } = await answer.then(async (each) => ({
    status: each.status,
    text: await each.text(),
  }));
  return [status, text];
};

describe('a drain with mark_gone', () => {
  it('of a DRAINED agent takes effect at once, and the agent is unknown from then on', async () => {
    await start([{ exitsAfterSigtermMs: 500 }]);
    await hand.drain(HOST, GRACE);
    await hand.until(HOST, 'DRAINED');
    expect(await said(hand.drain(HOST, GONE))).toEqual([200, '']);
    expect([await hand.state(HOST), await isGone()]).toEqual(['absent', true]);
    expect(await said(hand.drain(HOST, GONE))).toEqual([400, 'Unknown agent']);
  });

  it('cuts the grace of a task with TASK_KILLING_STATE: gone at once, while the task still runs', async () => {
    await start([{ killPolicySeconds: 120 }]);
    await hand.drain(HOST, GONE);
    expect(await hand.until(HOST, 'absent')).toBeLessThan(300);
    hand.clock.advance(22_000);
    const { containers } = await hand.ofAgent<{ containers: unknown[] }>(HOST, 'GET_CONTAINERS');
    expect(containers).toHaveLength(1);
  });

  it.each([
    ['is TASK_KILLING already', ['PARTITION_AWARE', 'TASK_KILLING_STATE'], true],
    ['has no TASK_KILLING_STATE', ['PARTITION_AWARE'], false],
    ['is not PARTITION_AWARE', ['TASK_KILLING_STATE'], false],
  ])('leaves a task its grace that %s', async (_name, capabilities, killing) => {
    await start([{ killPolicySeconds: 120 }], { frameworks: [{ name: FRAMEWORK, capabilities }] });
    if (killing) await hand.drain(HOST, GRACE);
    hand.clock.advance(200);
    await hand.drain(HOST, GONE);
    expect(await hand.until(HOST, 'absent')).toBeGreaterThan(9_000);
  });

  it('is taken back by one without it, while it lasts', async () => {
    await start([{ exitsAfterSigtermMs: 5_000 }]);
    await hand.drain(HOST, GRACE);
    hand.clock.advance(200);
    await hand.drain(HOST, GONE);
    expect((await hand.entry(HOST))?.drain_info?.config.mark_gone).toBe(true);
    await hand.drain(HOST, { ...GONE, mark_gone: false });
    expect((await hand.entry(HOST))?.drain_info?.config.mark_gone).toBe(false);
    hand.clock.advance(10_000);
    expect([await hand.state(HOST), await isGone()]).toEqual(['DRAINED', false]);
  });

  it('waits for an operation of the agent, as a plain one does', async () => {
    await start([]);
    const operation = hand.model.addOperation({ agent: HOST, framework: FRAMEWORK });
    await hand.drain(HOST, GONE);
    expect(await hand.state(HOST)).toBe('DRAINING');
    hand.model.finishOperation(operation);
    expect(await hand.state(HOST)).toBe('absent');
  });

  it('sets the start time anew with each call', async () => {
    await start([{}]);
    const startedAt = async () => (await hand.entry(HOST))?.estimated_drain_start_time?.nanoseconds ?? 0;
    await hand.drain(HOST, { max_grace_period: { seconds: 600 } });
    const first = await startedAt();
    hand.clock.advance(5_000);
    await hand.drain(HOST, { max_grace_period: { seconds: 600 } });
    expect((await startedAt()) - first).toBe(5_000_000_000);
  });
});

describe('a drain with mark_gone of an unreachable agent', () => {
  const ordered = async () => (await hand.registry()).unreachable?.slaves[0]?.drain_info?.config.mark_gone;

  it.each<[string, Partial<TaskSpec>[]]>([
    ['idle', []],
    ['with a task', [{ exitsAfterSigtermMs: 500 }]],
  ])('waits for its return, however long that takes, and is carried out then: %s', async (_what, tasks) => {
    await start(tasks);
    becomeUnreachable();
    await hand.drain(HOST, GONE);
    hand.clock.advance(24 * 3_600_000);
    expect([await ordered(), await isGone()]).toEqual([true, false]);
    hand.model.returnAgent(HOST);
    hand.clock.advance(2_000);
    expect([await hand.state(HOST), await isGone()]).toEqual(['absent', true]);
  });

  it('waits through a failover too', async () => {
    await start([], { masters: 2 });
    becomeUnreachable();
    await hand.drain(HOST, GONE);
    failOver();
    hand.model.returnAgent(HOST);
    hand.clock.advance(100);
    expect(await isGone(1)).toBe(true);
  });

  it('is taken back by one without it: the agent returns DRAINED', async () => {
    await start([]);
    becomeUnreachable();
    await hand.drain(HOST, GONE);
    await hand.drain(HOST, { ...GONE, mark_gone: false });
    expect(await ordered()).toBe(false);
    hand.model.returnAgent(HOST);
    hand.clock.advance(100);
    expect(await hand.state(HOST)).toBe('DRAINED');
  });
});

describe('a gone agent', () => {
  it.each<[string, () => Promise<void>, number, string, number?]>([
    [
      'by its drain',
      async () => void (await hand.drain(HOST, GONE)),
      400,
      'Agent is still in the DRAINING state',
    ],
    [
      'by its drain, after a failover',
      async () => {
        await hand.drain(HOST, GONE);
        failOver();
      },
      400,
      'Agent is not deactivated',
      1,
    ],
    ['that was in service', async () => {}, 400, 'Agent is not deactivated'],
    [
      'that was deactivated',
      async () => void (await hand.about('DEACTIVATE_AGENT', HOST)),
      409,
      'Agent removed while processing the call',
    ],
    [
      'that was DRAINED',
      async () => void (await hand.drain(HOST, GRACE)),
      409,
      'Agent removed while processing the call',
    ],
    [
      'that was deactivated and unreachable',
      async () => {
        await hand.about('DEACTIVATE_AGENT', HOST);
        becomeUnreachable();
      },
      400,
      'Agent is not deactivated',
    ],
  ])('%s answers its reactivation so', async (_what, before, status, text, master = 0) => {
    await start([], { masters: 2 });
    await before();
    expect(await said(hand.about('MARK_AGENT_GONE', HOST, master))).toEqual([200, '']);
    expect(await said(hand.about('REACTIVATE_AGENT', HOST, master))).toEqual([status, text]);
    expect(await isGone(master)).toBe(true);
  });

  it('is refused as often as it comes back', async () => {
    await start([]);
    await hand.about('MARK_AGENT_GONE', HOST);
    for (const _try of [1, 2]) {
      hand.model.returnAgent(HOST);
      hand.clock.advance(1000);
      expect(await hand.state(HOST)).toBe('absent');
    }
  });

  it('makes room for the machine under another id', async () => {
    await start([]);
    await hand.about('MARK_AGENT_GONE', HOST);
    hand.model.rebootWithNewId(HOST);
    hand.clock.advance(100);
    expect(await hand.entry(HOST)).toMatchObject({ active: true });
    expect(await isGone()).toBe(false);
  });

  const aware = ['PARTITION_AWARE'];
  it.each<[string, string[], boolean, object]>([
    [
      'aware, registered',
      aware,
      false,
      { completed_tasks: [{ state: 'TASK_GONE_BY_OPERATOR' }], unreachable_tasks: [] },
    ],
    ['not, registered', [], false, { completed_tasks: [], unreachable_tasks: [{ state: 'TASK_LOST' }] }],
    [
      'aware, unreachable',
      aware,
      true,
      { completed_tasks: [{ state: 'TASK_GONE_BY_OPERATOR' }], unreachable_tasks: [] },
    ],
    ['not, unreachable', [], true, { completed_tasks: [{ state: 'TASK_LOST' }], unreachable_tasks: [] }],
  ])(
    'takes its tasks along, of a framework that is PARTITION_AWARE or not: %s',
    async (_what, capabilities, isAway, tasks) => {
      await start([{}], { frameworks: [{ name: FRAMEWORK, capabilities }] });
      if (isAway) becomeUnreachable();
      await hand.about('MARK_AGENT_GONE', HOST);
      expect(await hand.read('GET_TASKS')).toMatchObject({ tasks: [], ...tasks });
    },
  );

  it('gives its tasks the reason by the name that v1 has for it', async () => {
    await start([{}]);
    await hand.about('MARK_AGENT_GONE', HOST);
    expect(await hand.read('GET_TASKS')).toMatchObject({
      completed_tasks: [{ statuses: [{}, {}, { reason: 'REASON_AGENT_REMOVED_BY_OPERATOR' }] }],
    });
  });
});

describe('a recovered agent that is marked gone', () => {
  const recovered = async (master: number) =>
    (await hand.read<{ recovered_agents: { hostname: string }[] }>('GET_AGENTS', master)).recovered_agents;

  const markRecovered = async (): Promise<void> => {
    await start([], { masters: 3 });
    hand.model.killAgentProcess(HOST);
    failOver();
    expect(await said(hand.about('MARK_AGENT_GONE', HOST, 1))).toEqual([200, '']);
  };

  it('is gone in the registry, and stays listed as recovered until the next failover', async () => {
    await markRecovered();
    hand.clock.advance(900_000);
    expect(await recovered(1)).toMatchObject([{ hostname: HOST }]);
    expect(await hand.registry(1)).not.toHaveProperty('unreachable');
    failOver();
    expect(await recovered(2)).toEqual([]);
    expect(await isGone(2)).toBe(true);
  });

  it.each(['DRAIN_AGENT', 'DEACTIVATE_AGENT', 'MARK_AGENT_GONE'])('takes %s, to no effect', async (call) => {
    await markRecovered();
    expect(await said(hand.about(call, HOST, 1))).toEqual([200, '']);
    expect(await isGone(1)).toBe(true);
  });

  it('is refused when it comes back', async () => {
    await markRecovered();
    hand.model.returnAgent(HOST);
    hand.clock.advance(1_000);
    expect(await hand.entry(HOST, 1)).toBeUndefined();
  });
});
