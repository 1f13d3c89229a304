import { isFrom110 } from '../../../domain/mesos-version.ts';
import type { Preview } from '../../../domain/preview.ts';
import { plain } from '../text/escape.ts';

/** What the first version that drains does wrong, and one from before it can't do at all (mesos-api 9). */
export function oldMasterWarnings({ master, subject, groups }: Preview): string[] {
  if (!master.known) return [];
  const { version, canDrain } = master.value;
  if (!canDrain)
    return [`The master can't drain: Mesos ${plain(version, 40)} has no AGENT_DRAINING; that came with 1.9.`];
  const agentVersion = subject.kind === 'registered' ? subject.agent.version : null;
  const runsNothing = groups.known && groups.value.every(({ tasks }) => tasks.length === 0);
  return [
    isFrom110(version)
      ? null
      : `The master runs Mesos ${plain(version, 40)}, which crashes when it reactivates an agent that is not connected: the bot will take this one back only while it answers.`,
    agentVersion === null || isFrom110(agentVersion) || !runsNothing
      ? null
      : `The agent runs Mesos ${plain(agentVersion, 40)}, and nothing runs on it: it will not leave the drain by itself, and drop the first task that it gets afterwards.`,
  ].filter((each) => each !== null);
}
