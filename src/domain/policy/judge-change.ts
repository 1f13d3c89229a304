import type { Instant } from '../ids.ts';
import { type ChangeKind, irreversibleKinds, type Policy } from '../policy.ts';
import type { PolicyObjection, Refusal } from '../refusal.ts';
import { frozenBy } from './freeze.ts';

/** What somebody wants done, as far as a policy has a say in whether it may be. */
export interface WantedChange {
  kind: ChangeKind;
  /** Null: none was given. */
  reason: string | null;
  /** Freeze windows are to be overridden, which takes a second person. */
  overrideFreeze: boolean;
  /** A change of work that is under way: that has its reason, and nobody can be asked for this. */
  underWay: boolean;
}

/** The policy that stands, and why it is not the latest; null: it is. */
export interface Standing {
  policy: Policy;
  trouble: string | null;
}

/** What the policy has against a change that is asked for now, all of it at once; null: nothing. Whether it needs a
 * second person is another question (approval/needs-approval.ts). */
export function refusalByPolicy(
  { policy, trouble }: Standing,
  wanted: WantedChange,
  at: Instant,
): Refusal | null {
  if (trouble !== null && isIrreversible(wanted.kind)) return { code: 'policy-broken', why: trouble };
  const objections = [
    ...(wanted.overrideFreeze ? [] : ofFreezes(policy, wanted, at, [])),
    ...(wanted.underWay ? [] : ofReason(policy, wanted.reason)),
  ];
  return objections.length === 0 ? null : { code: 'against-policy', objections };
}

/** The same when an approved call is about to leave. `overridden`: the windows that the approval names. Its reason was
 * judged when it was asked, and people agreed to it. */
export function refusalAtCall(
  { policy, trouble }: Standing,
  { kind, overridden }: { kind: ChangeKind; overridden: readonly string[] },
  at: Instant,
): Refusal | null {
  if (trouble !== null && isIrreversible(kind)) return { code: 'policy-broken', why: trouble };
  const objections = ofFreezes(policy, { kind, underWay: false }, at, overridden);
  return objections.length === 0 ? null : { code: 'against-policy', objections };
}

/** Whether it takes two whatever the policy says. */
export function isIrreversible(kind: ChangeKind): boolean {
  return irreversibleKinds.some((each) => each === kind);
}

function ofFreezes(
  { freezes }: Policy,
  { kind, underWay }: Pick<WantedChange, 'kind' | 'underWay'>,
  at: Instant,
  overridden: readonly string[],
): PolicyObjection[] {
  return frozenBy(freezes, kind, at, overridden).map(({ name, until }) => ({
    about: 'freeze',
    name,
    until,
    command: kind,
    canOverride: !underWay,
  }));
}

function ofReason({ reasonPattern }: Policy, reason: string | null): PolicyObjection[] {
  if (reasonPattern === null) return [];
  const { source, words, example } = reasonPattern;
  if (reason !== null && new RegExp(source, 'u').test(reason)) return [];
  return [{ about: 'reason', words, example, given: reason !== null }];
}
