import type { KnownAgent } from '../../../domain/agent.ts';
import { type FirstStep, firstStepOf, withGraceOf } from '../../../domain/approval/first-step.ts';
import { type Loss, lossOf } from '../../../domain/approval/loss.ts';
import { type OtherWork, objectionsToAct } from '../../../domain/approval/may-ask.ts';
import { type MasterWord, wordOf } from '../../../domain/approval/witness.ts';
import { type Act, marksGone, tasksAreLoss } from '../../../domain/approval.ts';
import type { ApprovalId, DrainId } from '../../../domain/ids.ts';
import { ok, type Refusal, type Result, refuse } from '../../../domain/refusal.ts';
import { buildPreview, type Looked } from '../../agents/build-preview.ts';
import { lookBeyond } from '../../agents/look-beyond.ts';
import type { Clock, Master, PolicyInForce, Store, Tx } from '../../ports.ts';

export interface PrepareDeps {
  store: Store;
  master: Master;
  policy: PolicyInForce;
  clock: Clock;
}

/** What an act would mean now, all of it read afresh. */
export interface Prepared {
  agent: KnownAgent;
  others: KnownAgent[];
  looked: Looked;
  /** With the grace of the drain that it goes on from. */
  act: Act;
  first: FirstStep;
  loss: Loss;
  /** What the master shows of the drain that it goes on from; null: it begins with a call. */
  witness: MasterWord | null;
  /** The agent could not be asked what it runs. */
  masterWordOnly: boolean;
  address: KnownAgent['address'];
  hostname: string;
}

/** Looks, and judges whether this act may be asked for, or done. `besides`: the approval that is being carried out, which
 * is no obstacle to itself. Throws a MasterFault where the master can't say what the agent is. */
export async function prepareAct(
  { store, master, policy, clock }: PrepareDeps,
  subject: { chosen: KnownAgent; others: KnownAgent[] },
  act: Act,
  besides: ApprovalId | null,
): Promise<Result<Prepared>> {
  const { chosen } = subject;
  const work = await otherWork(store, master, besides);
  const ours = [...work.drained, ...work.drains].findLast(({ agentId }) => agentId === chosen.agentId);
  const looked = await buildPreview(master, subject, {
    maxGrace: act.kind === 'mark-gone' ? null : act.maxGrace,
    markGone: marksGone(act),
    unattended: act.kind === 'drain-unattended',
    openDrain: ours?.id ?? null,
    at: clock.now(),
    tasksOfAway: tasksAreLoss(act),
  });
  const { sighting, preview } = looked;
  const [objection] = objectionsToAct(act, chosen, sighting, preview, work, policy.current().limits);
  if (objection !== undefined) return refuse(objection);
  const first = firstStepOf(act, sighting, ours === undefined ? [] : [ours]);
  const registered = sighting.kind === 'registered' ? sighting.agent : null;
  return ok({
    agent: chosen,
    others: subject.others,
    looked,
    act: withGraceOf(act, first),
    first,
    loss: lossOf(act, preview),
    witness: first.step === 'call' ? null : wordOf(sighting),
    masterWordOnly: act.kind === 'drain-then-gone' && looked.agent.kind === 'not-asked',
    address: registered?.address ?? chosen.address,
    hostname: registered?.hostname ?? chosen.hostname,
  });
}

/** The same, with all that people are shown beside what an act is judged by. */
export async function toBeShown(
  deps: PrepareDeps,
  prepared: Prepared,
  besides: ApprovalId | null,
): Promise<Prepared> {
  const { looked } = prepared;
  return { ...prepared, looked: { ...looked, preview: await lookBeyond(deps, looked, besides) } };
}

/** The same judgement on the work that stands when the intent is written. */
export async function overtakenBy(
  tx: Tx,
  { master, policy }: PrepareDeps,
  { agent, act, looked, first }: Prepared,
  besides: ApprovalId | null,
  /** Written in this very transaction. */
  ofThis: DrainId | null = null,
): Promise<Refusal | null> {
  const restored = await tx.restored();
  if (restored !== null) return { code: 'database-restored', since: restored.since };
  const { cluster } = master;
  const work: OtherWork = {
    drains: (await tx.openDrains(cluster)).filter(({ id }) => id !== ofThis),
    // Read outside of the transaction; nobody but this drain's own story changes it, and that is version-checked.
    drained: first.step === 'ours' && first.drain.state.status === 'drained' ? [first.drain] : [],
    approvals: (await tx.pendingApprovals(cluster)).filter(({ id }) => id !== besides),
    markings: await tx.openMarkGones(cluster),
    plans: await tx.unendedPlans(cluster),
    reactivations: await tx.openReactivations(cluster),
  };
  return (
    objectionsToAct(act, agent, looked.sighting, looked.preview, work, policy.current().limits)[0] ?? null
  );
}

async function otherWork(store: Store, { cluster }: Master, besides: ApprovalId | null): Promise<OtherWork> {
  return {
    drains: (await store.openDrains(cluster)).map(({ drain }) => drain),
    drained: (await store.outOfService(cluster)).map(({ drain }) => drain),
    approvals: (await store.pendingApprovals(cluster)).filter(({ id }) => id !== besides),
    markings: await store.openMarkGones(cluster),
    plans: await store.unendedPlans(cluster),
    reactivations: await store.openReactivations(cluster),
  };
}
