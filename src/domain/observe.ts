import type { MasterDrain, RegisteredAgent, Sighting } from './agent.ts';
import { sameGrace } from './agent.ts';
import type { Drain, DrainEnd, DrainEvent, DrainState, Read } from './drain.ts';
import type { AgentId, Instant, MasterId } from './ids.ts';
import { isEmpty, movingAgain, type Patience, tasksLeft, waitingOn } from './stuck.ts';

/** How long what takes. Milliseconds. */
export interface Judging extends Patience {
  /** From sending until a missing effect may count; product.md, promise 3. */
  unknownMs: number;
  /** Between the two reads of one leader that make a proof. */
  proofGapMs: number;
  /** How long an agent that can't be asked is waited for after the master's DRAINED. */
  agentSilenceMs: number;
}

export const judging: Judging = {
  unknownMs: 60_000,
  proofGapMs: 1_000,
  agentSilenceMs: 30_000,
  stuckAfterMs: 120_000,
  repeatMs: 3_600_000,
  repeatSlowMs: 86_400_000,
  giveUpMs: 7 * 86_400_000,
};

/** What one look at the agent means for a drain: a table of status × sighting. An unchanged sighting yields
 * nothing, so nothing is said twice; only time adds to it (a proof's second read, a worry that is due).
 * `successor`: another agent id registered on the same host now. */
export function observe(
  drain: Drain,
  sighting: Sighting,
  successor: AgentId | null,
  limits: Judging = judging,
): DrainEvent[] {
  const look = { drain, sighting, successor, limits, at: sighting.at };
  switch (drain.state.status) {
    case 'calling': // the door is still waiting for the master's answer; it writes the next event itself
    case 'ended':
      return [];
    case 'checking':
      return observeChecking(look, drain.state);
    case 'draining':
      return observeDraining(look, drain.state);
    case 'drained':
      return observeDrained(look, drain.state);
  }
}

interface Look {
  drain: Drain;
  sighting: Sighting;
  successor: AgentId | null;
  limits: Judging;
  at: Instant;
}
type In<S extends DrainState['status']> = Extract<DrainState, { status: S }>;

/** The call's fate is unknown: its effect proves it was applied; two late reads without one, that it was not. */
function observeChecking(look: Look, state: In<'checking'>): DrainEvent[] {
  const { drain, sighting, limits, at } = look;
  const { master } = sighting;
  switch (master.kind) {
    case 'registered':
      return judgeEffect(master.agent.drain, master.leader);
    case 'unreachable':
      return judgeEffect(master.drain, master.leader);
    case 'gone':
      return [{ type: 'ended', at, end: { kind: 'gone', goneAt: master.at } }];
    case 'absent': // no drain of ours is in force; whether there was one, nobody can say any more
      return judgeEffect(null, master.leader, endOfAbsent(look));
    case 'recovered': // shows no drain, though the registry may hold one
    case 'unexplained':
    case 'not-read':
      return [];
  }
  function judgeEffect(
    shown: MasterDrain | null,
    leader: MasterId,
    without: DrainEnd = { kind: 'not-applied' },
  ): DrainEvent[] {
    if (shown !== null)
      return isOurs(shown, drain)
        ? [{ type: 'effect-seen', at, leader }]
        : [{ type: 'ended', at, end: { kind: 'superseded', shown } }];
    if (at < drain.intendedAt + limits.unknownMs) return [];
    return proven(state.noEffect, leader, at, limits)
      ? [{ type: 'ended', at, end: without }]
      : first(state.noEffect, leader, { type: 'no-effect-seen', at, leader });
  }
}

