import type { MasterDrain, Sighting } from '../agent.ts';
import { first, type Judging, judging, proven } from '../drain/proof.ts';
import { stillUnseen } from '../drain/unseen.ts';
import type { AgentId, Instant, MasterId } from '../ids.ts';
import type {
  Reactivation,
  ReactivationEnd,
  ReactivationEvent,
  ReactivationState,
  ReturnCause,
} from '../reactivation.ts';

/** What one look at the agent means for a reactivation: a table of status × sighting. An unchanged sighting yields
 * nothing; only time adds to it. `successor`: another agent id registered on the same host now. */
export function observeReactivation(
  reactivation: Reactivation,
  sighting: Sighting,
  successor: AgentId | null,
  limits: Judging = judging,
): ReactivationEvent[] {
  const look = { reactivation, sighting, successor, limits, at: sighting.at };
  switch (reactivation.state.status) {
    case 'calling': // the door is still waiting for the master's answer; it writes the next event itself
    case 'ended':
      return [];
    case 'checking':
      return observeChecking(look, reactivation.state);
    case 'confirming':
      return observeConfirming(look, reactivation.state);
  }
}

interface Look {
  reactivation: Reactivation;
  sighting: Sighting;
  successor: AgentId | null;
  limits: Judging;
  at: Instant;
}
type In<S extends ReactivationState['status']> = Extract<ReactivationState, { status: S }>;
/** What the master shows of an agent's service, registered or unreachable. */
type Shown = { drain: MasterDrain | null; deactivated: boolean };

/** The call's fate is unknown: its effect proves it was applied; two late reads without one, that it was not. */
function observeChecking(look: Look, state: In<'checking'>): ReactivationEvent[] {
  const { reactivation, sighting, limits, at } = look;
  const { master } = sighting;
  switch (master.kind) {
    case 'registered':
      return judgeEffect(master.agent, master.leader);
    case 'unreachable':
      return judgeEffect(master, master.leader);
    case 'gone':
      return ended({ kind: 'gone', goneAt: master.at });
    case 'absent': // nothing of it is in force any more; whether it ever was, nobody can say
      return unlessEffect(master.leader, endOfAbsent(look));
    case 'unexplained':
      return at >= state.since + limits.giveUpMs
        ? ended(lostSight(limits))
        : stillUnseen(look, state, master);
    case 'recovered': // shows neither drain nor deactivation, though the registry may hold both
    case 'not-read':
      return stillUnseen(look, state, master);
  }
  function judgeEffect(shown: Shown, leader: MasterId): ReactivationEvent[] {
    if (isInService(shown)) return [{ type: 'effect-seen', at, leader }];
    // The call was refused while DRAINING, so this drain is newer than it.
    if (shown.drain?.state === 'DRAINING') return ended({ kind: 'taken-out-again', shown: shown.drain });
    return unlessEffect(leader, { kind: 'not-applied' });
  }
  function unlessEffect(leader: MasterId, end: ReactivationEnd): ReactivationEvent[] {
    if (at < reactivation.intendedAt + limits.unknownMs) return [];
    return proven(state.noEffect, leader, at, limits)
      ? ended(end)
      : first(state.noEffect, leader, { type: 'no-effect-seen', at, leader });
  }
  function ended(end: ReactivationEnd): ReactivationEvent[] {
    return [{ type: 'ended', at, end }];
  }
}

/** It took effect; now the agent must be seen to be back. */
function observeConfirming(look: Look, state: In<'confirming'>): ReactivationEvent[] {
  const { sighting, limits, at } = look;
  const { master } = sighting;
  const listed: ReactivationEvent[] =
    state.firstAbsent !== null &&
    (master.kind === 'registered' || master.kind === 'unreachable' || master.kind === 'recovered')
      ? [{ type: 'listed-again', at }]
      : [];
  switch (master.kind) {
    case 'registered':
      if (!isInService(master.agent)) return takenOut(master.agent, at);
      return master.agent.active
        ? [...listed, ...observeActive(look, state)]
        : [...listed, ...waitingFor({ code: 'disconnected' }, look, state)];
    case 'unreachable':
      return isInService(master)
        ? [...listed, ...waitingFor({ code: 'unreachable', since: master.since }, look, state)]
        : takenOut(master, at);
    case 'gone':
      return [{ type: 'ended', at, end: { kind: 'gone', goneAt: master.at } }];
    case 'absent':
      return proven(state.firstAbsent, master.leader, at, limits)
        ? [{ type: 'ended', at, end: endOfAbsent(look) }]
        : first(state.firstAbsent, master.leader, { type: 'absent-seen', at, leader: master.leader });
    case 'recovered':
      return [...listed, ...waitingFor({ code: 'recovering' }, look, state)];
    case 'unexplained':
      return waitingFor({ code: 'not-listed', why: master.why }, look, state);
    case 'not-read':
      return waitingFor({ code: 'master-silent', why: master.why }, look, state);
  }
}

/** The master has it active. The agent's own word is waited for a while: one that drains would drop new tasks. */
function observeActive(look: Look, state: In<'confirming'>): ReactivationEvent[] {
  const { sighting, limits, at } = look;
  const { agent } = sighting;
  if (agent.kind === 'asked')
    return agent.draining
      ? waitingFor({ code: 'agent-draining' }, look, state)
      : [{ type: 'ended', at, end: { kind: 'active', agentNotAsked: null } }];
  const silentSince = state.waiting?.cause.code === 'agent-silent' ? state.waiting.since : at;
  return at >= silentSince + limits.agentSilenceMs
    ? [{ type: 'ended', at, end: { kind: 'active', agentNotAsked: agent.why } }]
    : waitingFor({ code: 'agent-silent', why: agent.why }, look, state);
}

/** The events of a look that ends nothing: a cause that is new, or that must be told now. */
function waitingFor(cause: ReturnCause, look: Look, state: In<'confirming'>): ReactivationEvent[] {
  const { limits, at } = look;
  const same = state.waiting !== null && state.waiting.cause.code === cause.code ? state.waiting : null;
  const since = same?.since ?? at;
  if (cause.code === 'not-listed' && at >= since + limits.giveUpMs)
    return [{ type: 'ended', at, end: lostSight(limits) }];
  const tell = !state.told.includes(cause.code) && at >= since + patienceWith(cause, limits);
  return tell || same === null ? [{ type: 'waiting', at, cause, tell }] : [];
}

/** How long nobody is told. Milliseconds. */
function patienceWith(cause: ReturnCause, limits: Judging): number {
  switch (cause.code) {
    case 'unreachable':
    case 'recovering':
    case 'disconnected':
    case 'agent-draining':
      return 0; // whoever asked counts on the agent
    case 'master-silent':
    case 'not-listed':
      return limits.stuckAfterMs;
    case 'agent-silent':
      return Number.POSITIVE_INFINITY; // the end tells it
  }
}

/** Neither deactivated nor with a drain: what a reactivation makes of an agent, wherever it is. */
function isInService(shown: Shown): boolean {
  return shown.drain === null && !shown.deactivated;
}

function takenOut(shown: Shown, at: Instant): ReactivationEvent[] {
  return [{ type: 'ended', at, end: { kind: 'taken-out-again', shown: shown.drain ?? 'deactivated' } }];
}

function endOfAbsent({ successor }: Look): ReactivationEnd {
  return successor === null ? { kind: 'removed' } : { kind: 'replaced', by: successor };
}

function lostSight(limits: Judging): ReactivationEnd {
  return { kind: 'lost-sight', forDays: Math.floor(limits.giveUpMs / 86_400_000) };
}
