import { nearest } from '../../domain/nearest.ts';
import { type PolicyFinding, unsoundIn } from '../../domain/policy/soundness.ts';
import {
  type ChangeKind,
  changeKinds,
  type Entitled,
  type FreezeWindow,
  irreversibleKinds,
  type Policy,
} from '../../domain/policy.ts';
import { type PolicySection, policySection } from './section.ts';
import { freezeTimeOf } from './times.ts';

/** A cluster's policy as its section of the file has it, over what the variables say; with everything that is wrong with
 * it, each by the place in the section. Where there is a problem, the policy counts for nothing. */
export function readPolicySection(
  section: unknown,
  base: Policy,
): { policy: Policy; problems: PolicyFinding[] } {
  const read = policySection.safeParse(section ?? {});
  if (!read.success) {
    const problems = read.error.issues.flatMap((issue): PolicyFinding[] => {
      const path = issue.path.map((each) => (typeof each === 'symbol' ? String(each) : each));
      if (issue.code !== 'unrecognized_keys') return [{ path, what: issue.message }];
      return issue.keys.map((key) => ({
        path: [...path, key],
        what: `is no setting${path.length === 0 ? meant(key) : ''}`,
      }));
    });
    return { policy: base, problems };
  }
  const problems: PolicyFinding[] = [];
  const policy = over(base, read.data, problems);
  return { policy, problems: [...problems, ...unsoundIn(policy)] };
}

function meant(key: string): string {
  const [near] = nearest(key, Object.keys(policySection.shape));
  return near === undefined ? '' : `; meant ${near}?`;
}

function over(base: Policy, section: PolicySection, problems: PolicyFinding[]): Policy {
  const { approvals, needs_approval: needs, limits } = section;
  const oneOf = approvals?.one_of ?? base.approvals.oneOf;
  const approvers = section.approvers ?? base.approvers;
  return {
    operators: section.operators ?? base.operators,
    // Of whom one has to approve, they are approvers.
    approvers: oneOf === null ? approvers : union(approvers, oneOf),
    channels: section.channels === undefined ? base.channels : section.channels,
    approvals: {
      needed: approvals?.needed ?? base.approvals.needed,
      oneOf,
      approving: approvals?.emoji ?? base.approvals.approving,
      holdMs: approvals?.hold === undefined ? base.approvals.holdMs : approvals.hold * 1000,
      expiryMs: approvals?.expiry === undefined ? base.approvals.expiryMs : approvals.expiry * 1000,
    },
    needsApproval: {
      kinds: kindsOf(needs?.verbs, base, problems),
      agentsOver: needs?.agents_over ?? base.needsApproval.agentsOver,
      graceUnderSeconds: needs?.grace_under ?? base.needsApproval.graceUnderSeconds,
      hours: needs?.hours === undefined ? base.needsApproval.hours : hoursOf(needs.hours),
    },
    limits: {
      drainsAtOnce: limits?.draining_at_once ?? base.limits.drainsAtOnce,
      per:
        limits?.per_attribute === undefined
          ? base.limits.per
          : Object.entries(limits.per_attribute).map(([attribute, allowed]) => ({ attribute, allowed })),
      brakePercent: limits?.brake_percent ?? base.limits.brakePercent,
    },
    gate: section.gate ?? base.gate,
    minFreePercent: section.min_free_percent ?? base.minFreePercent,
    collisions: {
      rack: section.collisions?.rack ?? base.collisions.rack,
      framework: section.collisions?.framework ?? base.collisions.framework,
    },
    freezes: (section.freezes ?? []).flatMap((freeze, at) => freezeOf(freeze, at, problems)),
    afterWindow: section.after_window ?? base.afterWindow,
    remindAfterMs: remindAfter(section, base),
    reasonPattern:
      section.reason_pattern === undefined
        ? base.reasonPattern
        : {
            source: section.reason_pattern.pattern,
            words: section.reason_pattern.words,
            example: section.reason_pattern.example,
          },
    nameMustBeTyped: section.name_must_be_typed ?? base.nameMustBeTyped,
  };
}

function union(a: Entitled, b: Entitled): Entitled {
  return {
    users: [...new Set([...a.users, ...b.users])],
    groups: [...new Set([...a.groups, ...b.groups])],
  };
}

function remindAfter({ remind_after: after }: PolicySection, base: Policy): Policy['remindAfterMs'] {
  if (after === undefined) return base.remindAfterMs;
  return after === null ? null : after * 1000;
}

/** The list says all that needs approval; what can't be undone must be in it, so that nobody believes it was let off. */
function kindsOf(verbs: ChangeKind[] | undefined, base: Policy, problems: PolicyFinding[]): ChangeKind[] {
  if (verbs === undefined) return base.needsApproval.kinds;
  for (const kind of irreversibleKinds)
    if (!verbs.includes(kind))
      problems.push({
        path: ['needs_approval', 'verbs'],
        what: `leaves out ${kind}, which can't be undone: one person alone could make an agent gone or lose its tasks`,
      });
  return [...new Set(verbs)];
}

type HoursSection = NonNullable<NonNullable<PolicySection['needs_approval']>['hours']>;

function hoursOf({ need, days, from, to, zone }: HoursSection): Policy['needsApproval']['hours'] {
  return { need, days, fromMinute: from, toMinute: to, zone };
}

/** Coming back into service may always be done, unless the file says otherwise. */
const frozenByDefault = changeKinds.filter((kind) => kind !== 'reactivate' && kind !== 'maintenance stop');

function freezeOf(
  { name, from, until, zone, freezes }: NonNullable<PolicySection['freezes']>[number],
  at: number,
  problems: PolicyFinding[],
): FreezeWindow[] {
  try {
    return [{ name, when: freezeTimeOf(from, until, zone), zone, freezes: freezes ?? frozenByDefault }];
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    problems.push({ path: ['freezes', at, 'until'], what: thrown.message });
    return [];
  }
}
