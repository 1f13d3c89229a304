import { bodyLimit } from '../domain/audit.ts';
import type { CallOutcome } from '../domain/call.ts';
import type { Instant, MasterId } from '../domain/ids.ts';

/** What the outcome of a call means for the work that it was for; all that make calls have these three events. */
export type OutcomeEvent =
  | { type: 'call-accepted'; at: Instant; master: MasterId | null }
  | { type: 'call-rejected'; at: Instant; httpStatus: number | null; body: string }
  | { type: 'call-unknown'; at: Instant; why: string };

export function outcomeEvent(outcome: CallOutcome, at: Instant): OutcomeEvent {
  switch (outcome.kind) {
    case 'accepted':
      return { type: 'call-accepted', at, master: outcome.master };
    case 'rejected': {
      const { httpStatus, body } = outcome;
      return { type: 'call-rejected', at, httpStatus, body: body.slice(0, bodyLimit) };
    }
    case 'unknown':
      return { type: 'call-unknown', at, why: outcome.why };
  }
}
