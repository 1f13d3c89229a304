import { showDuration } from '../duration.ts';
import type { CollisionRule, Entitled, Policy } from '../policy.ts';
import { freezeTimeInWords, hoursInWords } from './times-in-words.ts';

/** One thing that a policy says, by its name. */
export interface PolicyWords {
  /** As the file names it. */
  setting: string;
  words: string;
}

/** A policy in words, every setting of it, always in the same order. Plain text. */
export function policyInWords(policy: Policy): PolicyWords[] {
  const { operators, approvers, channels, approvals, needsApproval: needs, limits, freezes } = policy;
  const said = (setting: string, words: string): PolicyWords => ({ setting, words });
  return [
    said('operators', peopleInWords(operators)),
    said('approvers', peopleInWords(approvers)),
    said('channels', channels === null ? 'any that the bot is a member of' : listed(channels, 'none')),
    said('approvals.needed', `${approvals.needed}, besides the one who asks`),
    said(
      'approvals.one_of',
      approvals.oneOf === null ? 'nobody in particular' : `one of ${peopleInWords(approvals.oneOf)}`,
    ),
    said('approvals.hold', showDuration(approvals.holdMs / 1000)),
    said('approvals.expiry', showDuration(approvals.expiryMs / 1000)),
    said('approvals.emoji', `:${approvals.approving}:`),
    said('needs_approval.verbs', listed(needs.kinds, 'none')),
    said('needs_approval.agents_over', `more than ${needs.agentsOver} in one command`),
    said('needs_approval.grace_under', `less than ${showDuration(needs.graceUnderSeconds)} of grace`),
    said('needs_approval.hours', needs.hours === null ? 'none' : hoursInWords(needs.hours)),
    said('limits.draining_at_once', String(limits.drainsAtOnce)),
    said(
      'limits.per_attribute',
      listed(
        limits.per.map(({ attribute, allowed }) => `${allowed} with the same ${attribute}`),
        'none',
      ),
    ),
    said(
      'limits.brake_percent',
      limits.brakePercent === 100 ? 'never' : `more than ${limits.brakePercent} % of the agents out`,
    ),
    said('collisions.rack', collisionInWords(policy.collisions.rack)),
    said('collisions.framework', collisionInWords(policy.collisions.framework)),
    said('gate', policy.gate ?? 'none is asked'),
    said('min_free_percent', `${policy.minFreePercent} % of cpus and memory`),
    said(
      'freezes',
      freezes.length === 0
        ? 'none'
        : freezes
            .map(
              (freeze) =>
                `${freeze.name} (${freezeTimeInWords(freeze)}; ${listed(freeze.freezes, 'freezes nothing')})`,
            )
            .join('; '),
    ),
    said(
      'after_window',
      policy.afterWindow === 'reactivate' ? 'the bot brings the agent back' : 'people are reminded',
    ),
    said(
      'remind_after',
      policy.remindAfterMs === null ? 'never' : `${showDuration(policy.remindAfterMs / 1000)} out of service`,
    ),
    said(
      'reason_pattern',
      policy.reasonPattern === null
        ? 'any reason will do'
        : `${policy.reasonPattern.words}, like ${policy.reasonPattern.example} (/${policy.reasonPattern.source}/)`,
    ),
    said('name_must_be_typed', policy.nameMustBeTyped ? 'yes' : 'no'),
  ];
}

/** One setting that says something else now. */
export interface PolicyChange {
  setting: string;
  was: string;
  is: string;
}

/** What another policy changes, in words; empty: nothing that a person could tell. The one before may be an older bot's,
 * which had other settings. */
export function wordsChanged(before: readonly PolicyWords[], after: readonly PolicyWords[]): PolicyChange[] {
  return after.flatMap(({ setting, words }) => {
    const was = before.find((each) => each.setting === setting)?.words ?? 'not set';
    return was === words ? [] : [{ setting, was, is: words }];
  });
}

function collisionInWords(rule: CollisionRule): string {
  switch (rule) {
    case 'anyway':
      return 'whoever comes second has to say --anyway';
    case 'refuse':
      return 'whoever comes second waits';
    case 'ignore':
      return 'nobody is held up';
  }
}

function peopleInWords({ users, groups }: Entitled): string {
  return listed([...users, ...groups.map((group) => `group ${group}`)], 'nobody');
}

function listed(items: readonly string[], none: string): string {
  return items.length === 0 ? none : items.join(', ');
}
