import type { KnownAgent } from '../../domain/agent.ts';
import type { Gap } from '../../domain/drain.ts';
import { type ChannelId, correlationId, type Instant, noticeId } from '../../domain/ids.ts';
import { maintenanceAbout } from '../../domain/maintenance/news.ts';
import type { Unavailability } from '../../domain/maintenance/text.ts';
import type { Shown } from '../../domain/outside/agents.ts';
import {
  agentOn,
  type Schedule,
  type ScheduledMachine,
  siftSchedule,
} from '../../domain/outside/machines.ts';
import { type Found, outsideEntry, outsideNotice } from '../../domain/outside/narrate.ts';
import { nearer, relationToLines } from '../../domain/outside/own-lines.ts';
import { isByPlan, runningPlanOn } from '../../domain/outside/own-plans.ts';
import { type OwnWork, relationOf } from '../../domain/outside/own-work.ts';
import { believedOf, type Doubts, type Sifted, sift } from '../../domain/outside/sift.ts';
import type { Clock, Log, Master, NewId, Store, Swept, Tx } from '../ports.ts';

export interface TellOutsideDeps {
  store: Store;
  master: Pick<Master, 'cluster'>;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** Where the cluster's people are told; null: nowhere, and only the log has it. */
  clusterChannel: ChannelId | null;
  timing: { sweepMs: number };
  onWritten(): void;
}

/** What one sweep has read. */
export interface SweepLook {
  /** Before its first read, and the log's last number then. */
  begun: Instant;
  seq: number;
  leader: Swept['leader'];
  shown: Shown[];
  /** Null: it could not be read. */
  schedule: Omit<Schedule, 'at'> | null;
  /** The directory before this sweep, and after it. */
  before: KnownAgent[];
  after: KnownAgent[];
}

/** Holds each sweep against the one before: what this bot did not do, and no thread of its own tells, is filed and told.
 * Answers whether something is left that should be looked at again before long. */
