import {
  type AgentApproval,
  type Approval,
  approversOf,
  type PlanApproval,
  type Settlement,
} from '../approval.ts';
import type { ApprovalId, ClusterName, Instant } from '../ids.ts';
import type { MarkGone } from '../mark-gone.ts';
import { inPerson, type Person } from '../person.ts';
import type { ApprovalReason } from '../refusal.ts';
import type { Hour } from '../time/hour.ts';
import { type AskedOfAgent, type AskedOfPlan, askedOfPlan } from './asked.ts';
import type { Covers } from './covers.ts';
import type { Loss } from './loss.ts';
import { type Missing, missingOf, type Needs } from './quorum.ts';

/** The face of a question: what its prompt shows. */
export type Prompt = AgentPrompt | PlanPrompt;

export type AgentPrompt = PromptBase & AskedOfAgent & { loss: Loss; masterWordOnly: boolean };

export type PlanPrompt = PromptBase & AskedOfPlan & { covers: Covers };

interface PromptBase extends Needs {
  approval: ApprovalId;
  cluster: ClusterName;
  requester: Person;
  reason: string;
  /** Why a second person is asked. */
  because: ApprovalReason[];
  follows: ApprovalId | null;
  askedAt: Instant;
  expiresAt: Instant;
  /** What was approved waits for it; absent: for nothing but its hold. */
  hour?: Hour;
  /** The one emoji that approves, by its name. */
  approving: string;
  state: PromptFace;
  /** What became of its last call; null: none has left. */
  marking: MarkGone['state'] | null;
  /** When this face was made. */
  at: Instant;
}

export type PromptFace =
  /** `by`: those who have approved so far. `missing` null: nobody, only an objection keeps it open. */
  | { status: 'open'; by: Person[]; objections: Person[]; missing: Missing | null }
  | { status: 'holding'; by: Person[]; until: Instant }
  | { status: 'standing'; by: Person[] }
  | { status: 'settled'; how: Settlement; wasStanding: boolean; again: ApprovalId | null };

type Beside = Pick<Prompt, 'approving' | 'marking' | 'at'>;

/** The prompt as it stands. */
export function promptOf(approval: Approval, beside: Beside): Prompt {
  return approval.of === 'agent' ? agentPromptOf(approval, beside) : planPromptOf(approval, beside);
}

export function agentPromptOf(approval: AgentApproval, beside: Beside): AgentPrompt {
  const { agentId, hostname, act, drain, loss, masterWordOnly } = approval;
  return {
    of: 'agent',
    ...baseOf(approval, beside),
    agentId,
    hostname,
    act,
    drain,
    loss,
    masterWordOnly,
  };
}

export function planPromptOf(approval: PlanApproval, beside: Beside): PlanPrompt {
  return { ...baseOf(approval, beside), ...askedOfPlan(approval), covers: approval.covers };
}

function baseOf(approval: Approval, { approving, marking, at }: Beside): PromptBase {
  const { id, cluster, requester, reason, because, follows, needed, oneOf, askedAt, expiresAt } = approval;
  return {
    approval: id,
    cluster,
    requester: inPerson(requester),
    reason,
    because,
    follows,
    needed,
    oneOf,
    askedAt,
    expiresAt,
    ...(approval.hour === undefined ? {} : { hour: approval.hour }),
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
        missing: missingOf(ballots, approval),
      };
    case 'holding':
      return { status: 'holding', by: approversOf(approval).map(inPerson), until: state.until };
    case 'standing':
      return { status: 'standing', by: approversOf(approval).map(inPerson) };
    case 'settled':
      return { status: 'settled', how: state.how, wasStanding: state.wasStanding, again: state.again };
  }
}
