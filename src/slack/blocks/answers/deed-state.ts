import type { CommandDeed, DeedState, GonePlan } from '../../../domain/audit/deed.ts';
import { mention } from '../text/escape.ts';
import { minute } from '../text/time.ts';
import { endWord, refusedFor, settlementWord, spelled } from './audit-codes.ts';

/** Whether what was asked for has happened, for all that the log proves. */
export function hasHappened(verb: string | null, state: DeedState): boolean {
  if (state.is === 'drained') return true;
  if (state.is !== 'ended') return false;
  switch (verb) {
    case 'drain':
      return state.drainedAt !== null || (state.how === 'gone' && !state.outside);
    case 'deactivate':
      return state.drainedAt !== null;
    case 'reactivate':
      return state.how === 'active';
    case 'mark-gone':
      return state.how === 'gone';
    default:
      return state.how === 'done';
  }
}

/** What came of a deed, in a few words; `''`: its own words say that already. */
export function stateWords({ asked: { verb }, at: near }: CommandDeed, state: DeedState): string {
  switch (state.is) {
    case 'answered':
      return 'answered';
    case 'refused':
      return `refused: ${refusedFor(state.code)}`;
    case 'failed':
      return 'something broke, nothing was sent';
    case 'late':
      return 'picked up too late, not run';
    case 'asked':
      return 'waits for a second person';
    case 'scheduled':
      return `scheduled, begins ${at(state.hour, near)}`;
    case 'held':
      return `approved, its call leaves ${state.hour === undefined ? 'in a moment' : at(state.hour, near)}`;
    case 'settled':
      return `${settledWords(state)} ${at(state.at, near)}, nothing was sent`;
    case 'sent':
      return state.unknown ? 'no clear answer from the master, being looked up' : 'its call is on its way';
    case 'under-way':
      return underWayWords(verb, state);
    case 'drained':
      return `${provenWord(verb)} ${at(state.at, near)}${planWords(state.gone)}`;
    case 'ended': {
      if (state.how === 'done') return '';
      const drained = state.drainedAt === null ? '' : `${provenWord(verb)} ${at(state.drainedAt, near)}, `;
      return `${drained}${endWord(state.how)} ${at(state.at, near)}${byWords(state)}`;
    }
  }
}

/** Whose doing an end was, where neither the deed nor the end's own word says it. */
function byWords({ how, by, outside }: Extract<DeedState, { is: 'ended' }>): string {
  if (outside) return how === 'superseded' ? '' : ' by somebody outside the bot';
  return by === null || how === 'gone' ? '' : ` by ${mention(by)}`;
}

function provenWord(verb: string | null): string {
  return verb === 'deactivate' ? 'empty' : 'drained';
}

function at(time: string, near: string): string {
  return `at ${minute(time, near)}`;
}

function settledWords({ how, by }: Extract<DeedState, { is: 'settled' }>): string {
  if (by === null) return settlementWord(how);
  const byWhom = `by ${mention(by)}`;
  switch (how) {
    case 'withdrawn':
      return `taken back ${byWhom}`;
    case 'taken-back':
      return `approval taken back ${byWhom}`;
    default:
      return `${settlementWord(how)} ${byWhom}`;
  }
}

function underWayWords(
  verb: string | null,
  { left, of, waiting, gone }: Extract<DeedState, { is: 'under-way' }>,
): string {
  const stuck = waiting === null ? '' : `, waits${spelled(waiting)}`;
  switch (verb) {
    case 'reactivate':
      return `not back yet${stuck}`;
    case 'mark-gone':
      return `not proven gone yet${stuck}`;
    case 'hasten':
    case 'cancel':
      return 'the master took it, its effect is not seen yet';
    default: {
      const tasks =
        left === null ? '' : of === null ? `, ${left} tasks left` : `, ${left} of ${of} tasks left`;
      return `under way${tasks}${stuck}${planWords(gone)}`;
    }
  }
}

function planWords(gone: GonePlan): string {
  switch (gone) {
    case 'none':
      return '';
    case 'planned':
      return ', to be marked gone next';
    case 'dropped':
      return ', not marked gone';
  }
}