export function makeTellOutside(deps: TellOutsideDeps) {
  const { store, master, clock, log } = deps;
  const startedAt = clock.now();
  /** In memory: forgetting these only means that a change across leaders waits for one more sweep. */
  let doubts: Doubts = new Map();
  let scheduleDoubt: string | null = null;
  let away: Gap | null = null;

  return async function tellOutside(look: SweepLook): Promise<boolean> {
    const { begun } = look;
    const last = await store.swept(master.cluster);
    const isGap =
      last !== null && (last.at < startedAt || begun - last.at > 2 * deps.timing.sweepMs + 60_000);
    if (isGap && last.at < begun) away = { from: last.at, to: begun };
    const known = new Set(look.before.map(({ agentId }) => agentId));
    const believed = await store.believed(master.cluster);
    const sifted = sift(look.shown, { believed, isNew: (id) => !known.has(id), last, doubts }, begun);
    const before = last?.schedule ?? null;
    const seen = look.schedule === null ? null : { ...look.schedule, at: begun };
    const schedule = siftSchedule(before, seen, scheduleDoubt);
    const onMachines = schedule.changes.map((change): Found => {
      const agent = agentOn(change.machine, look.after);
      const leader = schedule.now?.leader ?? look.leader;
      return { on: 'machine', change, agent, leader, since: before?.at ?? begun };
    });
    const { acceptedUpTo } = await store.thisDatabase();

    const { found, waiting } = await store.transact(async (tx) => {
      const judged = await judgeAgents(tx, sifted, look);
      const strange = await strangeMachines(tx, onMachines, before?.at ?? begun);
      const all: Found[] = [...judged.found, ...strange];
      await tx.believe(master.cluster, [...sifted.settled, ...judged.settled]);
      await tx.noteSwept(master.cluster, { at: begun, leader: look.leader, schedule: schedule.now });
      if (all.length === 0) return { found: all, waiting: judged.stirred };
      const oldest = Math.min(...all.map((each) => (each.on === 'agent' ? each.change.since : each.since)));
      const at = clock.now();
      const by = {
        cluster: master.cluster,
        channel: deps.clusterChannel,
        at,
        away,
        restored: (await tx.restored()) !== null || (acceptedUpTo !== null && oldest <= acceptedUpTo),
      };
      // None followed from another: with one id for all, the log would tell them as one deed.
      for (const each of all) await tx.append(outsideEntry(each, by, correlationId(deps.newId())));
      if (deps.clusterChannel !== null)
        await tx.queue({
          id: noticeId(deps.newId()),
          to: { kind: 'channel', channel: deps.clusterChannel },
          notice: outsideNotice(all, by),
          createdAt: at,
        });
      return { found: all, waiting: judged.stirred };
    });
    doubts = sifted.doubts;
    scheduleDoubt = schedule.doubt;
    if (found.length > 0) {
      log.info({ cluster: master.cluster, changes: found.length }, 'somebody else changed the cluster');
      deps.onWritten();
    }
    return waiting > 0 || sifted.doubted > 0 || schedule.doubt !== null;
  };

  /** Changes of machines that no plan of ours makes; on those of a running plan its own thread is told too. */
  async function strangeMachines(tx: Tx, all: Found[], since: Instant): Promise<Found[]> {
    if (all.length === 0) return all;
    const plans = await tx.plansSince(master.cluster, since);
    const strange = all.filter((each) => each.on !== 'machine' || !isByPlan(each.change, plans));
    for (const each of strange) {
      const plan = each.on === 'machine' ? runningPlanOn(each.change.machine, plans) : null;
      if (plan === null || each.on !== 'machine') continue;
      const { machine, before, now } = each.change;
      const lines = [{ machine, before: before && spanSeen(before), after: now && spanSeen(now) }];
      await tx.queue({
        id: noticeId(deps.newId()),
        to: { kind: 'reply', thread: plan.thread, broadcast: false },
        notice: { kind: 'maintenance', about: maintenanceAbout(plan), news: { news: 'outside', lines } },
        createdAt: clock.now(),
      });
    }
    return strange;
  }

  /** In the transaction that files it, so that a call which was recorded while the sweep was on its way is known. */
  async function judgeAgents(
    tx: Tx,
    { candidates }: Sifted,
    { begun, seq }: SweepLook,
  ): Promise<{ found: Found[]; settled: Sifted['settled']; stirred: number }> {
    const found: Found[] = [];
    const settled: Sifted['settled'] = [];
    if (candidates.length === 0) return { found, settled, stirred: 0 };
    const moved = new Set(await tx.agentsFiledAfter(seq));
    const since = Math.min(...candidates.map((each) => each.since)) as Instant;
    const work = byAgent(await tx.ownWork(master.cluster, since));
    const plans = await tx.plansSince(master.cluster, since);
    let stirred = 0;
    for (const change of candidates) {
      const { shown } = change;
      // What this list shows of it may be older than what the bot has done to it or seen of it since.
      if (moved.has(shown.agentId)) {
        stirred += 1;
        continue;
      }
      const relation = nearer(
        relationOf(shown.now, work(shown.agentId), change.since),
        relationToLines(shown.now, plans, shown.agentId),
      );
      if (relation === 'followed') continue;
      settled.push([shown.agentId, believedOf(shown, begun)]);
      if (relation === 'strange') found.push({ on: 'agent', change });
    }
    return { found, settled, stirred };
  }
}

/** To the millisecond, which is what the sweep keeps. */
function spanSeen({ start, durationMs }: Pick<ScheduledMachine, 'start' | 'durationMs'>): Unavailability {
  return {
    startNs: `${BigInt(start) * 1_000_000n}`,
    durationNs: durationMs === null ? null : `${BigInt(Math.trunc(durationMs)) * 1_000_000n}`,
  };
}

function byAgent({ drains, reactivations, markGones }: OwnWork): (agent: KnownAgent['agentId']) => OwnWork {
  return (agent) => {
    const isIts = (each: { agentId: KnownAgent['agentId'] }) => each.agentId === agent;
    return {
      drains: drains.filter(isIts),
      reactivations: reactivations.filter(isIts),
      markGones: markGones.filter(isIts),
    };
  };
}
