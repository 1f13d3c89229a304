import type { KnownAgent, MasterSighting, Sighting } from '../../domain/agent.ts';
import { gapBefore } from '../../domain/drain/gap.ts';
import { observe } from '../../domain/drain/observe.ts';
import type { Judging } from '../../domain/drain/proof.ts';
import type { Drain } from '../../domain/drain.ts';
import { after, type ChannelId, type Instant } from '../../domain/ids.ts';
import { isTakenDownBy } from '../../domain/maintenance/may-maintain.ts';
import { isRegistered } from '../../domain/target.ts';
import { explain, isAskedAbout } from '../agents/absence.ts';
import { knownFrom } from '../agents/find-agent.ts';
import { MasterFault, VersionConflict } from '../faults.ts';
import { type RegistryWords, shownBy } from '../outside/shown.ts';
import { makeTellOutside, type SweepLook } from '../outside/tell-outside.ts';
import type { Clock, Log, Master, NewId, Store, StoredDrain, Sweep } from '../ports.ts';
import { applyEvents } from './apply-events.ts';
import { successorOf } from './look.ts';
import { leaderIn } from './watch-drains.ts';

/** One slow pass: keeps the directory of every agent ever seen, and follows what was drained until it is back. */
export function makeSweepAgents(deps: {
  store: Store;
  master: Master;
  clock: Clock;
  newId: NewId;
  log: Log;
  judging: Judging;
  timing: { sweepMs: number; pollMs: number };
  clusterChannel: ChannelId | null;
  onWritten(): void;
  /** Whether the masters could be asked this time. */
  onSwept(reached: boolean): void;
}) {
  const { store, master, clock, log, timing } = deps;

  const tellOutside = makeTellOutside(deps);
  let scheduleIsRead = true;

  return async function pass(now: Instant): Promise<Instant> {
    const soon = after(now, Math.min(timing.sweepMs, 4 * timing.pollMs));
    try {
      const begun = clock.now();
      const seq = (await store.auditHead())?.seq ?? 0;
      const sweep = await master.sweep();
      deps.onSwept(true);
      const before = await store.directory(master.cluster);
      const listed = knownFrom(sweep, clock.now(), before);
      const present = new Set(listed.map(({ agentId }) => agentId));
      const missing = before.filter((agent) => !present.has(agent.agentId) && isAskedAbout(agent, now));
      const told = await registryOn([...missing, ...listed.filter(({ state }) => state === 'recovered')]);
      const explained = missing.map((agent) => explain(agent, told?.words.get(agent.agentId)));
      await store.transact(async (tx) => {
        await tx.rememberAgents(master.cluster, [...listed, ...explained]);
        await tx.noteUnreached(master.cluster, null);
      });
      for (const stored of await store.outOfService(master.cluster)) {
        const known = before.find(({ agentId }) => agentId === stored.drain.agentId);
        // One that was not in the list then, as a machine that is off, was not seen for another reason.
        const last = known !== undefined && isRegistered(known) ? known.lastSeenAt : null;
        await follow(stored, isProvenBefore(stored.drain, begun) ? sweep : null, last);
      }
      const fresh = new Map([...before, ...listed, ...explained].map((agent) => [agent.agentId, agent]));
      const knownNow = [...fresh.values()];
      const isUnsettled = await tellOutside({
        begun,
        seq,
        leader: sweep.leader.id,
        ...{ before, after: knownNow },
        shown: shownBy(sweep, told, { before, after: knownNow }),
        schedule: await schedule(),
      });
      return isUnsettled ? soon : after(now, timing.sweepMs);
    } catch (fault) {
      if (!(fault instanceof MasterFault)) throw fault;
      deps.onSwept(false);
      if ((await store.unreached(master.cluster)) === null)
        await store.transact((tx) => tx.noteUnreached(master.cluster, now));
      log.warn({ err: fault, cluster: master.cluster }, 'the agents could not be listed');
      return soon;
    }
  };

  /** Null: nobody is to be asked about, or the registry could not be read, so that an absence says nothing. */
  async function registryOn(agents: KnownAgent[]): Promise<RegistryWords | null> {
    if (agents.length === 0) return null;
    try {
      return await master.registryOn(agents.map(({ agentId }) => agentId));
    } catch (fault) {
      if (!(fault instanceof MasterFault)) throw fault;
      log.debug({ err: fault, cluster: master.cluster }, 'the registry could not be read');
      return null;
    }
  }

  /** Null: it can't be read, which is no alarm; some masters keep it from the bot. */
  async function schedule(): Promise<SweepLook['schedule']> {
    try {
      const read = await master.schedule();
      scheduleIsRead = true;
      return read;
    } catch (fault) {
      if (!(fault instanceof MasterFault)) throw fault;
      if (scheduleIsRead)
        log.warn(
          { err: fault, cluster: master.cluster },
          'the maintenance schedule could not be read: changes to it go unnoticed until it can',
        );
      scheduleIsRead = false;
      return null;
    }
  }

  /** `last`: when the agent was seen before; null: not then, or never. `sweep` null: the list may be older than the drain. */
  async function follow({ drain }: StoredDrain, sweep: Sweep | null, last: Instant | null): Promise<void> {
    const listed = sweep === null ? null : sightIn(sweep, drain.agentId);
    const seen = listed ?? (await master.lookAt(drain.agentId));
    const sighting: Sighting = {
      at: clock.now(),
      master: seen,
      agent: { kind: 'not-asked', why: 'it is out of service' },
      frameworks: [],
      diagnosis: null,
    };
    const successor = seen.kind === 'absent' ? await successorOf(master, drain) : null;
    const events = observe(drain, sighting, successor, deps.judging);
    if (events.length === 0) return;
    try {
      await store.transact(async (tx) => {
        // While this bot brings it back itself, the reactivation's own watch ends the drain and tells it.
        const returning = await tx.openReactivations(drain.cluster);
        if (returning.some((each) => each.drain === drain.id)) return;
        // Of an agent that it is marking gone itself, the mark gone's own watch does the same.
        const marking = await tx.openMarkGones(drain.cluster);
        if (marking.some(({ agentId }) => agentId === drain.agentId)) return;
        // Of one whose machine it takes down itself, the plan does.
        const plans = await tx.unendedPlans(drain.cluster);
        if (plans.some((plan) => isTakenDownBy(plan, drain.agentId))) return;
        const gap = gapBefore(drain, last, seen, sighting.at, {
          usualMs: timing.sweepMs,
          worthMs: deps.judging.stuckAfterMs,
        });
        await applyEvents(tx, drain, [...gap, ...events], deps.newId, leaderIn(seen));
      });
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
    }
    deps.onWritten();
  }
}

/** Of what was proven while the list was on its way, the list may show the time before: an agent still active, or drained
 * with another grace. */
function isProvenBefore({ state }: Drain, begun: Instant): boolean {
  return state.status === 'drained' && state.provenAt < begun;
}

function sightIn({ leader, registered, recovered }: Sweep, id: KnownAgent['agentId']): MasterSighting | null {
  const agent = registered.find(({ agentId }) => agentId === id);
  if (agent) return { kind: 'registered', leader: leader.id, agent };
  return recovered.some(({ agentId }) => agentId === id) ? { kind: 'recovered', leader: leader.id } : null;
}
