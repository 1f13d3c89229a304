import { type AgentSighting, isInUse, type RegisteredAgent } from '../agent.ts';
import { changedByOthers, endOfAbsent, goneEnd, type In, type Look, observeAbsent } from '../drain/look.ts';
import { observeProgress } from '../drain/progress.ts';
import { first, proven } from '../drain/proof.ts';
import { proveEmpty } from '../drain/prove-empty.ts';
import { isEmpty, waitingOn } from '../drain/stuck.ts';
import { stillUnseen } from '../drain/unseen.ts';
import type { DrainEnd, DrainEvent } from '../drain.ts';
import type { MasterId } from '../ids.ts';
import { isHeld } from './still-held.ts';

/** The fate of a DEACTIVATE_AGENT is unknown: its effect proves it was applied; two late reads without it, that it was
 * not. An agent that was deactivated before shows the effect at once, and that is true as well. */
export function observeCheckingDeactivation(look: Look, state: In<'checking'>): DrainEvent[] {
  const { drain, sighting, limits, at } = look;
  const { master } = sighting;
  switch (master.kind) {
    case 'registered':
    case 'unreachable': {
      const shown = master.kind === 'registered' ? master.agent : master;
      if (shown.drain !== null)
        return [{ type: 'ended', at, end: { kind: 'superseded', shown: shown.drain } }];
      return shown.deactivated
        ? [{ type: 'effect-seen', at, leader: master.leader }]
        : withoutEffect(master.leader, { kind: 'not-applied' });
    }
    case 'gone':
      return [{ type: 'ended', at, end: goneEnd(master, at) }];
    case 'absent':
      // No deactivation of ours is in force; whether there was one, nobody can say any more.
      return withoutEffect(master.leader, endOfAbsent(look));
    case 'recovered': // shows nothing of it, though the registry may hold it
    case 'unexplained':
    case 'not-read':
      return stillUnseen(look, state, master);
  }
  function withoutEffect(leader: MasterId, end: DrainEnd): DrainEvent[] {
    if (at < drain.intendedAt + limits.unknownMs) return [];
    return proven(state.noEffect, leader, at, limits)
      ? [{ type: 'ended', at, end }]
      : first(state.noEffect, leader, { type: 'no-effect-seen', at, leader });
  }
}

/** What one look means for an agent that we keep new tasks from, until it holds nothing. */
export function observeDeactivated(look: Look, state: In<'draining'>): DrainEvent[] {
  const { drain, sighting, at } = look;
  const { master } = sighting;
  const listed: DrainEvent[] =
    state.firstAbsent !== null &&
    (master.kind === 'registered' || master.kind === 'unreachable' || master.kind === 'recovered')
      ? [{ type: 'listed-again', at }]
      : [];
  switch (master.kind) {
    case 'registered': {
      const changed = changedByOthers(master.agent, drain, at);
      return changed !== null ? [changed] : [...listed, ...observeWork(look, state, master)];
    }
    case 'unreachable': {
      const changed = changedByOthers(master, drain, at);
      return changed !== null ? [changed] : [...listed, ...waitingOn(look, state)];
    }
    case 'gone':
      return [{ type: 'ended', at, end: goneEnd(master, at) }];
    case 'absent':
      return observeAbsent(look, state.firstAbsent, master.leader);
    case 'recovered':
    case 'unexplained':
    case 'not-read':
      return [...listed, ...waitingOn(look, state)];
  }
}

/** Two reads of one leader and, in both, the agent's own word that nothing is left; or the honest lack of it. */
function observeWork(
  look: Look,
  state: In<'draining'>,
  { leader, agent: shown }: { leader: MasterId; agent: RegisteredAgent },
): DrainEvent[] {
  const { sighting, at } = look;
  if (!looksEmpty(sighting.agent, shown)) {
    const unseen: DrainEvent[] = state.firstDrained === null ? [] : [{ type: 'drained-unseen', at }];
    return [...unseen, ...observeProgress(look, state)];
  }
  return proveEmpty(look, state, leader, { isEmpty: isEmptied, isBusy: isHeld });
}

/** By the agent's word and by what the master counts as in use on it, for agents leave out, without a word, what the bot
 * may not see (mesos-api 10.17). Where the agent can't be asked, by the master's count alone. */
function looksEmpty(agent: AgentSighting, { used }: RegisteredAgent): boolean {
  return !isInUse(used) && (agent.kind === 'not-asked' || isEmptied(agent));
}

/** A drain that the agent remembers from before keeps nothing on it. */
function isEmptied(agent: Extract<AgentSighting, { kind: 'asked' }>): boolean {
  return isEmpty({ ...agent, draining: false });
}
