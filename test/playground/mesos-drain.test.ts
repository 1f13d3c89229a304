import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec, TaskSpec } from '../../playground/mesos/spec.ts';
import { type Hand, startHand, type TaskEntry } from './mesos-hand.ts';

const HOST = 'agent1.example';
const FRAMEWORK = 'marathon';

let hand: Hand;
afterEach(() => hand.cluster.stop());

const start = async (tasks: Partial<TaskSpec>[], more: Partial<ClusterSpec> = {}): Promise<void> => {
  hand = await startHand({
    agents: [{ hostname: HOST }, { hostname: 'agent2.example' }],
    frameworks: [{ name: FRAMEWORK, failoverTimeoutSeconds: 600 }],
    tasks: tasks.map((task, i) => ({ name: `task${i}`, framework: FRAMEWORK, agent: HOST, ...task })),
    ...more,
  });
};

const seconds = (count: unknown) => ({ max_grace_period: { seconds: count } });

describe('how long a drain takes (draining_timing.txt)', () => {
  it.each<[string, Partial<TaskSpec>, object, number]>([
    ['the maximum cuts a longer kill policy', { killPolicySeconds: 120 }, seconds(2), 2000],
    ['the maximum leaves a shorter kill policy', { killPolicySeconds: 1 }, seconds(20), 1000],
    ['a maximum raises the grace of a task without kill policy', {}, seconds(20), 20_000],
    ['without either, the executor gives 3 s', {}, {}, 3000],
    ['a fraction is cut off', { killPolicySeconds: 8 }, seconds(3.7), 3000],
    ['a string is a number', { killPolicySeconds: 8 }, seconds('3'), 3000],
    ['nanos count', { killPolicySeconds: 8 }, { max_grace_period: { nanos: 500_000_000 } }, 500],
    ['null is no maximum', { killPolicySeconds: 8 }, { max_grace_period: null }, 8000],
    [
      'the form of the answers is a grace of zero',
      { killPolicySeconds: 8 },
      { max_grace_period: { nanoseconds: 60_000_000_000 } },
      0,
    ],
    ['a negative grace is one of zero', { killPolicySeconds: 8 }, seconds(-5), 0],
    [
      'the libprocess command executor ignores the maximum',
      { killPolicySeconds: 15, executor: 'legacy-command' },
      seconds(2),
      15_000,
    ],
    ['a process that obeys SIGTERM ends earlier', { exitsAfterSigtermMs: 700 }, seconds(20), 700],
    ['a custom executor decides alone', { executor: 'custom', exitsAfterSigtermMs: 9000 }, seconds(2), 9000],
  ])('%s', async (_name, task, grace, expectedMs) => {
    await start([task]);
    expect((await hand.drain(HOST, grace)).status).toBe(200);
    const took = await hand.until(HOST, 'DRAINED');
    expect(took).toBeGreaterThanOrEqual(expectedMs);
    expect(took).toBeLessThan(expectedMs + 300);
  });

  it('a second drain can only shorten the grace', async () => {
    await start([{ killPolicySeconds: 120 }]);
    await hand.drain(HOST, seconds(20));
    hand.clock.advance(1000);
    await hand.drain(HOST, seconds(30));
    hand.clock.advance(1000);
    await hand.drain(HOST, seconds(5));
    const took = await hand.until(HOST, 'DRAINED');
    expect(took).toBeGreaterThan(4900);
    expect(took).toBeLessThan(5300);
  });
});

describe('when the master says DRAINED', () => {
  it('is with the acknowledgement of the last update, and the task is listed until then', async () => {
    await start([{ exitsAfterSigtermMs: 100 }], {
      frameworks: [{ name: FRAMEWORK, acks: { slowMs: 20_000 } }],
    });
    await hand.drain(HOST, seconds(10));
    hand.clock.advance(15_000);
    const { tasks } = await hand.read<{ tasks: TaskEntry[] }>('GET_TASKS');
    expect(tasks).toMatchObject([{ state: 'TASK_KILLED', status_update_state: 'TASK_KILLING' }]);
    hand.clock.advance(20_000);
    expect(await hand.state(HOST)).toBe('DRAINING');
    hand.clock.advance(6000);
    expect(await hand.state(HOST)).toBe('DRAINED');
  });

  it('is never, as long as a framework acknowledges nothing', async () => {
    await start([{}], { frameworks: [{ name: FRAMEWORK, acks: 'never' }] });
    await hand.drain(HOST, seconds(1));
    hand.clock.advance(600_000);
    expect(await hand.state(HOST)).toBe('DRAINING');
    hand.model.setAcks(FRAMEWORK, 'prompt');
    hand.clock.advance(1000);
    expect(await hand.state(HOST)).toBe('DRAINED');
  });

  it('waits for a framework that is away, and comes with its return', async () => {
    await start([{}]);
    hand.model.disconnectFramework(FRAMEWORK);
    await hand.drain(HOST, seconds(1));
    hand.clock.advance(60_000);
    expect(await hand.state(HOST)).toBe('DRAINING');
    hand.model.connectFramework(FRAMEWORK);
    hand.clock.advance(1000);
    expect(await hand.state(HOST)).toBe('DRAINED');
  });

  it('is never, when the last task goes with its framework; a second drain helps', async () => {
    await start([{}]);
    hand.model.disconnectFramework(FRAMEWORK);
    await hand.drain(HOST, seconds(1));
    hand.clock.advance(3_600_000);
    expect(await hand.read('GET_TASKS')).toMatchObject({ tasks: [] });
    expect(await hand.state(HOST)).toBe('DRAINING');
    await hand.drain(HOST, seconds(1));
    expect(await hand.state(HOST)).toBe('DRAINED');
  });

  it('does not wait for executors: the agent itself may still drain', async () => {
    await start([{ exitsAfterSigtermMs: 10, executor: 'custom', executorLingersMs: 30_000 }]);
    await hand.drain(HOST, seconds(5));
    hand.clock.advance(1000);
    expect(await hand.state(HOST)).toBe('DRAINED');
    expect(await hand.ofAgent(HOST, 'GET_AGENT')).toHaveProperty('drain_config');
    hand.clock.advance(30_000);
    expect(await hand.ofAgent(HOST, 'GET_AGENT')).not.toHaveProperty('drain_config');
  });

  it.each([
    ['waits for an operation of the agent', { resourceProvider: false }, 'DRAINING'],
    ['does not wait for an operation of a resource provider', { resourceProvider: true }, 'DRAINED'],
  ])('%s', async (_name, operation, state) => {
    await start([]);
    hand.model.addOperation({ agent: HOST, framework: FRAMEWORK, ...operation });
    await hand.drain(HOST);
    expect(await hand.state(HOST)).toBe(state);
  });

  it("comes with the end of a framework's operation, not with that of an operator's", async () => {
    await start([]);
    const operators = hand.model.addOperation({ agent: HOST });
    const frameworks = hand.model.addOperation({ agent: 'agent2.example', framework: FRAMEWORK });
    await hand.drain(HOST);
    await hand.drain('agent2.example');
    hand.model.finishOperation(operators);
    hand.model.finishOperation(frameworks);
    expect(await hand.state(HOST)).toBe('DRAINING');
    expect(await hand.state('agent2.example')).toBe('DRAINED');
  });
});

