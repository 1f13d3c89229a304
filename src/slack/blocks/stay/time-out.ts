import type { Way } from '../../../domain/drain.ts';
import type { AgentId, Instant } from '../../../domain/ids.ts';
import { reactivateLine, targetOf } from '../text/agent-name.ts';
import { spoken, when } from '../text/time.ts';

interface Out {
  way: Way;
  agentId: AgentId;
  hostname: string;
}

/** What comes at the end of an agent's time out of service, and how to have it otherwise. */
export function timeOutWords(agent: Out, until: Instant, near: Instant): string {
  return `its time out of service ends ${when(until, near)}. Then the bot brings it back by itself or, where it may not, reminds you here. Back before that: \`${reactivateLine(agent)}\`. More time, counted from now: ${longerLine(agent)}.`;
}

/** The command by which an agent stays out of service for another while. */
export function longerLine({ way, ...agent }: Out): string {
  return `\`/mesos ${way} ${targetOf(agent)} --for 2h\``;
}

/** For how long an agent is meant to be out of service, as a clause; null: until somebody reactivates it. */
export function outForWords(seconds: number | undefined): string | null {
  return seconds === undefined ? null : `out of service for ${spoken(seconds)} then`;
}

/** How what is drained or deactivated comes back, as a sentence. `them`: how it is called. */
export function comesBackWords(seconds: number | undefined, them: string, verb: string): string {
  return seconds === undefined
    ? `${them} ${verb} back with \`/mesos reactivate\`.`
    : `${them} ${verb} back by ${verb === 'comes' ? 'itself' : 'themselves'} ${spoken(seconds)} after that.`;
}
