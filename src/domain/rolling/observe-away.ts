import type { MasterDrain, MasterSighting } from '../agent.ts';
import { type Judging, judging, proven } from '../drain/proof.ts';
import type { Read } from '../drain.ts';
import type { Instant, MasterId } from '../ids.ts';
import type { KeepingAway, LineFailure, RollingLine, RollingLineState } from '../rolling.ts';

/** One look at an agent from which new tasks are kept away. */
export interface AwayLook {
  /** Before its first read was sent: of what was done later it may show the time before. */
  begun: Instant;
  at: Instant;
  seen: MasterSighting;
}

type Away = Extract<RollingLineState, { is: 'kept-away' }>;

/** What one look means for a line whose agent is kept away, or is about to be: a table of state × sighting. Null: nothing. */
export function observeAway(
  { state }: Pick<RollingLine, 'state'>,
  look: AwayLook,
  limits: Judging = judging,
): RollingLineState | null {
  if (state.is === 'kept-away')
    return look.begun < state.since ? null : judge(look, asItWas(state), still(state, look, limits));
  if (state.is !== 'deactivating') return null;
  const { call } = state;
  switch (call.at) {
    case 'calling': // the door is still waiting for the master's answer; it writes the next state itself
      return null;
    case 'checking':
      return judge(look, keptAway(look), (why) => unseen(call, look, limits, why));
    case 'confirming':
      return look.begun < call.acceptedAt
        ? null
        : judge(look, keptAway(look), (why) => confirming(call, look, limits, why));
  }
}

/** `deactivated`: what it means that it is kept away. `otherwise`: that it is in service, or nowhere. */
function judge(
  { seen }: AwayLook,
  deactivated: RollingLineState | null,
  otherwise: (found: Otherwise) => RollingLineState | null,
): RollingLineState | null {
  switch (seen.kind) {
    case 'registered':
      return ofService(seen.agent, seen.leader);
    case 'unreachable':
      return ofService(seen, seen.leader);
    case 'gone':
      return failed({ code: 'gone' });
    case 'absent':
      return otherwise({ leader: seen.leader, why: { code: 'removed' } });
    case 'recovered': // shows nothing of it, though the registry may hold it
    case 'unexplained':
    case 'not-read':
      return null;
  }

  function ofService(
    shown: { drain: MasterDrain | null; deactivated: boolean },
    leader: MasterId,
  ): RollingLineState | null {
    if (shown.drain !== null) return failed({ code: 'drained-elsewhere' });
    return shown.deactivated ? deactivated : otherwise({ leader, why: { code: 'reactivated-elsewhere' } });
  }
}

interface Otherwise {
  leader: MasterId;
  why: LineFailure;
}

/** Its fate is unknown: two late reads without an effect prove that it was not applied. */
function unseen(
  call: Extract<KeepingAway, { at: 'checking' }>,
  { at }: AwayLook,
  limits: Judging,
  { leader, why }: Otherwise,
): RollingLineState | null {
  if (at < call.intendedAt + limits.unknownMs) return null;
  if (proven(call.noEffect, leader, at, limits))
    return failed(why.code === 'removed' ? why : { code: 'not-applied' });
  const noEffect = firstRead(call.noEffect, leader, at);
  return noEffect === null ? null : { is: 'deactivating', call: { ...call, noEffect } };
}

function confirming(
  call: Extract<KeepingAway, { at: 'confirming' }>,
  { at }: AwayLook,
  limits: Judging,
  { leader, why }: Otherwise,
): RollingLineState | null {
  if (proven(call.amiss, leader, at, limits)) return failed(why);
  const amiss = firstRead(call.amiss, leader, at);
  return amiss === null ? null : { is: 'deactivating', call: { ...call, amiss } };
}

function still(state: Away, { at }: AwayLook, limits: Judging) {
  return ({ leader, why }: Otherwise): RollingLineState | null => {
    if (proven(state.amiss, leader, at, limits)) return failed(why);
    const amiss = firstRead(state.amiss, leader, at);
    return amiss === null ? null : { ...state, amiss };
  };
}

function asItWas(state: Away): RollingLineState | null {
  return state.amiss === null ? null : { ...state, amiss: null };
}

/** Null: this leader's is noted already. */
function firstRead(before: Read | null, leader: MasterId, at: Instant): Read | null {
  return before?.leader === leader ? null : { leader, at };
}

function keptAway({ at }: AwayLook): RollingLineState {
  return { is: 'kept-away', since: at, ours: true, amiss: null, leftOut: null };
}

function failed(why: LineFailure): RollingLineState {
  return { is: 'failed', drain: null, why };
}
