import { type PersonFacts, type PersonKey, personKeyOf } from '../../../domain/person.ts';
import type { Entitled, Policy } from '../../../domain/policy.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { isEntitled, judgeStanding } from '../../authorise.ts';
import type { People } from '../../ports.ts';

/** Whether there are enough people, other than the requester, whose vote would count, with one of those among them of whom
 * one must be; null: there are. Asks only until that is certain. Throws a ChatFault where Slack can't be asked. */
export async function mayAnybodyApprove(
  people: People,
  { approvers, approvals }: Pick<Policy, 'approvers' | 'approvals'>,
  requester: PersonKey,
): Promise<Refusal | null> {
  const { oneOf } = approvals;
  const needed = Math.max(1, approvals.needed);
  const approversConfigured = approvers.users.length + approvers.groups.length > 0;
  const refusal = { code: 'nobody-can-approve' as const, approversConfigured, needed };
  if (oneOf !== null && !(await areThere(people, oneOf, approvers, 1, requester)))
    return { ...refusal, oneOf };
  return (await areThere(people, approvers, null, needed, requester)) ? null : refusal;
}

/** So many people among `who`, each another human and none the requester. `entitled`: and among these; null: they all are. */
async function areThere(
  people: People,
  who: Entitled,
  entitled: Entitled | null,
  needed: number,
  requester: PersonKey,
): Promise<boolean> {
  const others = new Set<PersonKey>();
  for await (const user of everyone(people, who)) {
    const key = voterKey(await people.person(user), people);
    if (key === null || key === requester) continue;
    if (entitled !== null && !(await isEntitled(people, entitled, user))) continue;
    others.add(key);
    if (others.size >= needed) return true;
  }
  return false;
}

async function* everyone(people: People, { users, groups }: Entitled) {
  yield* users;
  for (const group of groups) yield* await people.membersOf(group);
}

/** Null: this account's vote never counts, whoever it belongs to. */
function voterKey(facts: PersonFacts | null, { team }: People): PersonKey | null {
  return facts === null || judgeStanding(facts, team) !== null ? null : personKeyOf(facts);
}
