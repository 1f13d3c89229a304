import { type Assertion, holds, NotApplicable, same } from './assertion.ts';
import { FRAMEWORK_TASKS_ASSERTIONS } from './framework-tasks.ts';
import { MAINTENANCE_READ_ASSERTIONS } from './maintenance-reads.ts';
import type { AgentEntry, OperatorApi } from './operator-api.ts';

const someAgents = async (leader: OperatorApi): Promise<readonly [AgentEntry, ...AgentEntry[]]> => {
  const [first, ...others] = await leader.agents();
  if (first === undefined) throw new NotApplicable('no agent is registered');
  return [first, ...others];
};

/** Assertions that only read. */
export const READ_ASSERTIONS: readonly Assertion[] = [
  {
    name: 'redirects to the leader by a protocol-relative Location',
    run: async ({ given }) => {
      const { status, headers } = await given.send('/redirect');
      same(status, 307, 'status');
      holds(/^\/\/[^/]+:\d+$/.test(headers.get('location') ?? ''), `Location: ${headers.get('location')}`);
    },
  },
  {
    name: 'has a version that can drain',
    run: async ({ leader }) => {
      const { version_info } = await leader.read<{ version_info: { version: string } }>('GET_VERSION');
      const [major = 0, minor = 0] = version_info.version.split('.').map(Number);
      holds(major > 1 || minor >= 9, `version ${version_info.version}`);
    },
  },
  {
    name: 'says who leads, and that it can drain',
    run: async ({ leader }) => {
      const { master_info } = await leader.read<{
        master_info: { id: string; capabilities: { type: string }[] };
      }>('GET_MASTER');
      holds(master_info.id.length > 0, 'no master id');
      holds(
        master_info.capabilities.some(({ type }) => type === 'AGENT_DRAINING'),
        'no AGENT_DRAINING',
      );
    },
  },
  {
    name: 'lists agents and recovered agents, empty lists too',
    run: async ({ leader }) => {
      const lists = await leader.read<Record<string, unknown>>('GET_AGENTS');
      for (const key of ['agents', 'recovered_agents']) holds(Array.isArray(lists[key]), key);
    },
  },
  {
    name: 'describes an agent by id, hostname, pid and both flags',
    run: async ({ leader }) => {
      for (const { agent_info, active, deactivated, pid } of await someAgents(leader)) {
        holds(agent_info.id.value !== '' && agent_info.hostname !== '', 'an agent without id or hostname');
        same([typeof active, typeof deactivated], ['boolean', 'boolean'], agent_info.hostname);
        holds(/^slave\(\d+\)@.+:\d+$/.test(pid), `pid ${pid}`);
      }
    },
  },
  {
    name: 'writes int64 as bare numbers and double with a point',
    run: async ({ leader }) => {
      await someAgents(leader);
      const { text } = await leader.call('GET_AGENTS');
      holds(/"registered_time":\{"nanoseconds":\d{16,}\}/.test(text), 'registered_time');
      holds(/"scalar":\{"value":\d+\.\d+\}/.test(text), 'scalar');
    },
  },
  {
    name: 'lists tasks and frameworks, empty lists too',
    run: async ({ leader }) => {
      const tasks = await leader.read<Record<string, unknown>>('GET_TASKS');
      for (const key of ['tasks', 'unreachable_tasks', 'completed_tasks'])
        holds(Array.isArray(tasks[key]), key);
      const frameworks = await leader.read<Record<string, unknown>>('GET_FRAMEWORKS');
      for (const key of ['frameworks', 'completed_frameworks']) holds(Array.isArray(frameworks[key]), key);
    },
  },
  ...MAINTENANCE_READ_ASSERTIONS,
  {
    name: 'lists the operations of agents that have not ended',
    run: async ({ leader }) => {
      const { operations = [] } = await leader.read<{
        operations?: { latest_status?: { state?: unknown } }[];
      }>('GET_OPERATIONS');
      for (const { latest_status } of operations) same(typeof latest_status?.state, 'string', 'state');
    },
  },
  {
    name: '/slaves?slave_id= of an unknown id is two empty lists',
    run: async ({ leader }) => {
      const none = await leader.send('/slaves?slave_id=00000000-0000-0000-0000-000000000000-S9');
      same(JSON.parse(none.text), { slaves: [], recovered_slaves: [] }, 'answer');
    },
  },
  {
    name: '/slaves?slave_id= of a registered agent is that one',
    run: async ({ leader }) => {
      const [{ agent_info }] = await someAgents(leader);
      const answer = await leader.send(`/slaves?slave_id=${agent_info.id.value}`);
      const { slaves } = JSON.parse(answer.text) as { slaves: { id: string }[] };
      same(
        slaves.map(({ id }) => id),
        [agent_info.id.value],
        'ids',
      );
    },
  },
  ...FRAMEWORK_TASKS_ASSERTIONS,
  {
    name: 'the registry holds the agents that are registered',
    run: async ({ leader }) => {
      const registered = await someAgents(leader);
      const { text } = await leader.send('/registrar(1)/registry');
      const { slaves } = JSON.parse(text) as { slaves?: { slaves?: { info: { id: { value: string } } }[] } };
      const known = new Set((slaves?.slaves ?? []).map(({ info }) => info.id.value));
      for (const { agent_info } of registered) holds(known.has(agent_info.id.value), agent_info.hostname);
    },
  },
];
