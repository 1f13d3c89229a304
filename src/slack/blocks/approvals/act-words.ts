import type { Act } from '../../../domain/approval.ts';
import type { AgentId, DrainId } from '../../../domain/ids.ts';
import { showDrainId } from '../../../domain/ids.ts';
import { rawAgent } from '../text/agent-name.ts';
import { spoken } from '../text/time.ts';

/** What a question is about. */
export interface Asked {
  act: Act;
  agentId: AgentId;
  hostname: string;
  /** The drain that it goes on from, or has begun. */
  drain: DrainId | null;
}

/** Shorter than elsewhere: what is done to it must fit a heading too. */
const hostnameLimit = 90;

/** What is asked for, of which agent: a phrase without a capital, raw, for headings. */
export function askedRaw({ act, agentId, hostname, drain }: Asked): string {
  const name = rawAgent({ agentId, hostname: hostname.slice(0, hostnameLimit) });
  switch (act.kind) {
    case 'drain':
      return act.maxGrace === null ? `drain ${name}` : `drain ${name} with ${spoken(act.maxGrace)} of grace`;
    case 'drain-then-gone':
      return drain === null ? `drain ${name}, then mark it gone` : `mark ${name} gone, once proven empty`;
    case 'drain-unattended':
      return `drain ${name}; the master marks it gone`;
    case 'mark-gone':
      return `mark ${name} gone${act.now ? ' now' : ''}`;
  }
}

/** How it is done: which calls go out, and what stands between them. */
export function howWords(act: Act, drain: DrainId | null): string {
  switch (act.kind) {
    case 'drain':
      return `one call, a plain drain, ${graceWords(act.maxGrace)}: ${
        act.maxGrace === null ? 'tasks end' : `tasks are killed ${act.maxGrace === 0 ? '' : 'almost '}at once`
      }. The agent comes back with \`/mesos reactivate\`.`;
    case 'drain-then-gone':
      return drain === null
        ? `two calls. First a plain drain, ${graceWords(act.maxGrace)}. Once the agent is proven empty and everything was checked anew, a second call marks it gone.`
        : `drain ${showDrainId(drain)} has begun, and goes on as a plain drain. Once the agent is proven empty and everything was checked anew, one more call marks it gone.`;
    case 'drain-unattended':
      return `one call, ${graceWords(act.maxGrace)}. The master marks the agent gone by itself as soon as it counts no task there, even if the bot is away. Nothing is checked in between.`;
    case 'mark-gone':
      return 'one call, MARK_AGENT_GONE, meant for machines that are dead: no drain before it, and no grace.';
  }
}

/** What leaves when the wait after the last vote is over. `at`: when that is, in words. */
export function leavesAt({ act, drain }: Pick<Asked, 'act' | 'drain'>, at: string): string {
  switch (act.kind) {
    case 'drain':
      return `The call to drain leaves at ${at}.`;
    case 'drain-then-gone':
      return drain === null
        ? `The first of two calls, a plain drain, leaves at ${at}.`
        : `From ${at} on the call that marks it gone may leave, as soon as the agent is proven empty.`;
    case 'drain-unattended':
      return `The call to drain, with \`mark_gone\`, leaves at ${at}.`;
    case 'mark-gone':
      return `The call that marks it gone leaves at ${at}.`;
  }
}

function graceWords(maxGrace: number | null): string {
  return maxGrace === null ? 'each task with its own grace' : `max grace period ${spoken(maxGrace)}`;
}
