import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { realClock } from '../playground/clock.ts';
import { type Outcome, runContract } from '../playground/contract/run.ts';
import { type SimulatedCluster, startCluster } from '../playground/mesos/start.ts';

const AGENT = 'agent1.example';

const run = async (options: Parameters<typeof runContract>[0]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for await (const outcome of runContract(options)) outcomes.push(outcome);
  return outcomes;
};

describe('contract, held against the simulated cluster', () => {
  let cluster: SimulatedCluster;
  beforeAll(async () => {
    cluster = await startCluster({
      clock: realClock(),
      spec: {
        masters: 2,
        agents: [{ hostname: AGENT }, { hostname: 'agent2.example' }],
        frameworks: [{ name: 'marathon' }],
        tasks: [{ name: 'web', framework: 'marathon', agent: AGENT, exitsAfterSigtermMs: 50 }],
        credentials: [{ principal: 'ops', secret: 's3cret' }],
      },
    });
  });
  afterAll(() => cluster.stop());

  const options = () => ({
    master: cluster.masterUrls[1] ?? '',
    agents: [],
    destructive: false,
    basic: 'ops:s3cret',
  });

  it('holds, and only reads, when no agent is named', async () => {
    const outcomes = await run(options());
    expect(outcomes.filter(({ failure }) => failure !== null)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(10);
    expect(cluster.model.applied).toEqual([]);
  });

  it('holds for the agent named, touches no other, and leaves it in service', async () => {
    const agent = cluster.model.agentId(AGENT);
    const outcomes = await run({ ...options(), agents: [agent] });
    expect(outcomes.filter(({ failure }) => failure !== null)).toEqual([]);
    expect(
      new Set(
        cluster.model.applied.map(({ body }) => (body as { agent_id: { value: string } }).agent_id.value),
      ),
    ).toEqual(new Set([agent]));
    expect(cluster.model.applied.map(({ type }) => type)).not.toContain('MARK_AGENT_GONE');
  });

  it('marks gone only when told to', async () => {
    const agent = cluster.model.agentId(AGENT);
    const outcomes = await run({ ...options(), agents: [agent], destructive: true });
    expect(outcomes.filter(({ failure }) => failure !== null)).toEqual([]);
    expect(cluster.model.cluster.registry.gone.has(agent)).toBe(true);
  });

  it('fails, and says where, when a master answers otherwise', async () => {
    cluster.model.masterFaults(0).add({ match: { call: 'GET_TASKS' }, fault: 'html-502', times: 1 });
    const failed = (await run(options())).filter(({ failure }) => failure !== null);
    expect(failed.map(({ name }) => name)).toEqual(['lists tasks and frameworks, empty lists too']);
    expect(failed[0]?.failure).toMatch(/^GET_TASKS: 502/);
  });
});
