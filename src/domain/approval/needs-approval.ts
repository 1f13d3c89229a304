import type { Act } from '../approval.ts';
import type { DrainCommand } from '../command.ts';
import type { Instant, Seconds } from '../ids.ts';
import { frozenBy } from '../policy/freeze.ts';
import { isHourForTwo } from '../policy/hours.ts';
import { isIrreversible } from '../policy/judge-change.ts';
import type { ChangeKind, Policy } from '../policy.ts';
import type { Preview } from '../preview.ts';
import type { ApprovalReason } from '../refusal.ts';

/** What is judged by whether one person may have it done. */
export interface ForOneOrTwo {
  kind: ChangeKind;
  agents: number;
  /** Null: each task keeps its own, or nothing is killed. */
  maxGrace: Seconds | null;
  /** Nothing runs there. Where that is not known, something does (promise 10). */
  idle: boolean;
  overrideFreeze: boolean;
}

/** Why this needs a second person now; empty: it doesn't. */
export function reasonsForApproval(
  { needsApproval, freezes }: Pick<Policy, 'needsApproval' | 'freezes'>,
  { kind, agents, maxGrace, idle, overrideFreeze }: ForOneOrTwo,
  at: Instant,
): ApprovalReason[] {
  const { kinds, agentsOver, graceUnderSeconds: under, hours } = needsApproval;
  const because: ApprovalReason[] = [];
  if (isIrreversible(kind)) because.push({ why: 'irreversible', command: kind });
  else if (kinds.includes(kind)) because.push({ why: 'policy-verb', command: kind });
  if (maxGrace !== null && maxGrace < under && !idle)
    because.push({ why: 'short-grace', seconds: maxGrace, under });
  if (agents > agentsOver) because.push({ why: 'many-agents', agents, over: agentsOver });
  if (hours !== null && isHourForTwo(hours, at)) because.push({ why: 'hours', hours });
  if (overrideFreeze)
    for (const frozen of frozenBy(freezes, kind, at)) because.push({ why: 'freeze', ...frozen });
  return because;
}

/** Whether nothing runs there, for all that is known. */
export function isIdle({ groups }: Pick<Preview, 'groups'>): boolean {
  return groups.known && groups.value.length === 0;
}

/** What a drain command asks a second person for. */
export function actOf({ markGone, unattended, maxGrace, outFor }: DrainCommand): Act {
  if (!markGone) return { kind: 'drain', maxGrace, ...(outFor === undefined ? {} : { outFor }) };
  return { kind: unattended ? 'drain-unattended' : 'drain-then-gone', maxGrace };
}

/** The freeze windows that an approval for these reasons overrides, by name. */
export function overriddenBy(because: readonly ApprovalReason[]): string[] {
  return because.flatMap((reason) => (reason.why === 'freeze' ? [reason.name] : []));
}
