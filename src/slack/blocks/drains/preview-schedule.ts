import type { Preview } from '../../../domain/preview.ts';
import { targetOf } from '../text/agent-name.ts';
import { clause, code, plain } from '../text/escape.ts';
import { drainState, named } from './preview-verdict.ts';

/** What the maintenance schedule makes of a drain, and a drain of it: the master looks at the schedule only where the agent is
 * registered, and the start of a maintenance erases what was ordered for the agent (mesos-api 6). */
export function scheduleWarning(preview: Preview): string | null {
  const { scheduled, subject } = preview;
  if (!scheduled.known)
    return `Whether the machine is in the maintenance schedule is not known: ${clause(scheduled.why, 200)}.`;
  if (scheduled.value === null) return null;
  const agent = named(preview);
  const planned = plannedWords(scheduled.value);
  const look = lookWords(agent);
  if (subject.kind === 'away')
    return subject.state === 'unreachable' || subject.state === 'recovered'
      ? `${planned}, and its agent is away: the master takes a drain all the same. ${erased}; ${look}.`
      : `${planned}: ${look}.`;
  if (drainState(preview) !== null || subject.agent.deactivated)
    return scheduledOutOfService(scheduled.value, agent);
  return `${planned}: the master will refuse to drain it. ${clearLine(agent)} takes it out; ${look}.`;
}

/** Of the scheduled machine of an agent that is drained or deactivated. */
export function scheduledOutOfService(scheduled: string, agent: Parameters<typeof targetOf>[0]): string {
  return `${plannedWords(scheduled)}: the master takes no other drain of it. ${erased}; ${lookWords(agent)}.`;
}

function plannedWords(scheduled: string): string {
  return `The machine is in the maintenance schedule (${plain(scheduled)})`;
}

function lookWords(agent: Parameters<typeof targetOf>[0]): string {
  return `${code(`/mesos maintenance status ${targetOf(agent)}`, 300)} tells what is planned`;
}

/** The command that takes an agent's machine out of the schedule. */
export function clearLine(agent: Parameters<typeof targetOf>[0]): string {
  return code(`/mesos maintenance clear ${targetOf(agent)}`, 300);
}

const erased =
  'Once the maintenance starts, the master removes the agent and forgets its drain or deactivation: it comes back active';
