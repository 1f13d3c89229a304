import type { KnownAgent } from '../../domain/agent.ts';
import type { CallOutcome } from '../../domain/call.ts';
import type { ReactivateCommand } from '../../domain/command.ts';
import { type Drain, givesWay } from '../../domain/drain.ts';
import { type Instant, noticeId, reactivationId, threadId } from '../../domain/ids.ts';
import {
  drainsForNothing,
  type LookedForReturn,
  objectionsToReactivation,
} from '../../domain/reactivation/may-reactivate.ts';
import { aboutOf, type ReactivationNews } from '../../domain/reactivation/news.ts';
import type { Reactivation, ReactivationEvent } from '../../domain/reactivation.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { labelOf } from '../../domain/target.ts';
import type { Target } from '../../domain/targets.ts';
import { findAgent } from '../agents/find-agent.ts';
import { withLink } from '../answers/with-link.ts';
import { auditOfCommand, queueAnswer } from '../commands/record.ts';
import { MasterFault } from '../faults.ts';
import { outcomeEvent } from '../outcome-event.ts';
import { Overtaken } from '../overtaken.ts';
import { placeInLog } from '../place-in-log.ts';
import type { Clock, InboxCommand, Log, Master, NewId, Store, ThreadRow, Tx } from '../ports.ts';
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

/** `reactivate`: looks, judges, and goes through the door. Answers a refusal, or that its thread tells the rest. */
export async function openReactivation(
  deps: ReactivationDeps,
  command: ReactivateCommand,
  target: Target,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const { store, master, clock, newId } = deps;
  const found = await findAgent({ store, master, now: clock.now() }, target, 'reversible');
  if (!found.ok) return found;
  const { chosen, others } = found.value;
  const looked = await lookForReturn(master, chosen);
  const objection = objectionsToReactivation(
    chosen,
    looked,
    (await store.openDrains(master.cluster)).map(({ drain }) => drain),
    await store.openReactivations(master.cluster),
    await store.openMarkGones(master.cluster),
  )[0];
  if (objection !== undefined) return refuse(await withLink(store, master.cluster, objection));

  const undone = await drainToUndo(store, master, chosen);
  let reactivation: Reactivation | null = null;
  try {
    await deps.submitCall({
      call: { type: 'REACTIVATE_AGENT', agentId: chosen.agentId },
      audit: async (tx) => ({
        ...auditOfCommand(typed, command),
        ...(reactivation === null ? {} : { place: await placeInLog(tx, reactivation) }),
        cluster: master.cluster,
        agent: { id: chosen.agentId, hostname: chosen.hostname },
        ...(undone === null ? {} : { drain: undone.drain.id }),
        ...(command.reason === null ? {} : { reason: command.reason }),
        decision: 'allowed',
      }),
      record: async (tx, at) => {
        const overtaken = objectionsToReactivation(
          chosen,
          looked,
          await tx.openDrains(master.cluster),
          await tx.openReactivations(master.cluster),
          await tx.openMarkGones(master.cluster),
        )[0];
        if (overtaken !== undefined) throw new Overtaken(overtaken);
        reactivation = {
          id: reactivationId(newId()),
          version: 0,
          cluster: master.cluster,
          agentId: chosen.agentId,
          hostname: chosen.hostname,
          requester: { userId: typed.user, teamId: typed.team, name: typed.userName },
          channel: undone?.thread?.channel ?? typed.channel,
          thread: undone?.thread?.id ?? threadId(newId()),
          correlation: typed.correlation,
          reason: command.reason,
          drain: undone?.drain.id ?? null,
          intendedAt: at,
          state: { status: 'calling' },
        };
        await tx.insertReactivation(reactivation);
        const asked = newsOfAsking(command, looked, others);
        const thread = undone?.thread ?? null;
        if (thread === null) await openThread(tx, reactivation, asked, deps);
        else await askInThread(tx, reactivation, asked, thread, typed, deps);
        await tx.settleCommand(typed.id, 'done');
      },
      settle: async (tx, outcome, at) => {
        if (reactivation !== null) await applyReactivation(tx, reactivation, [eventOf(outcome, at)], newId);
      },
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(await withLink(store, master.cluster, fault.refusal));
    if (!(fault instanceof Unsettled)) throw fault;
    deps.log.error(
      { err: fault, agentId: chosen.agentId },
      'the outcome of a call could not be written; looking instead',
    );
  }
  return ok('settled');
}

/** Throws a MasterFault where the master can't say what the agent is, or who leads. */
async function lookForReturn(master: Master, { agentId }: KnownAgent): Promise<LookedForReturn> {
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

function newsOfAsking(
  { reason }: ReactivateCommand,
  { master, own }: LookedForReturn,
  others: KnownAgent[],
): ReactivationNews {
  return {
    news: 'asked',
    reason,
    away: master.kind === 'unreachable' || master.kind === 'recovered' ? master.kind : null,
    agentNotAsked: master.kind === 'registered' && own.kind === 'not-asked' ? own.why : null,
    ...(drainsForNothing(own, master) ? { dropsOne: true } : {}),
    others: others.map(labelOf),
  };
}

/** A thread of its own; its root says what was asked, and is followed by replies. */
async function openThread(
  tx: Tx,
  reactivation: Reactivation,
  news: ReactivationNews,
  { newId }: ReactivationDeps,
) {
  const { thread, channel, intendedAt } = reactivation;
  const rootNotice = noticeId(newId());
  await tx.openThread({ id: thread, channel, rootNotice, drain: null, approval: null });
  await tx.queue({
    id: rootNotice,
    to: { kind: 'root', thread },
    notice: { kind: 'reactivation', about: aboutOf(reactivation), news },
    createdAt: intendedAt,
  });
}

/** The drain's thread may lie far back, or in another channel: it is told there, and the typist is told where. */
async function askInThread(
  tx: Tx,
  reactivation: Reactivation,
  news: ReactivationNews,
  { id, permalink }: ThreadRow,
  typed: InboxCommand,
  deps: ReactivationDeps,
) {
  const about = aboutOf(reactivation);
  await tx.queue({
    id: noticeId(deps.newId()),
    to: { kind: 'reply', thread: id, broadcast: true },
    notice: { kind: 'reactivation', about, news },
    createdAt: reactivation.intendedAt,
  });
  await queueAnswer(tx, typed, { kind: 'reactivation', about, news: { news: 'begun', permalink } }, deps);
}

/** The 409 that took effect came for an agent that is away. */
function eventOf(outcome: CallOutcome, at: Instant): ReactivationEvent {
  const event = outcomeEvent(outcome, at);
  return event.type === 'call-accepted'
    ? { ...event, away: outcome.kind === 'accepted' && outcome.httpStatus === 409 }
    : event;
}
