import { factsOf } from '../audit/facts.ts';
import type { AuditDraft } from '../audit.ts';
import type { Notice } from '../notice.ts';
import type { RollingPlan } from '../rolling.ts';
import type { RollingEvent } from './events.ts';
import { tallyOfRolling } from './tally.ts';

interface Narration {
  audit: Pick<AuditDraft, 'event' | 'agent' | 'decision' | 'outcome' | 'facts'> | null;
  say: { notice: Notice; broadcast: boolean } | null;
}

/** What an event of a rolling plan leaves behind. */
export function narrateRolling(_before: RollingPlan, after: RollingPlan, event: RollingEvent): Narration {
  switch (event.type) {
    case 'scheduled': // the entry of the command, and the card
    case 'asked': // the question tells
    case 'begun': // the card tells, and the entry of the command or of the question
    case 'line-moved':
    case 'phase-begun':
    case 'halted':
    case 'resumed':
      return { audit: null, say: null };
    case 'ended':
      return {
        audit: { event: 'plan.ended', outcome: event.end.kind, facts: factsOf(tallyOfRolling(after)) },
        say: null,
      };
  }
}
