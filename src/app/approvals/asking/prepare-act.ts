import type { KnownAgent } from '../../../domain/agent.ts';
import { type FirstStep, firstStepOf, withGraceOf } from '../../../domain/approval/first-step.ts';
import { type Loss, lossOf } from '../../../domain/approval/loss.ts';
import { type OtherWork, objectionsToAct } from '../../../domain/approval/may-ask.ts';
import { type MasterWord, wordOf } from '../../../domain/approval/witness.ts';
import { type Act, type AgentApproval, marksGone, tasksAreLoss } from '../../../domain/approval.ts';
import { type Insists, insistsStanding, type Wanted } from '../../../domain/beside.ts';
import type { ApprovalId, DrainId, PlanId, UserId } from '../../../domain/ids.ts';
import { ok, type Refusal, type Result, refuse } from '../../../domain/refusal.ts';
import { type LookedBeside, lookBeside, wantedOf } from '../../agents/beside-others.ts';
import { buildPreview, type Looked } from '../../agents/build-preview.ts';
import { lookBeyond } from '../../agents/look-beyond.ts';
import { ourRecords, ourRecordsIn } from '../../agents/our-records.ts';
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
  /** To hold it against the work of others, and against how much of the cluster is out of service. */
  beside: LookedBeside;
}

/** Looks, and judges whether this act may be asked for, or done. `besides`: the approval that is being carried out, which
 * is no obstacle to itself; nor is the `plan` on whose behalf it is. Throws a MasterFault where the master can't say what the agent is. */
export async function prepareAct(
  deps: PrepareDeps,
  subject: { chosen: KnownAgent; others: KnownAgent[] },
  act: Act,
  besides: ApprovalId | null,
  plan: PlanId | null = null,
): Promise<Result<Prepared>> {
  const { store, master, policy, clock } = deps;
  const { chosen } = subject;
  const work = withoutPlan(await ourRecords(store, master.cluster, besides), plan);
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
    // What is dead takes nothing with it that was in service.
    beside: await lookBeside(deps, act.kind !== 'mark-gone' || registered !== null),
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
  plan: PlanId | null = null,
): Promise<Refusal | null> {
  const restored = await tx.restored();
  if (restored !== null) return { code: 'database-restored', since: restored.since };
  const { cluster } = master;
  const records = withoutPlan(await ourRecordsIn(tx, cluster, besides), plan);
  const work: OtherWork = {
    ...records,
    drains: records.drains.filter(({ id }) => id !== ofThis),
    // Read outside of the transaction; nobody but this drain's own story changes it, and that is version-checked.
    drained: first.step === 'ours' && first.drain.state.status === 'drained' ? [first.drain] : [],
  };
  return (
    objectionsToAct(act, agent, looked.sighting, looked.preview, work, policy.current().limits)[0] ?? null
  );
}

/** The same, as it is held against the work of others. `by`: whoever asked for it. */
export function wantedBy(by: UserId, { agent, looked }: Prepared, insists: Insists): Wanted {
  return wantedOf(by, [agent], [looked.preview], insists);
}

/** The same of a question that stands; its drain may have been written in this transaction. */
export async function besideNow(
  tx: Tx,
  prepared: Prepared,
  {
    requester,
    beside,
    askedAt,
    because,
  }: Pick<AgentApproval, 'requester' | 'beside' | 'askedAt' | 'because'>,
  ofThis: DrainId | null = null,
): Promise<Refusal | null> {
  const wanted = wantedBy(requester.userId, prepared, insistsStanding(beside, askedAt, because));
  return (await prepared.beside.judgeIn(tx, wanted, ofThis)).refusal;
}

function withoutPlan<R extends Pick<OtherWork, 'plans'>>(records: R, plan: PlanId | null): R {
  return { ...records, plans: records.plans.filter(({ id }) => id !== plan) };
}
