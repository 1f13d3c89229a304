import { afterEach, describe, expect, it } from '@jest/globals';
import { realClock } from '../playground/clock.ts';
import { FRAMEWORK_TASKS_ASSERTIONS } from '../playground/contract/framework-tasks.ts';
import { MACHINE_DOWN_ASSERTIONS } from '../playground/contract/machine-down.ts';
import { MARK_AGENT_GONE_ASSERTIONS } from '../playground/contract/mark-agent-gone.ts';
import { type ContractOptions, type Outcome, runContract } from '../playground/contract/run.ts';
import type { ClusterSpec } from '../playground/mesos/spec.ts';
import { type SimulatedCluster, startCluster } from '../playground/mesos/start.ts';

const HOSTS = ['agent1.example', 'agent2.example', 'agent3.example'];

/** Long enough to look at it while it is being killed, short enough to wait for. */
const ONE_TASK: Partial<ClusterSpec> = {
  frameworks: [{ name: 'marathon' }],
  tasks: HOSTS.map((agent) => ({
    name: `web on ${agent}`,
    framework: 'marathon',
    agent,
    exitsAfterSigtermMs: 1_500,
  })),
};

let cluster: SimulatedCluster;
afterEach(() => cluster.stop());

const start = async (more: Partial<ClusterSpec> = {}): Promise<void> => {
  cluster = await startCluster({
    clock: realClock(),
    spec: { agents: HOSTS.map((hostname) => ({ hostname })), ...more },
  });
};

const ids = (count: number): string[] => HOSTS.slice(0, count).map((host) => cluster.model.agentId(host));

const run = async (more: Partial<ContractOptions> = {}): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  const [master = ''] = cluster.masterUrls;
  for await (const outcome of runContract({ master, agents: [], destructive: false, ...more }))
    outcomes.push(outcome);
  return outcomes;
};

const failed = (outcomes: Outcome[]) => outcomes.filter(({ result }) => result === 'failed');
const notRun = (outcomes: Outcome[]) =>
  outcomes.flatMap((outcome) => (outcome.result === 'not run' ? [`${outcome.name}: ${outcome.why}`] : []));
const touched = () =>
  new Set(
    cluster.model.applied.flatMap(
      ({ body }) => (body as { agent_id?: { value: string } }).agent_id?.value ?? [],
    ),
  );

describe('contract, held against the simulated cluster', () => {
  it('holds by way of a standby and with credentials, and only reads, when no agent is named', async () => {
    await start({ masters: 2, credentials: [{ principal: 'ops', secret: 's3cret' }] });
    const outcomes = await run({ master: cluster.masterUrls[1] ?? '', basic: 'ops:s3cret' });
    expect(failed(outcomes)).toEqual([]);
    expect(outcomes.filter(({ result }) => result === 'held')).toHaveLength(22);
    expect(notRun(outcomes)).toContain('ends DRAINED: no --agent was named');
    expect(notRun(outcomes)).toContain('marks an agent gone: it needs --destructive');
    expect(cluster.model.applied).toEqual([]);
  });

  it('holds for the agents named, touches no other, and leaves them in service', async () => {
    await start(ONE_TASK);
    const outcomes = await run({ agents: ids(2) });
    expect(failed(outcomes)).toEqual([]);
    expect(notRun(outcomes).filter((line) => !line.endsWith('it needs --destructive'))).toEqual([]);
    expect(touched()).toEqual(new Set(ids(2)));
    expect(cluster.model.cluster.registry.gone.size).toBe(0);
    expect(cluster.model.cluster.registry.windows).toEqual([]);
    expect(cluster.model.cluster.leader?.deactivated.size).toBe(0);
  });

  it('holds to the end: two agents go, each in its way, and the machine of a third goes down and comes up', async () => {
    await start(ONE_TASK);
    const [first = '', second = ''] = ids(3);
    const others = { machineIds: [{ hostname: 'other.example' }], startNs: 1n, durationNs: null };
    cluster.model.cluster.registry.windows.push(others);
    cluster.model.cluster.registry.machines.push({ id: { hostname: 'other.example' }, mode: 'DRAINING' });
    const outcomes = await run({ agents: ids(3), destructive: true });
    expect(failed(outcomes)).toEqual([]);
    expect(notRun(outcomes)).toEqual([]);
    expect([...cluster.model.cluster.registry.gone.keys()]).toEqual([first, second]);
    expect(cluster.model.applied.filter(({ type }) => /^ST(ART|OP)_MAINTENANCE$/.test(type))).toHaveLength(2);
    expect(cluster.model.cluster.registry.windows).toEqual([others]);
    const marks = cluster.model.applied.filter(({ type }) => type === 'MARK_AGENT_GONE');
    expect(marks.map(({ body }) => (body as { agent_id: { value: string } }).agent_id.value)).toEqual([
      first,
      second,
      second,
    ]);
  });

  it('says of an idle agent what can not be told', async () => {
    await start();
    const [agent = ''] = ids(1);
    const outcomes = await run({ agents: [agent], destructive: true });
    const atOnce = 'not applicable: the agent was DRAINED at once, having no task that takes its time';
    const second = 'it needs a second --agent: the first one is gone by its drain';
    expect(failed(outcomes)).toEqual([]);
    const ofTasks = FRAMEWORK_TASKS_ASSERTIONS.filter(({ name }) => !name.includes('unknown framework'));
    expect(notRun(outcomes)).toEqual([
      ...ofTasks.map(({ name }) => `${name}: not applicable: no task runs`),
      `${agent}: refuses to reactivate while DRAINING, and goes on draining: ${atOnce}`,
      `${agent}: takes the very same drain again while DRAINING, and a shorter grace in place of the first: ${atOnce}`,
      `${agent}: takes a mark gone back, while the drain lasts, by a drain without it: ${atOnce}`,
      ...MARK_AGENT_GONE_ASSERTIONS.map(({ name }) => `${name}: ${second}`),
      ...MACHINE_DOWN_ASSERTIONS.map(
        ({ name }) => `${name}: it needs a third --agent: the first two are gone`,
      ),
    ]);
  });

  it('says of a cluster without agents what can not be told', async () => {
    await start({ agents: [] });
    const outcomes = await run();
    expect(failed(outcomes)).toEqual([]);
    expect(
      notRun(outcomes).filter((line) => line.endsWith('not applicable: no agent is registered')),
    ).toHaveLength(4);
  });

  it('leaves an agent alone that is not in service', async () => {
    await start();
    const [agent = ''] = ids(1);
    const { leader } = cluster.model.cluster;
    leader?.deactivated.add(agent);
    const outcomes = await run({ agents: [agent], destructive: true });
    expect(failed(outcomes)).toMatchObject([{ name: `${agent}: starts from an agent in service` }]);
    expect(notRun(outcomes)).toContain(`${agent}: ends DRAINED: after "starts from an agent in service"`);
    expect(cluster.model.applied).toEqual([]);
  });

  it.each<[string, Partial<ContractOptions>, string]>([
    ['an agent named twice', { agents: ['S1', 'S1'] }, 'an agent is named twice'],
    ['destruction of nothing', { destructive: true }, '--destructive needs an --agent'],
  ])('refuses %s', async (_what, options, why) => {
    await start();
    await expect(run(options)).rejects.toThrow(why);
  });
});
