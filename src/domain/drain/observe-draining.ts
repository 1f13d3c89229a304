import { wordOf } from '../approval/witness.ts';
import type { DrainEvent } from '../drain.ts';
import { observeDepartures } from '../history/departures.ts';
import type { MasterId } from '../ids.ts';
import { observeAmendment } from './amendment.ts';
import { changedByOthers, goneEnd, type In, type Look, observeAbsent } from './look.ts';
import { observeProgress } from './progress.ts';
import { type Emptiness, proveEmpty } from './prove-empty.ts';
import { isEmpty, waitingOn } from './stuck.ts';

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
        ...observeAmendment(look, state, master.agent.drain, master.leader),
        ...observeDepartures(look, state),
      ];
      return master.agent.drain?.state === 'DRAINED'
        ? [...noted, ...proofOf(look, state, noted, master.leader)]
        : [...noted, ...observeSaysDraining(look, state)];
    }
    case 'unreachable': {
      const changed = changedByOthers(master, drain, at);
      if (changed !== null) return [changed];
      return [
        ...listed,
        ...observeAmendment(look, state, master.drain, master.leader),
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

/** While the fate of a change is open, nothing is concluded: its call may still arrive, and begin the drain anew with
 * another config, which would look like somebody else's. */
function proofOf(look: Look, state: In<'draining'>, noted: DrainEvent[], leader: MasterId): DrainEvent[] {
  const events = proveEmpty(look, state, leader, asDrained);
  const isOpen =
    state.amendment !== null && !noted.some(({ type }) => type === 'amended' || type === 'amend-not-applied');
  return isOpen ? events.filter(({ type }) => type !== 'drained') : events;
}

const asDrained: Emptiness = {
  isEmpty,
  isBusy: ({ code }) => code === 'agent-still-busy',
};

function observeSaysDraining(look: Look, state: In<'draining'>): DrainEvent[] {
  const unseen: DrainEvent[] = state.firstDrained === null ? [] : [{ type: 'drained-unseen', at: look.at }];
  return [...unseen, ...observeProgress(look, state)];
}
