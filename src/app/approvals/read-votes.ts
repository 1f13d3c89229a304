import { markOf, type Voter } from '../../domain/approval/decide-vote.ts';
import type { Reading } from '../../domain/approval/read-ballots.ts';
import type { Approval, Mark, Requester, Settlement } from '../../domain/approval.ts';
import type { MessageTs, UserId } from '../../domain/ids.ts';
import { type PersonFacts, type PersonKey, personKeyOf } from '../../domain/person.ts';
import type { ApprovalRules, Policy } from '../../domain/policy.ts';
import { isEntitled } from '../authorise.ts';
import { ChatFault } from '../faults.ts';
import type { People, PolicyInForce, Prompts } from '../ports.ts';

export interface VoteDeps {
  people: People;
  prompts: Prompts;
  policy: PolicyInForce;
}

export type VotesRead = { read: Reading } | { noPrompt: Extract<Settlement, { how: 'no-prompt' }>['why'] };

/** Reads Slack's copy of a prompt in full, and asks Slack afresh who the requester and the voters are. Throws a ChatFault
 * where the channel or the prompt can't be read; a voter who can't be judged is `unknown`, and kept. */
export async function readVotes(
  { people, prompts, policy }: VoteDeps,
  approval: Approval,
  ts: MessageTs,
): Promise<VotesRead> {
  const channel = await people.channel(approval.channel);
  if (channel === null || !channel.botIsMember) return { noPrompt: 'left' };
  if (channel.archived) return { noPrompt: 'archived' };
  if (channel.externallyShared) return { noPrompt: 'shared' };
  const prompt = await prompts.read(approval.channel, ts);
  if (prompt.kind === 'gone') return { noPrompt: 'deleted' };
  if (!prompt.open && approval.state.status !== 'settled') return { noPrompt: 'closed' };
  const requester = await whoAsked(people, approval.requester.userId);
  const rules = policy.current();
  const judge = judgeOf(people, rules, approval, requester.why);
  const ballots: Reading['ballots'] = [];
  for (const { name, users } of prompt.reactions) {
    const mark = markOf(name, rules.approvals.approving);
    if (mark === null) continue;
    // Two emojis may mean the same.
    for (const user of users)
      if (!ballots.some((each) => each.user === user && each.mark === mark))
        ballots.push({ user, mark, ...(await judge(user, mark)) });
  }
  return {
    read: { shared: false, ...limitsOf(rules.approvals), requester: requester.key, ballots },
  };
}

function limitsOf({ needed, oneOf, holdMs }: ApprovalRules): Pick<Reading, 'needed' | 'oneOf' | 'holdMs'> {
  return { needed: Math.max(1, needed), oneOf, holdMs };
}

/** `why` they can't be told from others now; null: they can. */
async function whoAsked(
  people: People,
  user: UserId,
): Promise<{ key: PersonKey | null; why: string | null }> {
  try {
    const facts = await people.person(user);
    return { key: facts === null ? null : personKeyOf(facts), why: null };
  } catch (fault) {
    if (fault instanceof ChatFault) return { key: null, why: fault.message };
    throw fault;
  }
}

interface Judged {
  voter: Voter;
  by: Requester | null;
}

type Entitlement = Pick<Extract<Voter, { kind: 'person' }>, 'entitled' | 'oneOf'>;

/** What was said of a vote before, stands. */
const asKnown: Judged = { voter: { kind: 'as-known' }, by: null };

/** Each person, and each group, is asked about once in a reading. */
function judgeOf(
  people: People,
  { approvers, approvals: { oneOf } }: Policy,
  approval: Approval,
  requesterUnknown: string | null,
) {
  const membersOf = once(people.membersOf);
  const person = once(people.person);
  const entitled = once((user: UserId) => isEntitled({ ...people, membersOf }, approvers, user));

  return async (user: UserId, mark: Mark): Promise<Judged> => {
    const known = approval.ballots.find((ballot) => ballot.user === user && ballot.mark === mark);
    // What it counts for is known by now, whoever they have become.
    const fixed = mark === 'mistaken' || approval.state.status === 'settled';
    if (known !== undefined && fixed) return asKnown;
    try {
      // Many may look on and say yes: only those whose yes could have come to count are asked about each time. Whoever
      // objects is always asked about.
      const refused = mark === 'approve' && known?.verdict?.is === 'refused';
      if (refused && !(await entitled(user))) return asKnown;
      // Nobody can say that a yes is a second person's, while nobody can say who the first one is.
      if (mark === 'approve' && requesterUnknown !== null)
        return { voter: { kind: 'unknown', why: requesterUnknown }, by: null };
      const facts = await person(user);
      if (facts === null) return { voter: { kind: 'nobody' }, by: null };
      return judged(facts, await mayApprove(facts.userId, mark));
    } catch (fault) {
      if (fault instanceof ChatFault) return { voter: { kind: 'unknown', why: fault.message }, by: null };
      throw fault;
    }
  };

  async function mayApprove(user: UserId, mark: Mark): Promise<Entitlement> {
    try {
      const among = oneOf !== null && (await isEntitled({ ...people, membersOf }, oneOf, user));
      return { entitled: await entitled(user), oneOf: among };
    } catch (fault) {
      // Any full member's objection holds a call back: it needs nobody's list.
      if (mark !== 'approve' && fault instanceof ChatFault) return { entitled: false, oneOf: false };
      throw fault;
    }
  }

  function judged(facts: PersonFacts, may: Entitlement): Judged {
    const { standing, teamId } = facts;
    const ofThisWorkspace = teamId === people.team;
    const voter: Voter = { kind: 'person', standing, key: personKeyOf(facts), ofThisWorkspace, ...may };
    return { voter, by: requesterOf(facts) };
  }
}

/** Asks only once for each. */
function once<K, V>(ask: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const asked = new Map<K, Promise<V>>();
  return (key) => {
    const answer = asked.get(key) ?? ask(key);
    asked.set(key, answer);
    return answer;
  };
}

/** Whoever it is, for the record; null: Slack names no team. */
export function requesterOf(facts: PersonFacts): Requester | null {
  const key = personKeyOf(facts);
  const { userId, teamId, name } = facts;
  return key === null || teamId === null ? null : { userId, teamId, name, key };
}
