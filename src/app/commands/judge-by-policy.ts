import { reasonsForApproval } from '../../domain/approval/needs-approval.ts';
import type { Command } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import { changeWantedBy } from '../../domain/policy/change-kind.ts';
import { refusalByPolicy, type WantedChange } from '../../domain/policy/judge-change.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { standing } from '../policies/standing-policy.ts';
import type { PolicyInForce } from '../ports.ts';

/** What the policy of the cluster has against this command now; null: nothing. */
export function refusedByPolicy(policy: PolicyInForce, command: Command, at: Instant): Refusal | null {
  const wanted = changeWantedBy(command);
  return wanted && refusalByPolicy(standing(policy), wanted, at);
}

/** Why one person may not have this done, where it kills nothing and nobody can be asked for it; null: they may. */
export function needsTwo(
  policy: PolicyInForce,
  { verb: kind, overrideFreeze }: Pick<WantedChange, 'overrideFreeze'> & { verb: WantedChange['kind'] },
  at: Instant,
): Refusal | null {
  const change = { kind, agents: 1, maxGrace: null, idle: false, overrideFreeze };
  const because = reasonsForApproval(policy.current(), change, at);
  return because.length === 0 ? null : { code: 'needs-approval', because };
}
