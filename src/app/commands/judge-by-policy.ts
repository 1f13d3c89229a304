import { type ForOneOrTwo, reasonsForApproval } from '../../domain/approval/needs-approval.ts';
import type { Command, DeactivateCommand, ReactivateCommand } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import { changeWantedBy } from '../../domain/policy/change-kind.ts';
import { refusalByPolicy } from '../../domain/policy/judge-change.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { Overtaken } from '../overtaken.ts';
import { standing } from '../policies/standing-policy.ts';
import type { Clock, PolicyInForce } from '../ports.ts';

/** What the policy of the cluster has against this command now; null: nothing. */
export function refusedByPolicy(policy: PolicyInForce, command: Command, at: Instant): Refusal | null {
  const wanted = changeWantedBy(command);
  return wanted && refusalByPolicy(standing(policy), wanted, at);
}

/** Whether this, which kills nothing, takes two people. */
export function needsTwo(policy: PolicyInForce, command: KillsNothing, at: Instant): boolean {
  return reasonsForApproval(policy.current(), changeOf(command), at).length > 0;
}

type KillsNothing = Pick<DeactivateCommand | ReactivateCommand, 'verb' | 'overrideFreeze'>;

/** Of one agent, as whether it takes two is judged by. */
export function changeOf({ verb, overrideFreeze }: KillsNothing): ForOneOrTwo {
  return { kind: verb, agents: 1, maxGrace: null, idle: false, overrideFreeze };
}

/** The same once more, where the call of a command that one person may give is about to leave: the policy and the hour may
 * be others by then. Throws an Overtaken. */
export function refuseIfForbiddenByNow(
  { policy, clock }: { policy: PolicyInForce; clock: Clock },
  command: Command,
  change: ForOneOrTwo,
): void {
  const at = clock.now();
  const forbidden = refusedByPolicy(policy, command, at);
  if (forbidden !== null) throw new Overtaken(forbidden);
  const because = reasonsForApproval(policy.current(), change, at);
  if (because.length > 0) throw new Overtaken({ code: 'needs-approval', because });
}
