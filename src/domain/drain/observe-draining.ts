import type { AgentSighting, AgentWord } from '../agent.ts';
import { wordOf } from '../approval/witness.ts';
import type { DrainEvent, Read, TwoReads } from '../drain.ts';
import type { Instant, MasterId } from '../ids.ts';
import { changedByOthers, goneEnd, type In, type Look, observeAbsent } from './look.ts';
import { first, proven } from './proof.ts';
import { observeRecall } from './recall.ts';
import { isEmpty, movingAgain, tasksLeft, waitingOn } from './stuck.ts';

/** What one look means for a drain that the master took. */
export function observeDraining(look: Look, state: In<'draining'>): DrainEvent[] {
  const { drain, sighting, at } = look;
  const { master } = sighting;
  const listed: DrainEvent[] =
    state.firstAbsent !== null &&
    master.kind !== 'absent' &&
    master.kind !== 'not-read' &&
    master.kind !== 'unexplained'
      ? [{ type: 'listed-again', at }]
      : [];
  switch (master.kind) {
    case 'registered': {
      const changed = changedByOthers(master.agent, drain, at);
      if (changed !== null) return [changed];
      const noted = [
        ...listed,
        ...witness(look, state),
        ...observeRecall(look, state, master.agent.drain, master.leader),
      ];
      return master.agent.drain?.state === 'DRAINED'
        ? [...noted, ...observeSaysDrained(look, state, master.leader)]
        : [...noted, ...observeSaysDraining(look, state)];
    }
    case 'unreachable': {
      const changed = changedByOthers(master, drain, at);
      if (changed !== null) return [changed];
      return [
        ...listed,
        ...observeRecall(look, state, master.drain, master.leader),
        ...waitingOn(look, state),
      ];
    }
    case 'gone':
      return [{ type: 'ended', at, end: goneEnd(master, at) }];
    case 'absent':
      // Somebody waits for "gone", and this is no proof of it.
      return drain.markGone ? waitingOn(look, state) : observeAbsent(look, state.firstAbsent, master.leader);
    case 'recovered':
    case 'unexplained':
    case 'not-read':
      return [...listed, ...waitingOn(look, state)];
  }
}

/** By what a drain with a second call to come is known again (product.md 4). */
function witness({ drain, sighting, at }: Look, state: In<'draining'>): DrainEvent[] {
  const word = drain.goneNext && state.witness === null ? wordOf(sighting.master) : null;
  return word === null ? [] : [{ type: 'witnessed', at, word }];
}

function observeSaysDraining(look: Look, state: In<'draining'>): DrainEvent[] {
  const { drain, sighting, at } = look;
  const unseen: DrainEvent[] = state.firstDrained === null ? [] : [{ type: 'drained-unseen', at }];
  const left = tasksLeft(sighting.agent);
  const moved = left !== null && left !== state.progress.left;
  if (!moved) return [...unseen, ...waitingOn(look, state)];
  const total = Math.max(drain.tasksAtStart ?? left, left);
  const gone = total === 0 ? 0 : Math.floor((4 * (total - left)) / total);
  // The fourth quarter is told by the proof, not by a count; a risen count takes nothing back.
  const quarter = Math.max(state.progress.quarter, Math.min(gone, 3)) as 0 | 1 | 2 | 3;
  const told = movingAgain(state, at);
  const moving: In<'draining'> = {
    ...state,
    waiting: told.length > 0 ? null : state.waiting,
    progress: { left, quarter, movedAt: at },
  };
  return [...unseen, ...told, { type: 'progressed', at, left, quarter }, ...waitingOn(look, moving)];
}

/** Two reads of one leader and the agent's own word, or the honest lack of it. */
function observeSaysDrained(look: Look, state: In<'draining'>, leader: MasterId): DrainEvent[] {
  const { sighting, limits, at } = look;
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
  if (state.waiting?.cause.code === 'agent-still-busy') return waitingOn(look, state);
  const since = silentSince(state, firstDrained);
  if (at < since + limits.agentSilenceMs) return [];
  const checked = { ...reads, silentSince: since };
  return [{ type: 'drained', at, leader, proof: { by: 'master-only', agentNotAsked: agent.why, checked } }];
}

function wordOfAgent(agent: Extract<AgentSighting, { kind: 'asked' }>): AgentWord {
  const { pending, queued, launched, executors, pendingOperations, draining } = agent;
  return { pending, queued, launched, executors, pendingOperations, draining };
}

/** Since when, at the earliest, an agent that the master calls DRAINED has not answered. */
function silentSince({ waiting }: In<'draining'>, { at: from }: Read): Instant {
  return waiting?.cause.code === 'not-known' && waiting.since > from ? waiting.since : from;
}
