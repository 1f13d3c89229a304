import { type AgentSubject, agentApi, drainState, entryOf, launchedStates, of } from './agent-subject.ts';
import { type Assertion, accepted, eventually, same } from './assertion.ts';

/** Polls until the master says DRAINED. */
export const untilDrained = (subject: AgentSubject): Promise<void> =>
  eventually('DRAINED', subject.patienceMs, async () => {
    const state = await drainState(subject);
    if (state === null) throw new Error('the agent has no drain');
    return state === 'DRAINED';
  });

/** Assertions about the end of a drain, and the way back into service. */
export const DRAINED_ASSERTIONS: readonly Assertion<AgentSubject>[] = [
  { name: 'ends DRAINED', run: untilDrained },
  {
    name: 'the agent itself ends its drain, with nothing launched',
    run: async (subject) => {
      const api = await agentApi(subject);
      await eventually('no drain_config', subject.patienceMs, async () => {
        const { drain_config } = await api.read<{ drain_config?: unknown }>('GET_AGENT');
        return drain_config === undefined;
      });
      same(await launchedStates(subject), [], 'launched_tasks');
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
      const max_grace_period = { nanoseconds: 60_000_000_000 };
      accepted(await leader.call('DRAIN_AGENT', { ...of(agent), max_grace_period }));
      const { drain_info } = await entryOf(subject);
      same(drain_info?.config.max_grace_period, { nanoseconds: 0 }, 'max_grace_period');
    },
  },
  {
    name: 'takes a deactivation of a drained agent, and leaves the drain as it is',
    run: async (subject) => {
      await untilDrained(subject);
      const { leader, agent } = subject;
      accepted(await leader.call('DEACTIVATE_AGENT', of(agent)));
      const { deactivated, drain_info } = await entryOf(subject);
      same([deactivated, drain_info?.state], [true, 'DRAINED'], 'deactivated, state');
    },
  },
  {
    name: 'takes a DRAINED agent back into service, without a trace of the drain',
    run: async (subject) => {
      await untilDrained(subject);
      accepted(await subject.leader.call('REACTIVATE_AGENT', of(subject.agent)));
      const { active, deactivated, drain_info } = await entryOf(subject);
      same([active, deactivated, drain_info], [true, false, undefined], 'active, deactivated, drain_info');
    },
  },
];
