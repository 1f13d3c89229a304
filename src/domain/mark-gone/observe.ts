import { type MasterDrain, type MasterSighting, type RegisteredAgent, sameGrace } from '../agent.ts';
import { first, type Judging, judging, proven } from '../drain/proof.ts';
import type { Instant, MasterId } from '../ids.ts';
import type { GoneCause, MarkGone, MarkGoneEnd, MarkGoneEvent, MarkGoneState } from '../mark-gone.ts';

/** What one look at the master means for a mark gone: a table of status × sighting. Only the registry's own word is a
 * proof; absence never is. An unchanged sighting yields nothing; only time adds to it. */
export function observeMarkGone(
  marking: MarkGone,
  seen: MasterSighting,
  at: Instant,
  limits: Judging = judging,
): MarkGoneEvent[] {
  const look = { marking, seen, at, limits };
  switch (marking.state.status) {
    case 'calling': // the door is still waiting for the master's answer; it writes the next event itself
    case 'ended':
      return [];
    case 'checking':
      return observeChecking(look, marking.state);
    case 'confirming':
      return observeConfirming(look, marking.state);
  }
}

interface Look {
  marking: MarkGone;
  seen: MasterSighting;
  at: Instant;
  limits: Judging;
}
type In<S extends MarkGoneState['status']> = Extract<MarkGoneState, { status: S }>;
type Shown = Pick<RegisteredAgent, 'drain' | 'deactivated'>;

/** The call's fate is unknown: gone proves it; two late reads of a leader that lists the agent otherwise disprove it. */
function observeChecking(look: Look, state: In<'checking'>): MarkGoneEvent[] {
  const { seen } = look;
  switch (seen.kind) {
    case 'gone':
      return gone(look, seen);
    case 'registered':
      return judge(seen.agent, seen.leader);
    case 'unreachable':
      return judge(seen, seen.leader);
    case 'recovered': // the master may list a gone agent so until it fails over (mesos-api 2.5)
    case 'absent':
    case 'unexplained':
    case 'not-read':
      return waitingFor(causeOf(look), look, state);
  }
  function judge(shown: Shown, leader: MasterId): MarkGoneEvent[] {
    const { marking, at, limits } = look;
    if (isOrdered(marking, shown.drain)) return [{ type: 'effect-seen', at, leader }];
    if (at < marking.intendedAt + limits.unknownMs) return [];
    return proven(state.noEffect, leader, at, limits)
      ? ended(look, { kind: 'not-applied' })
      : first(state.noEffect, leader, { type: 'no-effect-seen', at, leader });
  }
}

/** The master took it: from here on only the registry's "gone" ends it well. */
function observeConfirming(look: Look, state: In<'confirming'>): MarkGoneEvent[] {
  const { seen, marking } = look;
  switch (seen.kind) {
    case 'gone':
      return gone(look, seen);
    case 'registered':
    case 'unreachable': {
      const shown: Shown = seen.kind === 'registered' ? seen.agent : seen;
      const changed = marking.call.by === 'second-drain' && !isOrdered(marking, shown.drain);
      return changed
        ? ended(look, { kind: 'superseded', shown: inService(shown) })
        : waitingFor(causeOf(look), look, state);
    }
    case 'recovered':
    case 'absent':
    case 'unexplained':
    case 'not-read':
      return waitingFor(causeOf(look), look, state);
  }
}

/** Whether the master shows the order of the second call: ours, with `mark_gone: true`. */
function isOrdered({ call }: MarkGone, shown: MasterDrain | null): boolean {
  return call.by === 'second-drain' && shown?.markGone === true && sameGrace(shown.maxGraceNs, call.maxGrace);
}

function inService({ drain, deactivated }: Shown): MasterDrain | 'deactivated' | 'in service' {
  return drain ?? (deactivated ? 'deactivated' : 'in service');
}

function causeOf({ seen }: Look): GoneCause {
  switch (seen.kind) {
    case 'not-read':
      return { code: 'master-silent', why: seen.why };
    case 'recovered':
      return { code: 'recovering' };
    case 'unreachable':
      return { code: 'unreachable', since: seen.since };
    case 'unexplained':
      return { code: 'not-listed', why: seen.why };
    case 'absent':
      return { code: 'listed-nowhere' };
    case 'registered':
      return { code: 'still-there', shown: seen.agent.drain ?? 'no drain' };
    case 'gone':
      throw new TypeError('gone is a proof, and no wait');
  }
}

/** Told when it has lasted, then hourly, after a day daily; given up after a week (product.md 5.3). */
function waitingFor(
  cause: GoneCause,
  look: Look,
  { waiting }: In<'checking'> | In<'confirming'>,
): MarkGoneEvent[] {
  const { at, limits } = look;
  const note = (tell: boolean): MarkGoneEvent[] => [{ type: 'waiting', at, cause, tell }];
  if (waiting === null) return note(false);
  if (at >= waiting.since + limits.giveUpMs)
    return ended(look, { kind: 'lost-sight', forDays: Math.floor(limits.giveUpMs / 86_400_000) });
  // A look that shows less than the last one says nothing new: what was told stands.
  const blind = isBlind(cause);
  const changed = waiting.cause.code !== cause.code && !blind;
  const pause = at >= waiting.since + limits.repeatSlowMs ? limits.repeatSlowMs : limits.repeatMs;
  const due =
    waiting.toldAt === null
      ? at >= waiting.since + limits.agentSilenceMs
      : changed || at >= waiting.toldAt + pause;
  if (due) return note(true);
  if (blind && !isBlind(waiting.cause)) return [];
  return JSON.stringify(cause) === JSON.stringify(waiting.cause) ? [] : note(false);
}

/** Whether the master, or what explains an agent that it doesn't list, could not be read. */
function isBlind({ code }: GoneCause): boolean {
  return code === 'master-silent' || code === 'not-listed';
}

function gone(look: Look, seen: Extract<MasterSighting, { kind: 'gone' }>): MarkGoneEvent[] {
  return ended(look, { kind: 'gone', goneAt: seen.at, checked: { leader: seen.leader, at: look.at } });
}

function ended({ at }: Look, end: MarkGoneEnd): MarkGoneEvent[] {
  return [{ type: 'ended', at, end }];
}
