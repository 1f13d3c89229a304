import type { KnownAgent, RegisteredAgent } from '../../domain/agent.ts';
import { factsOf } from '../../domain/audit/facts.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import type { Call } from '../../domain/call.ts';
import { type Collision, worksBeside } from '../../domain/collisions.ts';
import { cardOf } from '../../domain/drain/card.ts';
import { changedByOthers } from '../../domain/drain/look.ts';
import { type Approved, type Drain, givesWay, type Way } from '../../domain/drain.ts';
import { frameworksAtStart } from '../../domain/history/departures.ts';
import type { FrameworkUsual } from '../../domain/history/usual.ts';
import {
  type ChannelId,
  type ClusterName,
  type CorrelationId,
  type DrainId,
  type Instant,
  noticeId,
  type PlanId,
  type Seconds,
  type ThreadId,
  threadId,
} from '../../domain/ids.ts';
import { frameworksIn } from '../../domain/open-work.ts';
import type { Person } from '../../domain/person.ts';
import type { Preview } from '../../domain/preview.ts';
import { ok, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import { labelOf } from '../../domain/target.ts';
import { type FileDeps, queuePreviewFile } from '../agents/queue-preview-file.ts';
import { usualTimes } from '../agents/usual-times.ts';
import { withLink } from '../answers/with-link.ts';
import { OpenDrainExists } from '../faults.ts';
import { outcomeEvent } from '../outcome-event.ts';
import { Overtaken } from '../overtaken.ts';
import { placeInLog } from '../place-in-log.ts';
import type { Log, NewId, Store, Tx } from '../ports.ts';
import { type SubmitCall, Unsettled } from '../submit-call.ts';
import { applyEvents } from './apply-events.ts';

/** A drain that is about to begin. */
export interface DrainOrder {
  way: Way;
  cluster: ClusterName;
  agent: KnownAgent;
  preview: Preview;
  requester: Person;
  channel: ChannelId;
  /** The thread that it is told in: of its plan, else one whose root it takes over; null: one of its own. */
  thread: ThreadId | null;
  /** The plan that it is a line of; null: it stands alone. */
  plan: PlanId | null;
  correlation: CorrelationId;
  reason: string | null;
  maxGrace: Seconds | null;
  markGone: boolean;
  goneNext: boolean;
  /** How long it is to stay out of service then; absent: until somebody reactivates it. */
  outFor?: Seconds | undefined;
  /** Its usual steps are told by its plan. */
  quiet?: true | undefined;
  approved: Approved | null;
  /** The fields of the log beside cluster, agent, drain and reason. */
  audit: Pick<AuditDraft, 'actor' | 'correlation' | 'command' | 'place' | 'approval'>;
  /** Work of others beside which it knowingly begins; absent: none. */
  beside?: readonly Collision[];
  /** In the intent's transaction: throws an Overtaken where it may not begin any more, and writes what else changes. */
  record(tx: Tx, drain: Drain, at: Instant): Promise<void>;
}

export interface SendDeps extends FileDeps {
  store: Store;
  submitCall: SubmitCall;
  log: Log;
}

/** Sends a drain through the door: its record, its thread and the intent are on disk before the call leaves. Answers a
 * refusal where it was overtaken, and nothing was sent. */
export async function sendDrain(deps: SendDeps, order: DrainOrder): Promise<Result<'sent'>> {
  const { store } = deps;
  const { agent, cluster } = order;
  const usual = order.way === 'drain' ? await usualOfOrder(deps, order) : null;
  let drain: Drain | null = null;
  try {
    await deps.submitCall({
      call: callOf(order),
      audit: async (tx) => ({
        ...order.audit,
        ...(drain === null ? {} : { place: await placeInLog(tx, drain), facts: costOf(drain, order) }),
        cluster,
        agent: { id: agent.agentId, hostname: agent.hostname },
        ...(drain === null ? {} : { drain: drain.id }),
        ...(order.plan === null ? {} : { plan: order.plan }),
        ...(order.reason === null ? {} : { reason: order.reason }),
        decision: order.approved === null ? 'allowed' : 'approved',
      }),
      record: async (tx, at) => {
        drain = await beginDrain(tx, order, at, deps, usual);
        await order.record(tx, drain, at);
      },
      settle: async (tx, outcome, at) => {
        if (drain !== null) await applyEvents(tx, drain, [outcomeEvent(outcome, at)], deps.newId);
      },
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(await withLink(store, cluster, fault.refusal));
    if (fault instanceof OpenDrainExists) return refuse(await whoHasIt(store, cluster, agent));
    if (!(fault instanceof Unsettled)) throw fault;
    deps.log.error(
      { err: fault, agentId: agent.agentId },
      'the outcome of a call could not be written; looking instead',
    );
  }
  return ok('sent');
}

/** As the preview shows it, where it was looked up for that. */
async function usualOfOrder(
  { store }: SendDeps,
  { cluster, preview }: DrainOrder,
): Promise<FrameworkUsual[]> {
  return preview.beyond?.usual ?? usualTimes(store, cluster, preview, preview.at);
}

/** What it was expected to cost and to take, as the preview told; and what of others it began beside. */
function costOf({ tasksAtStart, expectedEnd }: Drain, { beside = [] }: DrainOrder) {
  const known = { tasks: tasksAtStart, expectedEnd };
  return factsOf(beside.length === 0 ? known : { ...known, beside: worksBeside(beside) });
}

function callOf({ way, agent: { agentId }, maxGrace, markGone }: DrainOrder): Call {
  return way === 'deactivate'
    ? { type: 'DEACTIVATE_AGENT', agentId }
    : { type: 'DRAIN_AGENT', agentId, maxGrace, markGone };
}

/** Writes the record of a drain, and its thread. It stands in `calling` until somebody knows more. `usual` null: when its
 * tasks leave is not followed. */
export async function beginDrain(
  tx: Tx,
  order: DrainOrder,
  at: Instant,
  deps: FileDeps,
  usual: FrameworkUsual[] | null = null,
): Promise<Drain> {
  const { newId } = deps;
  const { groups, expectedEnd, subject } = order.preview;
  const id = await tx.nextDrainId();
  const shown = subject.kind === 'registered' ? subject.agent : null;
  const tookOver = await endThoseBefore(tx, order, shown, { id, at, newId });
  const runs = frameworksIn(order.preview);
  const drain: Drain = {
    id,
    way: order.way,
    version: 0,
    cluster: order.cluster,
    agentId: order.agent.agentId,
    hostname: order.agent.hostname,
    attributes: subject.kind === 'registered' ? subject.agent.attributes : order.agent.attributes,
    requester: order.requester,
    channel: order.channel,
    thread: order.thread ?? threadId(newId()),
    correlation: order.correlation,
    reason: order.reason,
    maxGrace: order.maxGrace,
    markGone: order.markGone,
    goneNext: order.goneNext,
    approved: order.approved,
    tookOver,
    plan: order.plan,
    intendedAt: at,
    tasksAtStart: groups.known ? groups.value.reduce((sum, group) => sum + group.tasks.length, 0) : null,
    frameworks: groups.known && usual !== null ? frameworksAtStart(groups.value, usual) : null,
    ...(runs === null ? {} : { runsFor: runs }),
    // Who only keeps new tasks away can't say when the frameworks take theirs off.
    expectedEnd: order.way === 'deactivate' ? null : expectedEnd,
    ...(order.quiet === undefined ? {} : { quiet: order.quiet }),
    ...(order.outFor === undefined
      ? {}
      : { stay: { outFor: { seconds: order.outFor, by: order.requester }, toldAt: null } }),
    state: { status: 'calling' },
  };
  await tx.insertDrain(drain);
  if (order.thread === null) await openThread(tx, drain, order.preview, at, deps);
  else {
    // The root of a plan's thread stays the plan's.
    if (order.plan === null) await tx.drainInThread(order.thread, drain.id);
    await tx.cardStale(order.thread, at);
  }
  return drain;
}

/** Drains of this agent that the master shows no more ended by somebody else's hand: under the new one's config they would
 * look as if they stood. A deactivation of ours that a drain goes on from ends with that; answers which. `shown` null: not
 * registered now. */
async function endThoseBefore(
  tx: Tx,
  { agent, cluster, way }: DrainOrder,
  shown: RegisteredAgent | null,
  { id, at, newId }: { id: DrainId; at: Instant; newId: NewId },
): Promise<DrainId | null> {
  let tookOver: DrainId | null = null;
  const open = (await tx.openDrains(cluster)).filter(givesWay);
  for (const before of [...open, ...(await tx.outOfService(cluster))]) {
    if (before.agentId !== agent.agentId) continue;
    const changed = shown === null ? null : changedByOthers(shown, before, at);
    if (changed !== null) await applyEvents(tx, before, [changed], newId);
    else if (way === 'drain' && givesWay(before)) {
      await applyEvents(tx, before, [{ type: 'ended', at, end: { kind: 'upgraded', to: id } }], newId);
      tookOver = before.id;
    }
  }
  return tookOver;
}

/** A thread of its own, with the card at the root of it. */
async function openThread(
  tx: Tx,
  drain: Drain,
  preview: Preview,
  at: Instant,
  deps: FileDeps,
): Promise<void> {
  const rootNotice = noticeId(deps.newId());
  const { id, thread, channel } = drain;
  await tx.openThread({ id: thread, channel, rootNotice, drain: id, approval: null });
  await tx.queue({
    id: rootNotice,
    to: { kind: 'root', thread },
    notice: { kind: 'drain-card', card: cardOf(drain, at, null), preview },
    createdAt: at,
  });
  // Graces and what breaks are no matter of one whose frameworks do the killing.
  if (drain.way === 'drain')
    await queuePreviewFile(tx, preview, { kind: 'reply', thread, broadcast: false }, at, deps);
}

/** Two people asked at once, and the unique index let the other one pass. */
async function whoHasIt(store: Store, cluster: ClusterName, agent: KnownAgent): Promise<Refusal> {
  const open = await store.openDrains(cluster);
  const winner = open.find(({ drain }) => drain.agentId === agent.agentId);
  const label = labelOf(agent);
  if (winner === undefined)
    return {
      code: 'agent-not-drainable',
      agent: label,
      why: 'unreadable',
      detail: 'another drain of it just ended',
    };
  return withLink(store, cluster, {
    code: 'already-open',
    drain: winner.drain.id,
    agent: label,
    permalink: null,
  });
}