function observeDraining(look: Look, state: In<'draining'>): DrainEvent[] {
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
      return master.agent.drain?.state === 'DRAINED'
        ? [...listed, ...observeSaysDrained(look, state, master.leader)]
        : [...listed, ...observeSaysDraining(look, state)];
    }
    case 'unreachable': {
      const changed = changedByOthers(master, drain, at);
      return changed === null ? [...listed, ...waitingOn(look, state)] : [changed];
    }
    case 'gone':
      return [{ type: 'ended', at, end: { kind: 'gone', goneAt: master.at } }];
    case 'absent':
      return observeAbsent(look, state.firstAbsent, master.leader);
    case 'recovered':
    case 'unexplained':
    case 'not-read':
      return [...listed, ...waitingOn(look, state)];
  }
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
  if (!proven(state.firstDrained, leader, at, limits))
    return first(state.firstDrained, leader, { type: 'drained-seen', at, leader });
  const { agent } = sighting;
  if (agent.kind === 'asked')
    return isEmpty(agent)
      ? [{ type: 'drained', at, leader, proof: { by: 'master-and-agent' } }]
      : waitingOn(look, state);
  // Its last word was that it has work: one lost answer does not unsay that. Its silence counts from here.
  if (state.waiting?.cause.code === 'agent-still-busy') return waitingOn(look, state);
  return at >= silentSince(state, at) + limits.agentSilenceMs
    ? [{ type: 'drained', at, leader, proof: { by: 'master-only', agentNotAsked: agent.why } }]
    : [];
}

/** Since when, at the earliest, an agent that the master calls DRAINED has not answered. */
function silentSince({ firstDrained, waiting }: In<'draining'>, at: Instant): Instant {
  const from = firstDrained?.at ?? at;
  return waiting?.cause.code === 'not-known' && waiting.since > from ? waiting.since : from;
}

/** Out of service until it is back, gone or removed. */
function observeDrained(look: Look, state: In<'drained'>): DrainEvent[] {
  const { drain, sighting, at } = look;
  const { master } = sighting;
  const listed: DrainEvent[] =
    state.firstAbsent !== null &&
    (master.kind === 'registered' || master.kind === 'unreachable' || master.kind === 'recovered')
      ? [{ type: 'listed-again', at }]
      : [];
  switch (master.kind) {
    case 'registered':
    case 'unreachable': {
      // A powered-off machine is what people drain for: unreachable is no news while its drain stands.
      const changed = changedByOthers(master.kind === 'registered' ? master.agent : master, drain, at);
      return changed === null ? listed : [changed];
    }
    case 'gone':
      return [{ type: 'ended', at, end: { kind: 'gone', goneAt: master.at } }];
    case 'absent':
      return observeAbsent(look, state.firstAbsent, master.leader);
    case 'recovered':
    case 'unexplained':
    case 'not-read':
      return listed;
  }
}

/** Listed nowhere, in two reads of one leader: a fact about the registry, not a proof of gone. */
function observeAbsent(look: Look, before: Read | null, leader: MasterId): DrainEvent[] {
  const { limits, at } = look;
  return proven(before, leader, at, limits)
    ? [{ type: 'ended', at, end: endOfAbsent(look) }]
    : first(before, leader, { type: 'absent-seen', at, leader });
}

function endOfAbsent({ successor }: Look): DrainEnd {
  return successor === null ? { kind: 'removed' } : { kind: 'replaced', by: successor };
}

/** The end that somebody else's change makes, or null while the drain shown is ours. */
function changedByOthers(
  agent: Pick<RegisteredAgent, 'drain' | 'deactivated'>,
  drain: Drain,
  at: Instant,
): DrainEvent | null {
  if (agent.drain === null)
    return agent.deactivated
      ? { type: 'ended', at, end: { kind: 'superseded', shown: 'deactivated' } }
      : { type: 'ended', at, end: { kind: 'reactivated' } };
  return isOurs(agent.drain, drain)
    ? null
    : { type: 'ended', at, end: { kind: 'superseded', shown: agent.drain } };
}

/** Whether the config that the master shows is the one we meant; it does not say who sent it. */
export function isOurs(shown: MasterDrain, drain: Pick<Drain, 'maxGrace'>): boolean {
  return !shown.markGone && sameGrace(shown.maxGraceNs, drain.maxGrace);
}

/** Whether this read is the second of one leader, late enough after the first. */
export function proven(before: Read | null, leader: MasterId, at: Instant, limits: Judging): boolean {
  return before !== null && before.leader === leader && at >= before.at + limits.proofGapMs;
}

/** The event that notes a first read, unless the same leader's is noted already. */
function first(before: Read | null, leader: MasterId, event: DrainEvent): DrainEvent[] {
  return before !== null && before.leader === leader ? [] : [event];
}
