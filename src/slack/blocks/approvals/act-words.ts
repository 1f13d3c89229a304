import type { Asked, AskedOfAgent, AskedOfPlan } from '../../../domain/approval/asked.ts';
import type { Act } from '../../../domain/approval.ts';
import type { DrainId } from '../../../domain/ids.ts';
import { showDrainId, showPlanId } from '../../../domain/ids.ts';
import { workRaw } from '../plans/work-words.ts';
import { comesBackWords } from '../stay/time-out.ts';
import { agentName, rawAgent } from '../text/agent-name.ts';
import { spoken } from '../text/time.ts';

/** Shorter than elsewhere: what is done to it must fit a heading too. */
const hostnameLimit = 90;

/** What it is about, in short, as mrkdwn: an agent by its name, a plan by its number. */
export function aboutWhat(asked: Asked): string {
  return asked.of === 'agent' ? agentName(asked) : `plan ${showPlanId(asked.plan)}`;
}

/** What is asked for, of what: a phrase without a capital, raw, for headings. */
export function askedRaw(asked: Asked): string {
  if (asked.of === 'plan') return workRaw(asked);
  const { act, agentId, hostname, drain } = asked;
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
      }. ${comesBackWords(act.outFor, 'The agent', 'comes')}`;
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
export function leavesAt(asked: Asked, at: string): string {
  return asked.of === 'agent' ? callLeavesAt(asked, at) : planBeginsAt(asked, at);
}

function planBeginsAt({ does, plan }: AskedOfPlan, at: string): string {
  return does.of === 'machines' && does.work.do === 'start' && does.work.drainFirst !== null
    ? `Plan ${showPlanId(plan)} begins with its drains at ${at}.`
    : `Plan ${showPlanId(plan)} begins at ${at}.`;
}

function callLeavesAt({ act, drain }: AskedOfAgent, at: string): string {
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
