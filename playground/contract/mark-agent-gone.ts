import { type AgentSubject, drainOf, NO_AGENT, of } from './agent-subject.ts';
import { type Assertion, accepted, answers } from './assertion.ts';
import { absent, goneInRegistry } from './gone.ts';

/** Assertions that mark an agent in service gone by MARK_AGENT_GONE, tasks and all. */
export const MARK_AGENT_GONE_ASSERTIONS: readonly Assertion<AgentSubject>[] = [
  {
    name: 'finds no agent to mark gone that never was',
    run: async ({ leader }) =>
      answers(await leader.call('MARK_AGENT_GONE', of(NO_AGENT)), 404, `Agent '${NO_AGENT}' not found`),
  },
  {
    name: 'marks an agent gone',
    run: async ({ leader, agent }) => accepted(await leader.call('MARK_AGENT_GONE', of(agent))),
  },
  {
    name: 'marks an agent gone again, without objection',
    run: async ({ leader, agent }) => accepted(await leader.call('MARK_AGENT_GONE', of(agent))),
  },
  { name: 'lists a marked agent nowhere', run: absent },
  { name: 'has a marked agent in the registry', run: goneInRegistry },
  {
    name: 'does not know a marked agent when it is to be drained or deactivated',
    run: async ({ leader, agent }) => {
      answers(await leader.call('DRAIN_AGENT', drainOf(agent, false)), 400, 'Unknown agent');
      answers(await leader.call('DEACTIVATE_AGENT', of(agent)), 400, 'Unknown agent');
    },
  },
  {
    // It was in service: with a drain before, the answer is another one (mesos-api 1.3).
    name: 'has a marked agent not deactivated when it is to be reactivated',
    run: async ({ leader, agent }) =>
      answers(await leader.call('REACTIVATE_AGENT', of(agent)), 400, 'Agent is not deactivated'),
  },
];
