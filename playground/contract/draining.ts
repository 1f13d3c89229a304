import {
  type AgentSubject,
  drainOf,
  drainState,
  entryOf,
  GRACE_SECONDS,
  launchedStates,
  of,
} from './agent-subject.ts';
import { type Assertion, accepted, answers, holds, NotApplicable, same } from './assertion.ts';

const AT_ONCE = 'the agent was DRAINED at once, having no task that takes its time';

/** Throws NotApplicable unless the agent is DRAINING now. */
export async function stillDraining(subject: AgentSubject): Promise<void> {
  const state = await drainState(subject);
  if (state !== 'DRAINING') throw new NotApplicable(state === 'DRAINED' ? AT_ONCE : `the agent is ${state}`);
}

/** Assertions that begin a drain, and look at it while it lasts. Every task on the agent is killed. */
export const DRAINING_ASSERTIONS: readonly Assertion<AgentSubject>[] = [
  {
    name: 'drains: takes seconds, and reads them back in nanoseconds',
    run: async (subject) => {
      accepted(await subject.leader.call('DRAIN_AGENT', drainOf(subject.agent, false)));
      const { drain_info, active, deactivated } = await entryOf(subject);
      const config = { max_grace_period: { nanoseconds: GRACE_SECONDS * 1_000_000_000 }, mark_gone: false };
      same([drain_info?.config, active, deactivated], [config, false, true], 'config, active, deactivated');
      holds(['DRAINING', 'DRAINED'].includes(drain_info?.state ?? ''), `state ${drain_info?.state}`);
    },
  },
  {
    name: 'refuses to reactivate while DRAINING, and goes on draining',
    run: async (subject) => {
      await stillDraining(subject);
      const answer = await subject.leader.call('REACTIVATE_AGENT', of(subject.agent));
      // The drain may have ended between the look and the call; then the agent has nothing left to kill.
      if (answer.status === 200 && (await launchedStates(subject)).length === 0) {
        throw new NotApplicable('the drain ended just before the agent was reactivated', true);
      }
      answers(answer, 400, 'Agent is still in the DRAINING state');
      const { drain_info, deactivated } = await entryOf(subject);
      same([drain_info === undefined, deactivated], [false, true], 'no drain, deactivated');
    },
  },
  {
    name: 'takes the very same drain again while DRAINING, and a shorter grace in place of the first',
    run: async (subject) => {
      await stillDraining(subject);
      const { leader, agent } = subject;
      accepted(await leader.call('DRAIN_AGENT', drainOf(agent, false)));
      const again = await entryOf(subject);
      const first = { nanoseconds: GRACE_SECONDS * 1_000_000_000 };
      same(again.drain_info?.config, { max_grace_period: first, mark_gone: false }, 'config of the same');
      const max_grace_period = { seconds: GRACE_SECONDS / 2 };
      accepted(await leader.call('DRAIN_AGENT', { ...drainOf(agent, false), max_grace_period }));
      const { drain_info } = await entryOf(subject);
      const shorter = { nanoseconds: (GRACE_SECONDS / 2) * 1_000_000_000 };
      same(drain_info?.config, { max_grace_period: shorter, mark_gone: false }, 'config of the shorter');
    },
  },
];
