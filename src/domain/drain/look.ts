import type { MasterDrain, MasterSighting, RegisteredAgent, Sighting } from '../agent.ts';
import type { Drain, DrainEnd, DrainEvent, DrainState, Read } from '../drain.ts';
import type { AgentId, Instant, MasterId } from '../ids.ts';
import { changed, shows } from './amendment.ts';
import { first, type Judging, proven } from './proof.ts';

/** A look at the agent of a drain, and what it is judged by. */
export interface Look {
  drain: Drain;
  sighting: Sighting;
  successor: AgentId | null;
  limits: Judging;
  at: Instant;
}
/** A drain's state of one status. */
export type In<S extends DrainState['status']> = Extract<DrainState, { status: S }>;

/** Listed nowhere, in two reads of one leader: a fact about the registry, not a proof of gone. */
export function observeAbsent(look: Look, before: Read | null, leader: MasterId): DrainEvent[] {
  const { limits, at } = look;
  return proven(before, leader, at, limits)
    ? [{ type: 'ended', at, end: endOfAbsent(look) }]
    : first(before, leader, { type: 'absent-seen', at, leader });
}

/** What it means that an agent is listed nowhere. */
export function endOfAbsent({ drain, sighting: { master }, successor }: Look): DrainEnd {
  if (successor !== null) return { kind: 'replaced', by: successor };
  // The schedule tells machines apart by hostname and IP; the IP of one that is gone is known to nobody any more.
  const down =
    master.kind === 'absent'
      ? master.down?.find(({ hostname }) => hostname?.toLowerCase() === drain.hostname.toLowerCase())
      : undefined;
  return down === undefined ? { kind: 'removed' } : { kind: 'removed', down };
}

/** The end of an agent that the registry of one and the same leader lists as gone. */
export function goneEnd(
  { leader, at: goneAt }: Extract<MasterSighting, { kind: 'gone' }>,
  at: Instant,
): Extract<DrainEnd, { kind: 'gone' }> {
  return { kind: 'gone', goneAt, checked: { leader, at } };
}

/** The end that somebody else's change makes, or null while the drain shown is ours. `active` absent: it is not
 * connected. */
export function changedByOthers(
  agent: Pick<RegisteredAgent, 'drain' | 'deactivated'> & { active?: boolean },
  drain: Drain,
  at: Instant,
): DrainEvent | null {
  if (agent.drain === null && drain.way === 'deactivate' && agent.deactivated) return null;
  if (agent.drain === null)
    return agent.deactivated
      ? { type: 'ended', at, end: { kind: 'superseded', shown: 'deactivated' } }
      : {
          type: 'ended',
          at,
          end: agent.active === true ? { kind: 'reactivated' } : { kind: 'reactivated', away: true },
        };
  return isOurs(agent.drain, drain)
    ? null
    : { type: 'ended', at, end: { kind: 'superseded', shown: agent.drain } };
}

/** Whether the config that the master shows is one we meant; it does not say who sent it. While it is being changed, the
 * master may show either. A deactivation means no config at all. */
export function isOurs(
  shown: MasterDrain,
  drain: Pick<Drain, 'way' | 'maxGrace' | 'markGone' | 'state'>,
): boolean {
  const { way, state } = drain;
  if (way === 'deactivate') return false;
  if (shows(shown, drain)) return true;
  const amendment = state.status === 'draining' ? state.amendment : null;
  return amendment !== null && shows(shown, changed(drain, amendment.change));
}
