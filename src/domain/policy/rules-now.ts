import type { Instant } from '../ids.ts';
import { type ChangeKind, changeKinds, type DrainLimits, type Policy } from '../policy.ts';
import { type Frozen, frozenBy } from './freeze.ts';
import { isHourForTwo } from './hours.ts';
import { isIrreversible, type Standing } from './judge-change.ts';
import { hoursInWords } from './times-in-words.ts';

/** What a policy lets people do now, as far as they should know before they type. */
export interface RulesNow {
  /** Why the latest policy could not be read; null: it stands. */
  trouble: string | null;
  frozen: (Frozen & { kinds: ChangeKind[] })[];
  /** Votes beside the one who asks; `oneOf`: some of the people are named of whom one must be among them. */
  needed: number;
  oneOf: boolean;
  /** What always takes two, beside what can't be undone. */
  kinds: ChangeKind[];
  agentsOver: number;
  graceUnderSeconds: number;
  /** In words; null: there are none. */
  hours: { words: string; now: boolean } | null;
  limits: DrainLimits;
  reason: { words: string; example: string } | null;
  nameMustBeTyped: boolean;
}

export function rulesNow({ policy, trouble }: Standing, at: Instant): RulesNow {
  const { approvals, needsApproval: needs, limits, reasonPattern, nameMustBeTyped } = policy;
  return {
    trouble,
    frozen: frozenNow(policy, at),
    needed: approvals.needed,
    oneOf: approvals.oneOf !== null,
    kinds: needs.kinds.filter((kind) => !isIrreversible(kind)),
    agentsOver: needs.agentsOver,
    graceUnderSeconds: needs.graceUnderSeconds,
    hours:
      needs.hours === null ? null : { words: hoursInWords(needs.hours), now: isHourForTwo(needs.hours, at) },
    limits,
    reason: reasonPattern === null ? null : { words: reasonPattern.words, example: reasonPattern.example },
    nameMustBeTyped,
  };
}

function frozenNow({ freezes }: Policy, at: Instant): RulesNow['frozen'] {
  return freezes.flatMap((window) => {
    const kinds = changeKinds.filter((kind) => frozenBy([window], kind, at).length > 0);
    return frozenBy([window], kinds[0] ?? 'drain', at).map((frozen) => ({ ...frozen, kinds }));
  });
}
