import { agentPromptOf, planPromptOf } from '../../domain/approval/prompt.ts';
import { type Approval, isPending } from '../../domain/approval.ts';
import { type Beside, cardOf } from '../../domain/drain/card.ts';
import type { Drain } from '../../domain/drain.ts';
import type { ApprovalId, ClusterName } from '../../domain/ids.ts';
import { maintenanceCard } from '../../domain/maintenance/news.ts';
import type { Notice } from '../../domain/notice.ts';
import { planCardOf } from '../../domain/plan/card.ts';
import type { Plan } from '../../domain/plan.ts';
import type { RollingCard } from '../../domain/rolling/card.ts';
import type { RollingPlan } from '../../domain/rolling.ts';
import { recordsOf } from '../plans/agents/records-of.ts';
import { rollingCard } from '../plans/rolling/rolling-card.ts';
import type { Clock, PolicyInForce, Store, StoredDrain, ThreadRow } from '../ports.ts';

export interface FaceDeps {
  store: Store;
  clock: Clock;
  /** Null: the cluster is not configured any more, and nobody looks after what was begun there. */
  policyOf(cluster: ClusterName): PolicyInForce | null;
}

/** What the root of a thread shows. */
export interface Face {
  notice: Notice;
  /** Nothing more will come of it, so that it goes out first. */
  settled: boolean;
  /** The question that it takes votes for; null: it takes none. */
  takesVotes: ApprovalId | null;
}

/** What the root of a thread shows now: the card of its drain, or the question that it asks. Null: it is no card. */
export async function faceOfThread(deps: FaceDeps, thread: ThreadRow): Promise<Face | null> {
  const { store, clock } = deps;
  const plan = thread.plan === null ? null : await store.plan(thread.plan);
  if (plan !== null) return faceOfPlan(deps, plan);
  const stored = thread.drain === null ? null : await store.drain(thread.drain);
  if (stored !== null)
    return (await isAheadOfUs(store, stored.drain)) ? null : faceOfDrain(deps, thread, stored);
  const approval = thread.approval === null ? null : await store.approval(thread.approval);
  if (approval === null || keepsItsFace(approval)) return null;
  const root = await store.notice(thread.rootNotice);
  const marking = await markingUnder(store, approval);
  const policy = deps.policyOf(approval.cluster);
  if (policy === null) return null;
  const { approving } = policy.current().approvals;
  const notice = promptNow(approval, root, { approving, marking, at: clock.now() });
  if (notice === null) return null;
  return { notice, settled: !isPending(approval), takesVotes: isPending(approval) ? approval.id : null };
}

/** Null: the root of its thread is no question. */
function promptNow(
  approval: Approval,
  root: Notice | null,
  beside: Parameters<typeof planPromptOf>[1],
): Notice | null {
  if (approval.of === 'plan') return { kind: 'plan-prompt', prompt: planPromptOf(approval, beside) };
  if (root?.kind !== 'prompt') return null;
  return { kind: 'prompt', prompt: agentPromptOf(approval, beside), preview: root.preview };
}

/** A message that says by itself that it is settled knows more than a database from before that. */
function keepsItsFace({ state }: Approval): boolean {
  if (state.status !== 'settled') return false;
  const { how } = state;
  return how.how === 'restored' ? how.shown !== 'open' : how.how === 'no-prompt' && how.why === 'closed';
}

/** Until we have seen an end ourselves, a card whose question was settled behind our back tells more than we know. */
async function isAheadOfUs(store: Store, { approved, state }: Drain): Promise<boolean> {
  const approval = approved === null ? null : await store.approval(approved.approval);
  if (state.status === 'ended' || approval?.state.status !== 'settled') return false;
  return approval.state.how.how === 'restored' && keepsItsFace(approval);
}

/** Null: it is not seen by others, or its cluster is not configured any more. */
async function faceOfPlan({ store, clock, policyOf }: FaceDeps, plan: Plan): Promise<Face | null> {
  const policy = policyOf(plan.cluster);
  if (policy === null) return null;
  const settled = plan.state.status === 'ended';
  if (plan.of === 'machines') {
    const card = maintenanceCard(plan, clock.now());
    return { notice: { kind: 'maintenance-card', card }, settled, takesVotes: null };
  }
  if (plan.of === 'rolling') {
    const card = await rollingCard(store, plan, clock.now());
    const votes = await votesOfRolling(store, plan, policy);
    return {
      notice: { kind: 'rolling-card', card: { ...card, ...votes } },
      settled,
      takesVotes: 'votes' in votes ? (plan.approved?.approval ?? null) : null,
    };
  }
  const card = planCardOf(plan, await recordsOf(store, plan), clock.now());
  return { notice: { kind: 'plan-card', card }, settled, takesVotes: null };
}

/** While agents of it are to be marked gone, its card takes votes as its question did. */
async function votesOfRolling(
  store: Store,
  plan: RollingPlan,
  policy: PolicyInForce,
): Promise<Pick<RollingCard, 'votes'>> {
  const approval = plan.approved === null ? null : await store.approval(plan.approved.approval);
  return approval !== null && isPending(approval) && approval.thread === plan.thread
    ? { votes: { approving: policy.current().approvals.approving } }
    : {};
}

async function faceOfDrain(
  deps: FaceDeps,
  thread: ThreadRow,
  { drain, checkedAt }: StoredDrain,
): Promise<Face | null> {
  const policy = deps.policyOf(drain.cluster);
  if (policy === null) return null;
  const root = await deps.store.notice(thread.rootNotice);
  const preview = root?.kind === 'drain-card' || root?.kind === 'prompt' ? root.preview : null;
  const card = cardOf(
    drain,
    deps.clock.now(),
    checkedAt,
    await besideDrain({ store: deps.store, policy }, drain),
  );
  const { status } = drain.state;
  return {
    notice: { kind: 'drain-card', card, preview },
    settled: status === 'ended' || status === 'drained',
    takesVotes: card.votes === null ? null : (drain.approved?.approval ?? null),
  };
}

/** What a card shows beside its drain: whether votes on it still count, and what became of the second call. */
export async function besideDrain(
  { store, policy }: { store: Store; policy: PolicyInForce },
  drain: Drain,
): Promise<Beside> {
  if (drain.approved === null) return { votes: null, marking: null, dropped: null };
  const approval = await store.approval(drain.approved.approval);
  const marking = (await store.markGoneOf(drain.approved.approval, drain.agentId))?.state ?? null;
  return {
    votes: takesVotes(approval, drain) ? { approving: policy.current().approvals.approving } : null,
    marking,
    dropped: droppedBy(approval),
  };
}

/** What became of the last call that a question was about; null: none has left, or it is about many. */
export async function markingUnder(
  store: Pick<Store, 'markGoneOf'>,
  approval: Approval,
): Promise<Beside['marking']> {
  if (approval.of === 'plan') return null;
  return (await store.markGoneOf(approval.id, approval.agentId))?.state ?? null;
}

/** How a mark gone that was to follow came to nothing. */
function droppedBy(approval: Approval | null): Beside['dropped'] {
  if (approval?.state.status !== 'settled' || !approval.state.wasStanding) return null;
  const { how, again } = approval.state;
  return how.how === 'used' ? null : { how, again };
}

/** Only where the card is the prompt itself: a question asked elsewhere has a message of its own. */
function takesVotes(approval: Approval | null, drain: Drain): boolean {
  return approval !== null && isPending(approval) && approval.thread === drain.thread;
}
