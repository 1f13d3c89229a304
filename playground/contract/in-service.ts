import { type AgentSubject, agentApi, entryOf, NO_AGENT, of } from './agent-subject.ts';
import { type Assertion, accepted, answers, same } from './assertion.ts';
import type { AgentEntry } from './operator-api.ts';

/** Assertions about an agent in service. They leave its tasks alone; for a moment it is deactivated. */
export const IN_SERVICE_ASSERTIONS: readonly Assertion<AgentSubject>[] = [
  {
    name: 'starts from an agent in service',
    isGate: true,
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
    name: 'the agent tells of its tasks, executors and operations, none of them left out for being none',
    run: async (subject) => {
      const api = await agentApi(subject);
      const tasks = await api.read<Record<string, unknown>>('GET_TASKS');
      for (const key of ['pending_tasks', 'queued_tasks', 'launched_tasks', 'terminated_tasks'])
        same(Array.isArray(tasks[key]), true, key);
      const { executors } = await api.read<{ executors: unknown }>('GET_EXECUTORS');
      same(Array.isArray(executors), true, 'executors');
      const { operations = [] } = await api.read<{ operations?: unknown }>('GET_OPERATIONS');
      same(Array.isArray(operations), true, 'operations');
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
    name: 'refuses to reactivate an active agent',
    run: async ({ leader, agent }) =>
      answers(await leader.call('REACTIVATE_AGENT', of(agent)), 400, 'Agent is not deactivated'),
  },
  {
    name: 'deactivates, as often as asked',
    run: async (subject) => {
      const { leader, agent } = subject;
      accepted(await leader.call('DEACTIVATE_AGENT', of(agent)));
      accepted(await leader.call('DEACTIVATE_AGENT', of(agent)));
      const { active, deactivated, drain_info } = await entryOf(subject);
      same([active, deactivated, drain_info], [false, true, undefined], 'active, deactivated, drain_info');
    },
  },
  {
    name: 'reactivates a deactivated agent',
    run: async (subject) => {
      accepted(await subject.leader.call('REACTIVATE_AGENT', of(subject.agent)));
      const { active, deactivated } = await entryOf(subject);
      same([active, deactivated], [true, false], 'active, deactivated');
    },
  },
];
