import { markOf, type Voter } from '../../domain/approval/decide-vote.ts';
import type { Reading } from '../../domain/approval/read-ballots.ts';
import type { Approval, Mark, Requester, Settlement } from '../../domain/approval.ts';
import type { MessageTs, UserId } from '../../domain/ids.ts';
import { type PersonFacts, personKeyOf } from '../../domain/person.ts';
import { type ApprovalRules, isEntitled, type Rules } from '../authorise.ts';
import { ChatFault } from '../faults.ts';
import type { People, Prompts } from '../ports.ts';

export interface VoteDeps {
  people: People;
  prompts: Prompts;
  rules: Rules;
}

export type VotesRead = { read: Reading } | { noPrompt: Extract<Settlement, { how: 'no-prompt' }>['why'] };

/** Reads Slack's copy of a prompt in full, and asks Slack afresh who the voters are. Throws a ChatFault where the channel
 * or the prompt can't be read; a voter who can't be judged is `unknown`, and kept. */
export async function readVotes(
  { people, prompts, rules }: VoteDeps,
  approval: Approval,
  ts: MessageTs,
): Promise<VotesRead> {
  const channel = await people.channel(approval.channel);
  if (channel === null || !channel.botIsMember) return { noPrompt: 'left' };
  if (channel.externallyShared) return { noPrompt: 'shared' };
  const prompt = await prompts.read(approval.channel, ts);
  if (prompt.kind === 'gone') return { noPrompt: 'deleted' };
  if (!prompt.open && approval.state.status !== 'settled') return { noPrompt: 'closed' };
  const judge = judgeOf(people, rules, approval);
  const ballots: Reading['ballots'] = [];
  for (const { name, users } of prompt.reactions) {
    const mark = markOf(name, rules.approvals.approving);
    if (mark === null) continue;
    // Two emojis may mean the same.
    for (const user of users)
      if (!ballots.some((each) => each.user === user && each.mark === mark))
        ballots.push({ user, mark, ...(await judge(user, mark)) });
  }
  return { read: { shared: false, ...limitsOf(rules.approvals), ballots } };
}

function limitsOf({ needed, holdMs }: ApprovalRules): Pick<Reading, 'needed' | 'holdMs'> {
  return { needed: Math.max(1, needed), holdMs };
}

/** Each person is asked about once in a reading. */
function judgeOf(people: People, { approvers }: Rules, approval: Approval) {
  const asked = new Map<UserId, Promise<{ voter: Voter; by: Requester | null }>>();
  const groups = new Map<string, Promise<UserId[]>>();
  const once: People = {
    ...people,
    membersOf: (group) => {
      const members = groups.get(group) ?? people.membersOf(group);
      groups.set(group, members);
      return members;
    },
  };
  return async (user: UserId, mark: Mark) => {
    const known = approval.ballots.find((ballot) => ballot.user === user && ballot.mark === mark);
    // What it counts for is known by now, whoever they have become.
    const fixed = mark === 'mistaken' || approval.state.status === 'settled';
    if (known !== undefined && fixed) return keep;
    const answer = asked.get(user) ?? judge(once, approvers, user, known?.verdict?.is === 'refused');
    asked.set(user, answer);
    return answer;
  };
}

/** Not asked about again: the verdict stands. */
const keep = { voter: { kind: 'unknown', why: 'not asked' }, by: null } as const;

/** `refused`: their vote counted for nothing at the last reading. */
async function judge(
  people: People,
  approvers: Rules['approvers'],
  user: UserId,
  refused: boolean,
): Promise<{ voter: Voter; by: Requester | null }> {
  try {
    // Many may look on and react: only those whose vote could have come to count are asked about each time.
    if (refused && !(await isEntitled(people, approvers, user))) return keep;
    const facts = await people.person(user);
    if (facts === null) return { voter: { kind: 'nobody' }, by: null };
    const entitled = await isEntitled(people, approvers, facts.userId);
    const key = personKeyOf(facts);
    const voter: Voter = {
      kind: 'person',
      standing: facts.standing,
      key,
      ofThisWorkspace: facts.teamId === people.team,
      entitled,
    };
    return { voter, by: requesterOf(facts) };
  } catch (fault) {
    if (fault instanceof ChatFault) return { voter: { kind: 'unknown', why: fault.message }, by: null };
    throw fault;
  }
}

/** Whoever it is, for the record; null: Slack names no team. */
export function requesterOf(facts: PersonFacts): Requester | null {
  const key = personKeyOf(facts);
  const { userId, teamId, name } = facts;
  return key === null || teamId === null ? null : { userId, teamId, name, key };
}
