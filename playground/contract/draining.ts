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
];
