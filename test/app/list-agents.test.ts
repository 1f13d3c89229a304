import { describe, expect, it } from '@jest/globals';
import { listAgents } from '../../src/app/agents/list-agents.ts';
import type { KnownAgent } from '../../src/domain/agent.ts';
import type { Command } from '../../src/domain/command.ts';
import { agentId, planId } from '../../src/domain/ids.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { fakeMaster, type MasterSays } from '../support/fake-master.ts';
import { fakeStore } from '../support/fake-store.ts';
import { agentsPlan, machinesPlan, rollingPlan, rollingRun } from '../support/plan-samples.ts';
import { agent, at, known, leader } from '../support/samples.ts';

const agents = [
  known({ agentId: agentId('x-S10'), hostname: 'agent10.example', attributes: { rack: 'r2' } }),
  known({ agentId: agentId('x-S9'), hostname: 'agent9.example', state: 'drained', lastSeenAt: at(30) }),
  known({ agentId: agentId('x-S2'), hostname: 'Agent2.example', state: 'unreachable' }),
];

/** The first line of the sample, about this agent. */
const linesOf = (id: string) =>
  agentsPlan()
    .lines.slice(0, 1)
    .map((line) => ({ ...line, agentId: agentId(id) }));

/** Nobody waits in vain. */
const standing = { now: () => at(60), after: () => () => {} };

const anything = { where: [], hosts: [] };

async function list(
  over: Partial<Extract<Command, { verb: 'agents' }>> = {},
  directory: KnownAgent[] = agents,
  says: MasterSays = {},
) {
  const { master, reads } = fakeMaster(says);
  const command = { verb: 'agents' as const, state: null, selection: anything, after: null, ...over };
  const notice = await listAgents(
    { store: fakeStore({ directory }).store, master, clock: standing },
    command,
    at(60),
  );
  if (notice.kind !== 'agents') throw new Error(`answered ${notice.kind}`);
  return { ...notice, names: notice.agents.map(({ hostname }) => hostname), reads };
}

describe('the list of agents', () => {
  it('is in the order in which people count, and as fresh as the newest look', async () => {
    const { names, asOf, filtered, reads } = await list();
    expect(names).toEqual(['Agent2.example', 'agent9.example', 'agent10.example']);
    // What each registered one runs; the list itself is remembered.
    expect([asOf, filtered, reads]).toEqual([at(30), false, ['askAgent', 'askAgent']]);
  });

  it.each([
    ['by state', { state: 'drained' as const }, ['agent9.example']],
    [
      'by attribute',
      { selection: { where: [{ attribute: 'rack', is: true, values: ['r2'] }], hosts: [] } },
      ['agent10.example'],
    ],
    ['by host, in any letter case', { selection: { ...anything, hosts: ['AGENT2*'] } }, ['Agent2.example']],
    ['by all of them at once', { state: 'active' as const, selection: { ...anything, hosts: ['*9*'] } }, []],
  ])('is filtered %s, and says so', async (_, over, expected) => {
    const { names, filtered } = await list(over);
    expect([names, filtered]).toEqual([expected, true]);
  });

  it.each<[string, Plan]>([
    [
      'its turn is still to come in',
      agentsPlan({ lines: linesOf('x-S9'), state: { status: 'running', since: at(1) } }),
    ],
    [
      'its machine is taken down by',
      machinesPlan({
        id: planId(3),
        lines: [
          {
            machine: { hostname: 'agent9.example', ip: '10.0.0.9' },
            agents: [{ agentId: agentId('x-S9'), drain: null }],
          },
        ],
        state: { status: 'running', since: at(1), step: { at: 'next', call: 'start' } },
      }),
    ],
  ])('names the plan that %s', async (_, plan) => {
    const store = { ...fakeStore({ directory: agents }).store, unendedPlans: async () => [plan] };
    const notice = await listAgents(
      { store, master: fakeMaster({}).master, clock: standing },
      { verb: 'agents', state: null, selection: anything, after: null },
      at(60),
    );
    if (notice.kind !== 'agents') throw new Error(`answered ${notice.kind}`);
    expect(notice.agents.map(({ open }) => open)).toEqual([null, { what: 'plan', plan: 3 }, null]);
  });

  it('says of an agent that only waits for its wave which one, since when it is kept away, and by whom', async () => {
    const [line] = rollingPlan().lines;
    if (line === undefined) throw new Error('the sample has no line');
    const keptAway = { is: 'kept-away' as const, since: at(20), ours: true, amiss: null, leftOut: null };
    const plan = rollingPlan({
      lines: [{ ...line, agentId: agentId('x-S9'), wave: 2, state: keptAway }],
      state: rollingRun(),
    });
    const directory = agents.map((each) => ({ ...each, state: 'deactivated' as const }));
    const store = { ...fakeStore({ directory }).store, unendedPlans: async () => [plan] };
    const notice = await listAgents(
      { store, master: fakeMaster({}).master, clock: standing },
      { verb: 'agents', state: null, selection: anything, after: null },
      at(60),
    );
    if (notice.kind !== 'agents') throw new Error(`answered ${notice.kind}`);
    expect(notice.agents[1]).toMatchObject({
      open: { what: 'plan', plan: 3, wave: 2 },
      since: { at: at(20), by: plan.requester.userId },
    });
  });

  it('has pages, from the agent after the one that is named; from its beginning where that is gone', async () => {
    const many = Array.from({ length: 45 }, (_, at) =>
      known({ agentId: agentId(`x-S${at}`), hostname: `agent${at}.example`, state: 'unreachable' }),
    );
    const first = await list({}, many);
    expect([first.of, first.from, first.names.length, first.words]).toEqual([45, 0, 20, 'agents']);
    const last = await list({ after: 'x-S39' }, many);
    expect([last.from, last.names]).toEqual([40, many.slice(40).map(({ hostname }) => hostname)]);
    expect((await list({ after: 'x-S99' }, many)).from).toBe(0);
  });

  it('comes from the master where the directory is still empty', async () => {
    const { names, asOf } = await list({}, []);
    expect([names, asOf]).toEqual([[agent().hostname], at(60)]);
  });

  it('is of now where there are no agents at all', async () => {
    const none = {
      leader: { id: leader, version: '1.11.0', url: '', canDrain: true },
      registered: [],
      recovered: [],
    };
    expect(await list({}, [], { sweep: none })).toMatchObject({ agents: [], asOf: at(60) });
  });
});
