import { type PersonFacts, type PersonKey, personKeyOf } from '../../../domain/person.ts';
import type { Entitled, Policy } from '../../../domain/policy.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { judgeStanding } from '../../authorise.ts';
import type { People } from '../../ports.ts';

/** Whether there are enough people, other than the requester, whose vote would count; null: there are. Asks only until
 * that is certain. Throws a ChatFault where Slack can't be asked. */
export async function mayAnybodyApprove(
  people: People,
  { approvers, approvals }: Pick<Policy, 'approvers' | 'approvals'>,
  requester: PersonKey,
): Promise<Refusal | null> {
  const needed = Math.max(1, approvals.needed);
  const others = new Set<PersonKey>();
  for await (const user of everyone(people, approvers)) {
    const key = voterKey(await people.person(user), people);
    if (key !== null && key !== requester) others.add(key);
    if (others.size >= needed) return null;
  }
  const approversConfigured = approvers.users.length + approvers.groups.length > 0;
  return { code: 'nobody-can-approve', approversConfigured, needed };
}

async function* everyone(people: People, { users, groups }: Entitled) {
  yield* users;
  for (const group of groups) yield* await people.membersOf(group);
}

/** Null: this account's vote never counts, whoever it belongs to. */
function voterKey(facts: PersonFacts | null, { team }: People): PersonKey | null {
  return facts === null || judgeStanding(facts, team) !== null ? null : personKeyOf(facts);
}
