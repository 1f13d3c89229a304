import { describe, expect, it } from '@jest/globals';
import { maintenanceStatus } from '../../src/app/answers/maintenance-status.ts';
import type { Store } from '../../src/app/ports.ts';
import type { KnownAgent, Machine } from '../../src/domain/agent.ts';
import { agentId, frameworkId } from '../../src/domain/ids.ts';
import { fakeMaster, type MasterSays } from '../support/fake-master.ts';
import { fakeStore } from '../support/fake-store.ts';
import { asked, at, drain, framework, known, leader, notAsked } from '../support/samples.ts';

const machine: Machine = { hostname: 'agent3.example', ip: '10.0.0.3' };
const silent = frameworkId('36693d5a-0009');
const seen = (...machines: Machine[]) => ({
  leader,
  windows: [{ machines, startNs: 0n, durationNs: null }],
  draining: machines.map((each) => ({
    machine: each,
    answers: [{ framework: silent, answer: 'DECLINE' as const, at: at(1) }],
  })),
  down: [],
});

/** Our own work: a drain of agent3. */
const work: Pick<
  Store,
  | 'openDrains'
  | 'outOfService'
  | 'openMarkGones'
  | 'openReactivations'
  | 'pendingApprovals'
  | 'unendedPlans'
  | 'thread'
> = {
  openDrains: async () => [{ drain: drain(), checkedAt: null }],
  outOfService: async () => [],
  openMarkGones: async () => [],
  openReactivations: async () => [],
  pendingApprovals: async () => [],
  unendedPlans: async () => [],
  thread: async () => null,
};

async function status(says: MasterSays, directory: KnownAgent[] = [known()], typed: string | null = null) {
  const { master, reads } = fakeMaster(says);
  const store = { ...fakeStore({ directory }).store, ...work };
  const target = typed === null ? null : { typed };
  const answer = await maintenanceStatus({ store, master }, { verb: 'maintenance status', target }, at(60));
  if (!answer.ok || answer.value.kind !== 'maintenance-status') throw new Error('no status');
  return { ...answer.value, reads };
}

describe('the maintenance status', () => {
  it('has what runs there by framework, what each said, and our own work', async () => {
    const { machines } = await status({ maintenance: seen(machine), askAgent: asked(2) });
    expect(machines).toMatchObject([
      {
        is: 'draining',
        frameworks: [
          { id: framework, name: 'marathon', tasks: 2, answer: null },
          { id: silent, name: null, tasks: 0, answer: { answer: 'DECLINE', at: at(1) } },
        ],
        runsNotKnown: null,
        work: [{ on: { what: 'drain', drain: drain().id, way: 'drain' }, permalink: null }],
      },
    ]);
  });

  it.each<[string, MasterSays, KnownAgent, string]>([
    ['an agent that can not be asked', { askAgent: notAsked }, known(), 'connection refused'],
    ['an agent that is away', {}, known({ state: 'unreachable' }), 'the agent is unreachable'],
    [
      'an agent that may hide its tasks',
      { askAgent: asked(0) },
      known({
        room: {
          total: { cpus: 8, mem: 1, disk: 1, gpus: 0 },
          used: { cpus: 1, mem: 1, disk: 0, gpus: 0 },
        },
      }),
      'the agent lists no task, though something is in use there: the bot may not be allowed to see it',
    ],
  ])('does not take for none what is not known: of %s', async (_, says, agent, why) => {
    const { machines } = await status({ ...says, maintenance: seen(machine) }, [agent]);
    expect(machines[0]).toMatchObject({
      runsNotKnown: why,
      frameworks: [{ id: silent, tasks: null }],
    });
  });

  it('asks few of many agents, and tells of no more than a hundred machines', async () => {
    const all = Array.from({ length: 130 }, (_, n) =>
      known({
        agentId: agentId(`x-S${n}`),
        hostname: `agent${n}.example`,
        address: { ip: `10.0.1.${n}`, port: 5051 },
      }),
    );
    const machines = all.map(({ hostname, address }) => ({ hostname, ip: address?.ip ?? '' }));
    const told = await status({ maintenance: seen(...machines), askAgent: asked(1) }, all);
    expect([told.machines.length, told.more]).toEqual([100, 30]);
    expect(told.reads.filter((read) => read === 'askAgent')).toHaveLength(10);
    expect(told.machines[10]?.runsNotKnown).toBe('not asked about, there are too many machines');
  });

  it('finds the agents afresh where the directory is still empty, and is of one machine where it was named', async () => {
    const far: Machine = { hostname: 'far.example', ip: '10.0.0.8' };
    const { machines, narrowed, reads } = await status({ maintenance: seen(far, machine) }, [], 'agent3');
    expect([machines.map((each) => each.machine), narrowed]).toEqual([[machine], true]);
    expect(reads).toContain('sweep');
  });
});
