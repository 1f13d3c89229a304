import { type Act, type Approval, approversOf, type Settlement } from '../approval.ts';
import type { AgentId, ApprovalId, ClusterName, DrainId, Instant } from '../ids.ts';
import type { MarkGone } from '../mark-gone.ts';
import { inPerson, type Person } from '../person.ts';
import type { Loss } from './loss.ts';

/** The face of a question: what its prompt shows. */
export interface Prompt {
  approval: ApprovalId;
  cluster: ClusterName;
  agentId: AgentId;
  hostname: string;
  requester: Person;
  reason: string;
  act: Act;
  loss: Loss;
  masterWordOnly: boolean;
  /** The drain that it goes on from, or that it has begun. */
  drain: DrainId | null;
  follows: ApprovalId | null;
  needed: number;
  askedAt: Instant;
  expiresAt: Instant;
  /** The one emoji that approves, by its name. */
  approving: string;
  state: PromptFace;
  /** What became of its last call; null: none has left. */
  marking: MarkGone['state'] | null;
  /** When this face was made. */
  at: Instant;
}

export type PromptFace =
  /** `by`: those who have approved so far. */
  | { status: 'open'; by: Person[]; objections: Person[] }
  | { status: 'holding'; by: Person[]; until: Instant }
  | { status: 'standing'; by: Person[] }
  | { status: 'settled'; how: Settlement; wasStanding: boolean; again: ApprovalId | null };

/** The prompt as it stands. */
export function promptOf(
  approval: Approval,
  { approving, marking, at }: Pick<Prompt, 'approving' | 'marking' | 'at'>,
): Prompt {
  const { id, cluster, agentId, hostname, requester, reason, act, loss, masterWordOnly, drain } = approval;
  const { follows, needed, askedAt, expiresAt } = approval;
  return {
    approval: id,
    cluster,
    agentId,
    hostname,
    requester: inPerson(requester),
    reason,
    act,
    loss,
    masterWordOnly,
    drain,
    follows,
    needed,
    askedAt,
    expiresAt,
    approving,
    state: faceOf(approval),
    marking,
    at,
  };
}

function faceOf(approval: Approval): PromptFace {
  const { state, ballots } = approval;
  switch (state.status) {
    case 'open':
      return {
        status: 'open',
        by: approversOf(approval).map(inPerson),
        objections: ballots.flatMap(({ verdict, by }) =>
          verdict?.is === 'objects' && by !== null ? [inPerson(by)] : [],
        ),
      };
    case 'holding':
      return { status: 'holding', by: approversOf(approval).map(inPerson), until: state.until };
    case 'standing':
      return { status: 'standing', by: approversOf(approval).map(inPerson) };
    case 'settled':
      return { status: 'settled', how: state.how, wasStanding: state.wasStanding, again: state.again };
  }
}
