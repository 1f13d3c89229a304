import type { Instant } from '../ids.ts';
import type { Entitled, Policy } from '../policy.ts';
import { frozenUntil } from './freeze.ts';
import { mayTakeForEver, mostRepeats } from './takes-for-ever.ts';

/** Something about a policy, by the place in its section of the file. `what` follows the name of that place. */
export interface PolicyFinding {
  path: (string | number)[];
  what: string;
}

/** What no policy may say: that one person alone could do what can't be undone, that nothing could ever be approved, or
 * what nobody could tell apart. */
export function unsoundIn(policy: Policy): PolicyFinding[] {
  const { operators, approvers, approvals, freezes, reasonPattern } = policy;
  const found: PolicyFinding[] = [];
  const add = (path: PolicyFinding['path'], what: string) => found.push({ path, what });
  if (approvals.needed < 1)
    add(['approvals', 'needed'], 'must be at least 1: one person alone could make an agent gone');
  if (approvals.expiryMs <= approvals.holdMs)
    add(['approvals', 'expiry'], 'must be more than the hold: else no call could ever leave');
  const [only] = approvers.users;
  const oneMay = only !== undefined && approvers.users.length === 1 && approvers.groups.length === 0;
  if (oneMay && operators.groups.length === 0 && operators.users.every((each) => each === only))
    add(['approvers'], `is ${only} alone, who is the only operator too: there is no second person`);
  else if (!isNobody(approvers) && approvers.groups.length === 0 && approvers.users.length < approvals.needed)
    add(
      ['approvals', 'needed'],
      `is ${approvals.needed}, and there ${approvers.users.length === 1 ? 'is 1 approver' : `are ${approvers.users.length} approvers`}: nothing could ever be approved`,
    );
  else if (![operators, approvers].some((each) => isNobody(each) || each.groups.length > 0)) {
    const most = Math.max(
      ...operators.users.map((asker) => approvers.users.filter((each) => each !== asker).length),
    );
    if (most < approvals.needed)
      add(
        ['approvals', 'needed'],
        `is ${approvals.needed}, and whoever asks leaves ${most} of the approvers: nothing could ever be approved`,
      );
  }
  if (approvals.oneOf !== null && isNobody(approvals.oneOf))
    add(['approvals', 'one_of'], 'names nobody: nothing could ever be approved');
  freezes.forEach(({ name }, at) => {
    if (freezes.findIndex((each) => each.name === name) < at)
      add(['freezes', at, 'name'], `is ${name} twice: an override names one of them`);
  });
  if (reasonPattern !== null) {
    const matches = matcherOf(reasonPattern.source);
    if (matches === null) add(['reason_pattern', 'pattern'], 'is no regular expression');
    // One unlucky reason would stop the bot, with all that it watches.
    else if (mayTakeForEver(reasonPattern.source))
      add(
        ['reason_pattern', 'pattern'],
        `could take for ever to match: let nothing that varies stand in a group that repeats, and at most ${mostRepeats} parts repeat`,
      );
    else if (!matches(reasonPattern.example))
      add(['reason_pattern', 'example'], 'does not match the pattern that it is an example of');
  }
  return found;
}

/** What a policy may say, and those who wrote it hardly meant. */
export function oddIn(policy: Policy, now: Instant): PolicyFinding[] {
  const { operators, approvers, channels, approvals, freezes } = policy;
  const found: PolicyFinding[] = [];
  const add = (path: PolicyFinding['path'], what: string) => found.push({ path, what });
  if (isNobody(operators)) add(['operators'], 'is empty: nobody may drain anything, only reads are answered');
  if (isNobody(approvers)) add(['approvers'], 'is empty: nobody may approve what can not be undone');
  else if (approvers.users.length === 0)
    add(['approvers'], 'names groups alone: who is in them, and whether anybody is, only Slack knows');
  else if (approvers.groups.length === 0 && approvers.users.length === approvals.needed)
    add(
      ['approvals', 'needed'],
      `is ${approvals.needed}, as many as there are approvers: none of them can ask for anything, and one on leave stops it all`,
    );
  if (channels !== null && channels.length === 0)
    add(['channels'], 'is empty: nothing can be changed from anywhere');
  freezes.forEach((freeze, at) => {
    if (freeze.when.every === 'once' && freeze.when.until <= now)
      add(['freezes', at], `(${freeze.name}) is over: it freezes nothing any more`);
    else if (frozenUntil(freeze, now) !== null) add(['freezes', at], `(${freeze.name}) is on now`);
    if (freeze.freezes.length === 0) add(['freezes', at, 'freezes'], 'is empty: it freezes nothing');
    if (freeze.freezes.includes('reactivate') || freeze.freezes.includes('maintenance stop'))
      add(['freezes', at, 'freezes'], 'keeps agents out of service that could come back');
  });
  return found;
}

/** Whether it entitles nobody. */
export function isNobody({ users, groups }: Entitled): boolean {
  return users.length === 0 && groups.length === 0;
}

function matcherOf(source: string): ((text: string) => boolean) | null {
  try {
    const pattern = new RegExp(source, 'u');
    return (text) => pattern.test(text);
  } catch {
    return null;
  }
}
