import { type AgentSubject, drainOf, listed, of } from './agent-subject.ts';
import { type Assertion, accepted, answers, eventually } from './assertion.ts';
import { untilDrained } from './drained.ts';
import { absent, goneInRegistry } from './gone.ts';

/** How long a master may take from its 200 until the agent is gone: it writes its registry once more. */
const GONE_MS = 10_000;

/** Assertions that mark an agent gone in two calls: the way the bot goes. */
export const GONE_BY_DRAIN_ASSERTIONS: readonly Assertion<AgentSubject>[] = [
  {
    name: 'drains plainly to DRAINED, then takes the same drain with mark_gone',
    run: async (subject) => {
      const { leader, agent } = subject;
      accepted(await leader.call('DRAIN_AGENT', drainOf(agent, false)));
      await untilDrained(subject);
      accepted(await leader.call('DRAIN_AGENT', drainOf(agent, true)));
    },
  },
  {
    name: 'lists an agent nowhere that is gone by its drain',
    run: async (subject) => {
      const patienceMs = Math.min(GONE_MS, subject.patienceMs);
      await eventually('not in GET_AGENTS', patienceMs, async () => (await listed(subject)) === null);
      await absent(subject);
    },
  },
  { name: 'has an agent that is gone by its drain in the registry', run: goneInRegistry },
  {
    name: 'does not know the agent any more when the drain with mark_gone is repeated',
    run: async ({ leader, agent }) =>
      answers(await leader.call('DRAIN_AGENT', drainOf(agent, true)), 400, 'Unknown agent'),
  },
  {
    name: 'does not know the agent any more when it is to be deactivated',
    run: async ({ leader, agent }) =>
      answers(await leader.call('DEACTIVATE_AGENT', of(agent)), 400, 'Unknown agent'),
  },
  {
    name: 'takes an agent that is gone by its drain for DRAINING when it is to be reactivated',
    run: async ({ leader, agent }) =>
      answers(await leader.call('REACTIVATE_AGENT', of(agent)), 400, 'Agent is still in the DRAINING state'),
  },
  {
    name: 'marks an agent gone, without objection, that is gone by its drain',
    run: async ({ leader, agent }) => accepted(await leader.call('MARK_AGENT_GONE', of(agent))),
  },
];