describe('an agent that comes and goes', () => {
  it('keeps drain and tasks over a restart, and the start time too', async () => {
    await start([{ killPolicySeconds: 120 }]);
    await hand.drain(HOST, seconds(100));
    hand.clock.advance(1000);
    hand.model.killAgentProcess(HOST);
    hand.clock.advance(10_000);
    await expect(hand.ofAgent(HOST, 'GET_AGENT')).rejects.toThrow('fetch failed');
    hand.model.returnAgent(HOST);
    hand.clock.advance(100);
    expect(await hand.entry(HOST)).toHaveProperty('estimated_drain_start_time');
    expect(await hand.until(HOST, 'DRAINED')).toBe(60_000);
    expect(await hand.until(HOST, 'DRAINED')).toBeLessThan(40_000);
  });

  it('loses its drain when it reboots into a new id, and is active at once', async () => {
    await start([]);
    await hand.drain(HOST);
    const before = hand.model.agentId(HOST);
    hand.model.rebootWithNewId(HOST);
    hand.clock.advance(100);
    expect(hand.model.agentId(HOST)).not.toBe(before);
    expect(await hand.entry(HOST)).toMatchObject({ active: true, deactivated: false });
  });

  it.each([
    ['registered and disconnected: it is removed', 10_000, []],
    ['unreachable: it stays so', 80_000, ['old']],
  ])('reboots into a new id from the same address, while the old one is %s', async (_what, afterMs, left) => {
    await start([]);
    const old = hand.model.agentId(HOST);
    hand.model.killAgentProcess(HOST);
    hand.clock.advance(afterMs);
    hand.model.rebootWithNewId(HOST);
    hand.clock.advance(100);
    const { slaves = [] } = (await hand.registry()).unreachable ?? {};
    expect(slaves.map(({ id }) => (id.value === old ? 'old' : id.value))).toEqual(left);
    expect(await hand.entriesOf(HOST)).toMatchObject([
      { agent_info: { id: { value: hand.model.agentId(HOST) } } },
    ]);
  });

  it('is replaced by a machine of the same name: both are listed, until the old one is unreachable', async () => {
    await start([{}]);
    const [old, oldUrl] = [hand.model.agentId(HOST), hand.model.agentUrl(HOST)];
    await hand.model.replaceMachine(HOST);
    hand.clock.advance(100);
    const now = hand.model.agentId(HOST);
    expect(now).not.toBe(old);
    expect(hand.model.agentUrl(HOST)).not.toBe(oldUrl);
    expect(await hand.entriesOf(HOST)).toMatchObject([
      { agent_info: { id: { value: old } }, active: false, deactivated: false },
      { agent_info: { id: { value: now } }, active: true },
    ]);
    await expect(fetch(oldUrl)).rejects.toThrow('fetch failed');
    expect(await hand.ofAgent(HOST, 'GET_AGENT')).toMatchObject({ agent_info: { id: { value: now } } });
    hand.clock.advance(80_000);
    expect(await hand.entriesOf(HOST)).toMatchObject([{ agent_info: { id: { value: now } } }]);
    expect(await hand.registry()).toMatchObject({ unreachable: { slaves: [{ id: { value: old } }] } });
    hand.model.launchTask({ name: 'again', framework: FRAMEWORK, agent: HOST });
    hand.model.agentFaults(HOST).add({ match: {}, fault: 'refuse' });
    await expect(hand.ofAgent(HOST, 'GET_TASKS')).rejects.toThrow('fetch failed');
  });

  it('gives up the tasks of a framework without checkpointing at the disconnect, without a look at the drain', async () => {
    await start([{}], { frameworks: [{ name: FRAMEWORK, checkpoint: false }] });
    await hand.drain(HOST, seconds(600));
    hand.model.killAgentProcess(HOST);
    expect(await hand.read('GET_TASKS')).toMatchObject({
      tasks: [],
      completed_tasks: [{ state: 'TASK_LOST', statuses: [{}, {}, { reason: 'REASON_AGENT_DISCONNECTED' }] }],
    });
    expect(await hand.state(HOST)).toBe('DRAINING');
  });
});
