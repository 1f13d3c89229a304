import type { ClusterName, Instant } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import { rulesNow } from '../../domain/policy/rules-now.ts';
import { isEntitled, judgePlace, judgeStanding } from '../authorise.ts';
import { standing as standingOf } from '../policies/standing-policy.ts';
import type { People, PolicyInForce, TypedCommand } from '../ports.ts';

/** A cluster, as far as it is asked what somebody may do on it. */
export interface Here {
  name: ClusterName;
  policy: PolicyInForce;
}

/** What this person may do here on each cluster, and every reason why not. Throws a ChatFault where Slack could not be
 * asked. */
export async function whoAmI(
  people: People,
  clusters: readonly Here[],
  typed: TypedCommand,
  at: Instant,
): Promise<Extract<Notice, { kind: 'whoami' }>> {
  const facts = await people.person(typed.user);
  const standing = judgeStanding(facts, people.team);
  const channel = await people.channel(typed.channel);
  const may = [];
  for (const { name, policy } of clusters) {
    const { operators, approvers, ...where } = policy.current();
    const place = judgePlace(channel, where);
    may.push({
      cluster: name,
      operator: standing === null && (await isEntitled(people, operators, typed.user)),
      approver: standing === null && (await isEntitled(people, approvers, typed.user)),
      channelAllowed: place === null,
      why: [standing, place].filter((refusal) => refusal !== null),
      rules: rulesNow(standingOf(policy), at),
    });
  }
  const person = { userId: typed.user, teamId: typed.team, name: facts?.name ?? typed.userName };
  return { kind: 'whoami', person, clusters: may };
}
