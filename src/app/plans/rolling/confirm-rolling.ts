import type { ConfirmCommand } from '../../../domain/command.ts';
import type { PersonFacts } from '../../../domain/person.ts';
import { type Result, refuse } from '../../../domain/refusal.ts';
import type { RollingPlan } from '../../../domain/rolling.ts';
import type { AskDeps } from '../../approvals/asking/ask-approval.ts';
import type { InboxCommand } from '../../ports.ts';

/** Looks at all of a plan again. As it was shown it begins, or a second person is asked; else it is shown anew, and nothing
 * is done. */
export async function confirmRolling(
  _deps: AskDeps,
  _command: ConfirmCommand,
  plan: RollingPlan,
  _typed: InboxCommand,
  _person: PersonFacts,
): Promise<Result<'settled'>> {
  return refuse({ code: 'plan-settled', plan: plan.id, how: 'not-confirmed' });
}
