import type { KnownAgent } from '../../domain/agent.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import type { CallOutcome } from '../../domain/call.ts';
import { type Drain, givesWay } from '../../domain/drain.ts';
import {
  type ChannelId,
  type CorrelationId,
  type Instant,
  noticeId,
  type PlanId,
  reactivationId,
  type ThreadId,
  threadId,
} from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import {
  drainsForNothing,
  type LookedForReturn,
  objectionsToReactivation,
} from '../../domain/reactivation/may-reactivate.ts';
import { aboutOf, type ReactivationNews } from '../../domain/reactivation/news.ts';
import type { Reactivation, ReactivationEvent } from '../../domain/reactivation.ts';
import { ok, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import { labelOf } from '../../domain/target.ts';
import { withLink } from '../answers/with-link.ts';
import { MasterFault } from '../faults.ts';
import { outcomeEvent } from '../outcome-event.ts';
import { Overtaken } from '../overtaken.ts';
import { placeInLog } from '../place-in-log.ts';
import type { Clock, Log, Master, NewId, Store, ThreadRow, Tx } from '../ports.ts';
import { type SubmitCall, Unsettled } from '../submit-call.ts';
import { applyReactivation } from './apply-reactivation.ts';

export interface ReactivationDeps {
  store: Store;
  master: Master;
  submitCall: SubmitCall;
  clock: Clock;
  newId: NewId;
  log: Log;
}

/** A reactivation that is about to begin. */
export interface ReactivationOrder {
  agent: KnownAgent;
  /** More ids of the same hostname, not chosen. */
  others: KnownAgent[];
  looked: LookedForReturn;
  requester: Person;
  channel: ChannelId;
  /** The plan that it is a line of, and in whose thread it is told; null: it stands alone. */
  plan: { id: PlanId; thread: ThreadId } | null;
  /** Its usual steps are told by its plan. */
  quiet?: true;
  correlation: CorrelationId;
  reason: string | null;
  /** Nobody typed it: the agent's time out of service is over. */
  byHour?: true;
  /** The fields of the log beside cluster, agent, drain and reason. */
  audit: Pick<AuditDraft, 'actor' | 'correlation' | 'command' | 'place' | 'approval' | 'facts'>;
  /** In the intent's transaction: throws an Overtaken where it may not begin any more, and writes what else changes.
   * `told`: the thread from before in which it goes on, far back maybe; null: in one of its own, or the plan's. */
  record(tx: Tx, reactivation: Reactivation, told: ThreadRow | null): Promise<void>;
}

/** What speaks against it, by all that was read; null: nothing. */
export async function objectionToReturn(
  { store, master: { cluster } }: Pick<ReactivationDeps, 'store' | 'master'>,
  agent: KnownAgent,
  looked: LookedForReturn,
): Promise<Refusal | null> {
  const [objection] = objectionsToReactivation(
    agent,
    looked,
    (await store.openDrains(cluster)).map(({ drain }) => drain),
    await store.openReactivations(cluster),
    await store.openMarkGones(cluster),
  );
  return objection === undefined ? null : withLink(store, cluster, objection);
}

/** Throws a MasterFault where the master can't say what the agent is, or who leads. */
export async function lookForReturn(master: Master, { agentId }: KnownAgent): Promise<LookedForReturn> {
  const seen = await master.lookAt(agentId);
  if (seen.kind === 'not-read') throw new MasterFault(seen.why);
  const [own, leader] = await Promise.all([
    seen.kind === 'registered'
      ? master.askAgent(agentId, seen.agent.address)
      : ({ kind: 'not-asked', why: 'it is not registered now' } as const),
    master.leader(),
  ]);
  return { master: seen, own, version: leader.version };
}

/** Sends a reactivation through the door: its record and the intent are on disk before the call leaves. Answers a refusal
 * where it was overtaken, and nothing was sent. */
export async function sendReactivation(
  deps: ReactivationDeps,
  order: ReactivationOrder,
): Promise<Result<'sent'>> {
  const { store, master, newId } = deps;
  const { cluster } = master;
  const { agent, looked, plan } = order;
  const undone = await drainToUndo(store, master, agent);
  const told = plan === null ? (undone?.thread ?? null) : null;
  let reactivation: Reactivation | null = null;
  try {
    await deps.submitCall({
      call: { type: 'REACTIVATE_AGENT', agentId: agent.agentId },
      audit: async (tx) => ({
        ...order.audit,
        ...(reactivation === null ? {} : { place: await placeInLog(tx, reactivation) }),
        cluster,
        agent: { id: agent.agentId, hostname: agent.hostname },
        ...(undone === null ? {} : { drain: undone.drain.id }),
        ...(plan === null ? {} : { plan: plan.id }),
        ...(order.reason === null ? {} : { reason: order.reason }),
        decision: order.audit.approval === undefined ? 'allowed' : 'approved',
      }),
      record: async (tx, at) => {
        const overtaken = objectionsToReactivation(
          agent,
          looked,
          await tx.openDrains(cluster),
          await tx.openReactivations(cluster),
          await tx.openMarkGones(cluster),
        )[0];
        if (overtaken !== undefined) throw new Overtaken(overtaken);
        reactivation = {
          id: reactivationId(newId()),
          version: 0,
          cluster,
          agentId: agent.agentId,
          hostname: agent.hostname,
          requester: order.requester,
          channel: told?.channel ?? order.channel,
          thread: plan?.thread ?? told?.id ?? threadId(newId()),
          correlation: order.correlation,
          reason: order.reason,
          drain: undone?.drain.id ?? null,
          plan: plan?.id ?? null,
          ...(order.quiet === undefined ? {} : { quiet: order.quiet }),
          intendedAt: at,
          state: { status: 'calling' },
        };
        await tx.insertReactivation(reactivation);
        await tell(tx, reactivation, newsOfAsking(order), told, deps);
        await order.record(tx, reactivation, told);
      },
      settle: async (tx, outcome, at) => {
        if (reactivation !== null) await applyReactivation(tx, reactivation, [eventOf(outcome, at)], newId);
      },
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(await withLink(store, cluster, fault.refusal));
    if (!(fault instanceof Unsettled)) throw fault;
    deps.log.error(
      { err: fault, agentId: agent.agentId },
      'the outcome of a call could not be written; looking instead',
    );
  }
  return ok('sent');
}

/** Our drain that put the agent out of service, or null. Its thread is null where nothing can be told any more. */
async function drainToUndo(
  store: Store,
  master: Master,
  { agentId }: KnownAgent,
): Promise<{ drain: Drain; thread: ThreadRow | null } | null> {
  const open = (await store.openDrains(master.cluster)).filter(({ drain }) => givesWay(drain));
  const ours = [...(await store.outOfService(master.cluster)), ...open];
  const drain = ours.findLast((stored) => stored.drain.agentId === agentId)?.drain;
  if (drain === undefined) return null;
  const thread = await store.thread(drain.thread);
  return { drain, thread: thread?.dead === null ? thread : null };
}

function newsOfAsking({ reason, looked, others, byHour }: ReactivationOrder): ReactivationNews {
  const { master, own } = looked;
  return {
    news: 'asked',
    reason,
    away: master.kind === 'unreachable' || master.kind === 'recovered' ? master.kind : null,
    agentNotAsked: master.kind === 'registered' && own.kind === 'not-asked' ? own.why : null,
    ...(drainsForNothing(own, master) ? { dropsOne: true } : {}),
    others: others.map(labelOf),
    ...(byHour === true ? { byHour } : {}),
  };
}

/** A plan's card says that its lines are under way. Else a thread of its own has it as the root, followed by replies; and
 * the drain's, which may lie far back, has it as a reply that the channel sees. */
async function tell(
  tx: Tx,
  reactivation: Reactivation,
  news: ReactivationNews,
  told: ThreadRow | null,
  { newId }: ReactivationDeps,
): Promise<void> {
  if (reactivation.plan !== null) return;
  const { thread, channel, intendedAt } = reactivation;
  const id = noticeId(newId());
  if (told === null)
    await tx.openThread({ id: thread, channel, rootNotice: id, drain: null, approval: null });
  await tx.queue({
    id,
    to: told === null ? { kind: 'root', thread } : { kind: 'reply', thread, broadcast: true },
    notice: { kind: 'reactivation', about: aboutOf(reactivation), news },
    createdAt: intendedAt,
  });
}

/** The 409 that took effect came for an agent that is away. */
function eventOf(outcome: CallOutcome, at: Instant): ReactivationEvent {
  const event = outcomeEvent(outcome, at);
  return event.type === 'call-accepted'
    ? { ...event, away: outcome.kind === 'accepted' && outcome.httpStatus === 409 }
    : event;
}
