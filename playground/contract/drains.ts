import { type Assertion, accepted, answers, eventually, holds, type Subject, same } from './assertion.ts';
import { type AgentEntry, operatorApi } from './operator-api.ts';

/** An agent that may be drained, or destroyed. */
export interface AgentSubject extends Subject {
  readonly agent: string;
  readonly basic?: string;
}

const DRAIN_TIMEOUT_MS = 300_000;

const NO_AGENT = '00000000-0000-0000-0000-000000000000-S9';

const of = (agent: string) => ({ agent_id: { value: agent } });

const entryOf = async ({ leader, agent }: AgentSubject): Promise<AgentEntry> => {
  const found = (await leader.agents()).find(({ agent_info }) => agent_info.id.value === agent);
  if (found === undefined) throw new Error(`${agent} is not registered`);
  return found;
};

const drained = async (subject: AgentSubject): Promise<boolean> =>
  (await entryOf(subject)).drain_info?.state === 'DRAINED';

const agentApi = async (subject: AgentSubject) => {
  const address = (await entryOf(subject)).pid.split('@')[1] ?? '';
  return operatorApi(`http://${address}`, subject.basic);
};

/** Assertions that drain one agent and take it back into service. Every task on it is killed. */
export const DRAIN_ASSERTIONS: readonly Assertion<AgentSubject>[] = [
  {
    name: 'starts from an agent in service',
    run: async (subject) => {
      const { active, deactivated, drain_info } = await entryOf(subject);
      same([active, deactivated, drain_info], [true, false, undefined], 'active, deactivated, drain_info');
    },
  },
  {
    name: 'the agent answers for itself under the address in its pid',
    run: async (subject) => {
      const api = await agentApi(subject);
      const { agent_info, drain_config } = await api.read<{
        agent_info: AgentEntry['agent_info'];
        drain_config?: unknown;
      }>('GET_AGENT');
      same([agent_info.id.value, drain_config], [subject.agent, undefined], 'GET_AGENT');
    },
  },
  {
    name: 'does not know an agent that never was',
    run: async ({ leader }) => {
      answers(await leader.call('DRAIN_AGENT', of(NO_AGENT)), 400, 'Unknown agent');
      answers(await leader.call('DEACTIVATE_AGENT', of(NO_AGENT)), 400, 'Unknown agent');
      answers(await leader.call('REACTIVATE_AGENT', of(NO_AGENT)), 400, 'Agent is not deactivated');
    },
  },
  {
    name: 'refuses the documented "10mins", and changes nothing',
    run: async (subject) => {
      const answer = await subject.leader.call('DRAIN_AGENT', {
        ...of(subject.agent),
        max_grace_period: '10mins',
      });
      answers(
        answer,
        400,
        'Failed to convert JSON into Call protobuf: Not expecting a JSON string for field',
      );
      same((await entryOf(subject)).deactivated, false, 'deactivated');
    },
  },
  {
    name: 'deactivates and reactivates, and refuses the second reactivation',
    run: async (subject) => {
      const { leader, agent } = subject;
      accepted(await leader.call('DEACTIVATE_AGENT', of(agent)));
      accepted(await leader.call('DEACTIVATE_AGENT', of(agent)));
      same((await entryOf(subject)).deactivated, true, 'deactivated');
      accepted(await leader.call('REACTIVATE_AGENT', of(agent)));
      answers(await leader.call('REACTIVATE_AGENT', of(agent)), 400, 'Agent is not deactivated');
    },
  },
  {
    name: 'drains, reads the grace back in nanoseconds, and ends DRAINED',
    run: async (subject) => {
      const { leader, agent } = subject;
      accepted(
        await leader.call('DRAIN_AGENT', {
          ...of(agent),
          max_grace_period: { seconds: 1 },
          mark_gone: false,
        }),
      );
      const { drain_info, active, deactivated } = await entryOf(subject);
      const config = { max_grace_period: { nanoseconds: 1_000_000_000 }, mark_gone: false };
      same([drain_info?.config, active, deactivated], [config, false, true], 'config, active, deactivated');
      holds(['DRAINING', 'DRAINED'].includes(drain_info?.state ?? ''), `state ${drain_info?.state}`);
      await eventually('DRAINED', DRAIN_TIMEOUT_MS, () => drained(subject));
    },
  },
  {
    name: 'the agent itself ends its drain, with nothing launched',
    run: async (subject) => {
      const api = await agentApi(subject);
      await eventually('no drain_config', DRAIN_TIMEOUT_MS, async () => {
        const { drain_config } = await api.read<{ drain_config?: unknown }>('GET_AGENT');
        return drain_config === undefined;
      });
      const { launched_tasks } = await api.read<{ launched_tasks: unknown[] }>('GET_TASKS');
      same(launched_tasks, [], 'launched_tasks');
    },
  },
  {
    name: 'takes a second drain, and its grace replaces the first',
    run: async (subject) => {
      const { leader, agent } = subject;
      accepted(await leader.call('DRAIN_AGENT', { ...of(agent), max_grace_period: { seconds: '2' } }));
      const { drain_info } = await entryOf(subject);
      same(drain_info?.config.max_grace_period, { nanoseconds: 2_000_000_000 }, 'max_grace_period');
    },
  },
  {
    name: 'takes the form it answers with for a grace of zero',
    run: async (subject) => {
      const { leader, agent } = subject;
      accepted(
        await leader.call('DRAIN_AGENT', { ...of(agent), max_grace_period: { nanoseconds: 60_000_000_000 } }),
      );
      const { drain_info } = await entryOf(subject);
      same(drain_info?.config.max_grace_period, { nanoseconds: 0 }, 'max_grace_period');
    },
  },
  {
    name: 'takes the agent back into service, without a trace of the drain',
    run: async (subject) => {
      await eventually('DRAINED', DRAIN_TIMEOUT_MS, () => drained(subject));
      accepted(await subject.leader.call('REACTIVATE_AGENT', of(subject.agent)));
      const { active, deactivated, drain_info } = await entryOf(subject);
      same([active, deactivated, drain_info], [true, false, undefined], 'active, deactivated, drain_info');
    },
  },
];

/** Assertions after which the agent is gone for good. */
export const GONE_ASSERTIONS: readonly Assertion<AgentSubject>[] = [
  {
    name: 'marks gone, as often as asked',
    run: async ({ leader, agent }) => {
      answers(await leader.call('MARK_AGENT_GONE', of(NO_AGENT)), 404, `Agent '${NO_AGENT}' not found`);
      accepted(await leader.call('MARK_AGENT_GONE', of(agent)));
      accepted(await leader.call('MARK_AGENT_GONE', of(agent)));
    },
  },
  {
    name: 'a gone agent is absent everywhere but in the registry',
    run: async ({ leader, agent }) => {
      holds(
        !(await leader.agents()).some(({ agent_info }) => agent_info.id.value === agent),
        'in GET_AGENTS',
      );
      const filtered = await leader.send(`/slaves?slave_id=${agent}`);
      same(JSON.parse(filtered.text), { slaves: [], recovered_slaves: [] }, '/slaves');
      const { gone } = JSON.parse((await leader.send('/registrar(1)/registry')).text) as {
        gone?: { slaves: { id: { value: string } }[] };
      };
      holds(gone?.slaves.some(({ id }) => id.value === agent) === true, 'not in gone.slaves');
    },
  },
  {
    name: 'does not know a gone agent any more',
    run: async ({ leader, agent }) =>
      answers(await leader.call('DRAIN_AGENT', of(agent)), 400, 'Unknown agent'),
  },
];
