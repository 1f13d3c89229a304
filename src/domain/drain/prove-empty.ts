import type { AgentSighting, AgentWord } from '../agent.ts';
import type { DrainEvent, Read, TwoReads } from '../drain.ts';
import type { Instant, MasterId } from '../ids.ts';
import type { Cause } from './cause.ts';
import type { In, Look } from './look.ts';
import { first, proven } from './proof.ts';
import { movingAgain, waitingOn } from './stuck.ts';

type Asked = Extract<AgentSighting, { kind: 'asked' }>;

/** What counts as empty. */
export interface Emptiness {
  /** By the agent's own word. */
  isEmpty(agent: Asked): boolean;
  /** Whether this wait says that the agent's last word was another. */
  isBusy(cause: Cause): boolean;
}

/** Of an agent that looks empty at the master: two reads of one leader and the agent's own word, or the honest lack of it. */
export function proveEmpty(
  look: Look,
  state: In<'draining'>,
  leader: MasterId,
  { isEmpty, isBusy }: Emptiness,
): DrainEvent[] {
  const { sighting, limits, at } = look;
  if (isOutOfSight(state)) {
    const back = movingAgain(state, at);
    return [...back, ...proveEmpty(look, { ...state, waiting: null }, leader, { isEmpty, isBusy })];
  }
  const { firstDrained } = state;
  if (firstDrained === null || !proven(firstDrained, leader, at, limits))
    return first(firstDrained, leader, { type: 'drained-seen', at, leader });
  const reads: TwoReads = { leader, first: firstDrained.at, second: at };
  const { agent } = sighting;
  if (agent.kind === 'asked')
    return isEmpty(agent)
      ? [
          {
            type: 'drained',
            at,
            leader,
            proof: { by: 'master-and-agent', checked: { ...reads, agent: wordOfAgent(agent) } },
          },
        ]
      : waitingOn(look, state);
  // Its last word was that it has work: one lost answer does not unsay that. Its silence counts from here.
  if (state.waiting !== null && isBusy(state.waiting.cause)) return waitingOn(look, state);
  const since = silentSince(state, firstDrained);
  if (at < since + limits.agentSilenceMs) return [];
  const checked = { ...reads, silentSince: since };
  return [{ type: 'drained', at, leader, proof: { by: 'master-only', agentNotAsked: agent.why, checked } }];
}

function wordOfAgent(agent: Asked): AgentWord {
  const { pending, queued, launched, executors, operations, draining } = agent;
  const counts = { executors: executors.length, pendingOperations: operations.length };
  return { pending, queued, launched, ...counts, draining };
}

/** Whether the latest look, and perhaps what people were told last, is that the master doesn't show the agent. */
function isOutOfSight({ waiting }: In<'draining'>): boolean {
  const code = waiting?.cause.code;
  return code === 'unreachable' || code === 'not-listed' || code === 'master-silent' || code === 'recovering';
}

/** Since when, at the earliest, an agent that looks empty at the master has not answered. */
function silentSince({ waiting }: In<'draining'>, { at: from }: Read): Instant {
  return waiting?.cause.code === 'not-known' && waiting.since > from ? waiting.since : from;
}
