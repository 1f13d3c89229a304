import type { KnownAgent } from '../../domain/agent.ts';
import { bodyLimit } from '../../domain/audit.ts';
import type { DrainCommand } from '../../domain/command.ts';
import { type DrainLimits, objectionsTo } from '../../domain/drain/may-drain.ts';
import type { CallOutcome, Drain, DrainEvent } from '../../domain/drain.ts';
import { type ClusterName, type Instant, noticeId, threadId } from '../../domain/ids.ts';
import { cardOf } from '../../domain/notice.ts';
import type { Preview } from '../../domain/preview.ts';
import { mayStillLeave } from '../../domain/reactivation.ts';
import { ok, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import { labelOf } from '../../domain/target.ts';
import { buildPreview } from '../agents/build-preview.ts';
import { findAgent } from '../agents/find-agent.ts';
import { permalinkOf } from '../answers/answer-read.ts';
import { auditOfCommand } from '../commands/record.ts';
import { OpenDrainExists } from '../faults.ts';
import { Overtaken } from '../overtaken.ts';
import type { Clock, InboxCommand, Log, Master, NewId, Store, Tx } from '../ports.ts';
import { type SubmitCall, Unsettled } from '../submit-call.ts';
import { applyEvents } from './apply-events.ts';

export interface DrainDeps {
  store: Store;
  master: Master;
  submitCall: SubmitCall;
  limits: DrainLimits;
  clock: Clock;
  newId: NewId;
  log: Log;
}

/** `drain`: looks, judges, and goes through the door. Answers a refusal, or that its thread tells the rest. */
export async function openDrain(
  deps: DrainDeps,
  command: DrainCommand,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const { store, master, clock } = deps;
  const found = await findAgent({ store, master, now: clock.now() }, command.target, 'reversible');
  if (!found.ok) return found;
  const { chosen } = found.value;
  const open = (await store.openDrains(master.cluster)).map((stored) => stored.drain);
  const openDrain = open.find((drain) => drain.agentId === chosen.agentId)?.id ?? null;
  const looked = await buildPreview(master, found.value, { ...command, openDrain, at: clock.now() });
  const judge = (others: Drain[]) =>
    objectionsTo(command, chosen, looked.sighting, looked.preview, others, deps.limits)[0];
  const objection = judge(open);
  if (objection !== undefined) return refuse(await withLink(store, master.cluster, objection));

  const { groups, expectedEnd, subject } = looked.preview;
  const attributes = subject.kind === 'registered' ? subject.agent.attributes : chosen.attributes;
  const tasksAtStart = groups.known ? groups.value.reduce((sum, group) => sum + group.tasks.length, 0) : null;
  let drain: Drain | null = null;
  try {
    await deps.submitCall({
      call: { type: 'DRAIN_AGENT', agentId: chosen.agentId, maxGrace: command.maxGrace, markGone: false },
      audit: () => ({
        ...auditOfCommand(typed, command),
        cluster: master.cluster,
        agent: { id: chosen.agentId, hostname: chosen.hostname },
        ...(drain === null ? {} : { drain: drain.id }),
        ...(command.reason === null ? {} : { reason: command.reason }),
        decision: 'allowed',
      }),
      record: async (tx, at) => {
        const overtaken = judge(await tx.openDrains(master.cluster));
        if (overtaken !== undefined) throw new Overtaken(overtaken);
        await refuseBesideReturn(tx, chosen, master.cluster);
        drain = {
          id: await tx.nextDrainId(),
          version: 0,
          cluster: master.cluster,
          agentId: chosen.agentId,
          hostname: chosen.hostname,
          attributes,
          requester: { userId: typed.user, teamId: typed.team, name: typed.userName },
          channel: typed.channel,
          thread: threadId(deps.newId()),
          correlation: typed.correlation,
          reason: command.reason,
          maxGrace: command.maxGrace,
          intendedAt: at,
          tasksAtStart,
          expectedEnd,
          state: { status: 'calling' },
        };
        await openThread(tx, drain, looked.preview, at, deps.newId);
        await tx.settleCommand(typed.id, 'done');
      },
      settle: async (tx, outcome, at) => {
        if (drain !== null) await applyEvents(tx, drain, [eventOf(outcome, at)], deps.newId);
      },
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(await withLink(store, master.cluster, fault.refusal));
    if (fault instanceof OpenDrainExists) return refuse(await whoHasIt(store, master.cluster, chosen));
    if (!(fault instanceof Unsettled)) throw fault;
    deps.log.error(
      { err: fault, agentId: chosen.agentId },
      'the outcome of a call could not be written; looking instead',
    );
  }
  return ok('settled');
}

/** A reactivation whose call may still be on its way could undo this drain unseen. */
async function refuseBesideReturn(tx: Tx, agent: KnownAgent, cluster: ClusterName): Promise<void> {
  const open = await tx.openReactivations(cluster);
  if (open.some((each) => each.agentId === agent.agentId && mayStillLeave(each)))
    throw new Overtaken({ code: 'reactivation-open', agent: labelOf(agent), permalink: null });
}

/** The drain, its thread and the card at the thread's root. */
async function openThread(tx: Tx, drain: Drain, preview: Preview, at: Instant, newId: NewId): Promise<void> {
  const rootNotice = noticeId(newId());
  await tx.insertDrain(drain);
  await tx.openThread({ id: drain.thread, channel: drain.channel, rootNotice, drain: drain.id });
  await tx.queue({
    id: rootNotice,
    to: { kind: 'root', thread: drain.thread },
    notice: { kind: 'drain-card', card: cardOf(drain, at, null), preview },
    createdAt: at,
  });
}

/** What the outcome of the call means for its drain. */
export function eventOf(outcome: CallOutcome, at: Instant): DrainEvent {
  switch (outcome.kind) {
    case 'accepted':
      return { type: 'call-accepted', at, master: outcome.master };
    case 'rejected':
      return {
        type: 'call-rejected',
        at,
        httpStatus: outcome.httpStatus,
        body: outcome.body.slice(0, bodyLimit),
      };
    case 'unknown':
      return { type: 'call-unknown', at, why: outcome.why };
  }
}

/** The objection, with the way to the work that is in the way. */
async function withLink(store: Store, cluster: ClusterName, refusal: Refusal): Promise<Refusal> {
  if (refusal.code === 'already-draining') {
    const ours = (await store.outOfService(cluster)).find(
      ({ drain }) => drain.agentId === refusal.agent.agentId,
    );
    if (ours === undefined) return refusal;
    return { ...refusal, ours: { drain: ours.drain.id, permalink: await permalinkOf(store, ours) } };
  }
  if (refusal.code !== 'already-open') return refusal;
  const stored = await store.drain(refusal.drain);
  return stored === null ? refusal : { ...refusal, permalink: await permalinkOf(store, stored) };
}

/** Two people asked at once, and the unique index let the other one pass. */
async function whoHasIt(store: Store, cluster: ClusterName, agent: KnownAgent): Promise<Refusal> {
  const open = await store.openDrains(cluster);
  const winner = open.find(({ drain }) => drain.agentId === agent.agentId);
  const label = { agentId: agent.agentId, hostname: agent.hostname, state: agent.state };
  return winner === undefined
    ? {
        code: 'agent-not-drainable',
        agent: label,
        why: 'unreadable',
        detail: 'another drain of it just ended',
      }
    : withLink(store, cluster, {
        code: 'already-open',
        drain: winner.drain.id,
        agent: label,
        permalink: null,
      });
}
