import type { MasterSighting } from '../agent.ts';
import type { DrainEvent } from '../drain.ts';
import type { Cause } from './cause.ts';
import type { In, Look } from './look.ts';

/** A look that can't tell what became of a call. */
type Blind = Extract<MasterSighting, { kind: 'not-read' | 'recovered' | 'unexplained' | 'absent' }>;

/** While nothing can be found out about a call: told when that has lasted, then hourly, of an agent that is not listed
 * daily after a day; a call is never taken for lost because nobody could look. */
export function stillUnseen(look: Look, { waiting }: In<'checking'>, seen: Blind): DrainEvent[] {
  const { at, limits } = look;
  const cause = blindCause(seen);
  const note = (tell: boolean): DrainEvent[] => [{ type: 'waiting', at, cause, tell }];
  if (waiting === null) return note(false);
  const slow = cause.code === 'not-listed' && at >= waiting.since + limits.repeatSlowMs;
  const due =
    waiting.toldAt === null
      ? at >= waiting.since + limits.stuckAfterMs
      : at >= waiting.toldAt + (slow ? limits.repeatSlowMs : limits.repeatMs);
  if (due) return note(true);
  return waiting.cause.code === cause.code ? [] : note(false);
}

function blindCause(seen: Blind): Cause {
  switch (seen.kind) {
    case 'not-read':
      return { code: 'master-silent', why: seen.why };
    case 'recovered':
      return { code: 'recovering' };
    case 'unexplained':
      return { code: 'not-listed', why: seen.why };
    case 'absent':
      return { code: 'not-listed', why: 'it stands in no list of the registry' };
  }
}
