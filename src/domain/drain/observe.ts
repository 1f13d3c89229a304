import type { MasterDrain, Sighting } from '../agent.ts';
import { observeCheckingDeactivation, observeDeactivated } from '../deactivation/observe.ts';
import type { Drain, DrainEnd, DrainEvent } from '../drain.ts';
import type { AgentId, Instant, MasterId } from '../ids.ts';
import { changedByOthers, endOfAbsent, goneEnd, type In, isOurs, type Look, observeAbsent } from './look.ts';
import { observeDraining } from './observe-draining.ts';
import { first, type Judging, judging, proven } from './proof.ts';
import { stillUnseen } from './unseen.ts';

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
      return drain.way === 'deactivate'
        ? observeCheckingDeactivation(look, drain.state)
        : observeChecking(look, drain.state);
    case 'draining':
      return drain.way === 'deactivate'
        ? observeDeactivated(look, drain.state)
        : observeDraining(look, drain.state);
    case 'drained':
      return observeDrained(look, drain.state);
  }
}

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
      return [{ type: 'ended', at, end: goneEnd(master, at) }];
    case 'absent':
      // Of one that is to be marked gone this is neither the proof nor the opposite.
      if (drain.markGone) {
        const lost = outOfSight(look, state.since);
        return lost.length > 0 ? lost : stillUnseen(look, state, master);
      }
      // No drain of ours is in force; whether there was one, nobody can say any more.
      return judgeEffect(null, master.leader, endOfAbsent(look));
    case 'recovered': // shows no drain, though the registry may hold one
    case 'unexplained':
    case 'not-read':
      return stillUnseen(look, state, master);
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
      return [{ type: 'ended', at, end: goneEnd(master, at) }];
    case 'absent':
      return observeAbsent(look, state.firstAbsent, master.leader);
    case 'recovered':
    case 'unexplained':
    case 'not-read':
      return listed;
  }
}

/** Given up when nobody could say for a week what became of it. */
function outOfSight({ limits, at }: Look, since: Instant): DrainEvent[] {
  if (at < since + limits.giveUpMs) return [];
  const forDays = Math.floor(limits.giveUpMs / 86_400_000);
  return [{ type: 'ended', at, end: { kind: 'lost-sight', forDays } }];
}
