import { type AgentSubject, drainOf, GRACE_SECONDS, launchedStates, listed } from './agent-subject.ts';
import { type Assertion, accepted, NotApplicable, same } from './assertion.ts';
import { stillDraining } from './draining.ts';

const KILLING_MS = 2_000;

/** Waits until every task that will say TASK_KILLING has said so. Said under `mark_gone`, a PARTITION_AWARE framework's
 * TASK_KILLING counts as terminal, and the agent would be gone before its tasks are (mesos-recordings gone_0c). */
async function allBeingKilled(subject: AgentSubject): Promise<void> {
  const end = Date.now() + KILLING_MS;
  while (Date.now() < end) {
    if (!(await launchedStates(subject)).includes('TASK_RUNNING')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const markGone = async (subject: AgentSubject): Promise<boolean | null> =>
  (await listed(subject))?.drain_info?.config.mark_gone ?? null;

/** The drain goes on as one that marks the agent gone, and then no longer. The agent is gone for good when its drain
 * ends in between. */
export const TAKE_BACK_ASSERTIONS: readonly Assertion<AgentSubject>[] = [
  {
    name: 'takes a mark gone back, while the drain lasts, by a drain without it',
    run: async (subject) => {
      const { leader, agent } = subject;
      await stillDraining(subject);
      await allBeingKilled(subject);
      await stillDraining(subject);
      accepted(await leader.call('DRAIN_AGENT', drainOf(agent, true)));
      const ordered = await markGone(subject);
      const answer = await leader.call('DRAIN_AGENT', drainOf(agent, false));
      if (answer.status === 400 && (await listed(subject)) === null) {
        throw new NotApplicable(
          'the drain ended before the mark gone was taken back: the agent is gone',
          true,
        );
      }
      same(ordered, true, 'mark_gone after the first');
      accepted(answer);
      const left = (await listed(subject))?.drain_info?.config;
      const grace = { nanoseconds: GRACE_SECONDS * 1_000_000_000 };
      same([left?.mark_gone, left?.max_grace_period], [false, grace], 'mark_gone, max_grace_period');
    },
  },
];
