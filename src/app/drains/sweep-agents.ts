import type { KnownAgent, MasterSighting, Sighting } from '../../domain/agent.ts';
import { gapBefore } from '../../domain/drain/gap.ts';
import { observe } from '../../domain/drain/observe.ts';
import type { Judging } from '../../domain/drain/proof.ts';
import type { Drain } from '../../domain/drain.ts';
import { after, type Instant } from '../../domain/ids.ts';
import { isRegistered } from '../../domain/target.ts';
import { knownAgent, knownFrom } from '../agents/find-agent.ts';
import { MasterFault, VersionConflict } from '../faults.ts';
import type { Clock, Log, Master, NewId, Store, StoredDrain, Sweep } from '../ports.ts';
import { applyEvents } from './apply-events.ts';
import { successorOf } from './look.ts';
import { leaderIn } from './watch-drains.ts';

/** Agents that left the list, asked about one by one in each sweep: those last seen first. Each question reads the
 * master's whole registry (mesos-api 2.6), so the directory's old dead are left in peace. */
const askedPerSweep = 20;
/** How long an unexplained absence is asked about again. */
const askAgainMs = 3_600_000;

/** One slow pass: keeps the directory of every agent ever seen, and follows what was drained until it is back. */
export function makeSweepAgents(deps: {
  store: Store;
  master: Master;
  clock: Clock;
  newId: NewId;
  log: Log;
  judging: Judging;
  timing: { sweepMs: number; pollMs: number };
  onWritten(): void;
  /** Whether the masters could be asked this time. */
  onSwept(reached: boolean): void;
}) {
  const { store, master, clock, log, timing } = deps;

  return async function pass(now: Instant): Promise<Instant> {
    try {
      const begun = clock.now();
      const sweep = await master.sweep();
      deps.onSwept(true);
      const remembered = await store.directory(master.cluster);
      const listed = knownFrom(sweep, clock.now(), remembered);
      const present = new Set(listed.map(({ agentId }) => agentId));
      const missing = remembered
        .filter((agent) => !present.has(agent.agentId) && isNews(agent, now))
        .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
      const explained: KnownAgent[] = [];
      for (const agent of missing.slice(0, askedPerSweep)) {
        const told = await explain(agent);
        // A master that fell silent would take its deadline for each of them, and a stop would wait for all of that.
        if (told === null) break;
        explained.push(told);
      }
      const unasked = missing
        .slice(explained.length)
        .map((agent) => ({ ...agent, state: 'unlisted' as const }));
      await store.transact((tx) => tx.rememberAgents(master.cluster, [...listed, ...explained, ...unasked]));
      for (const stored of await store.outOfService(master.cluster)) {
        const known = remembered.find(({ agentId }) => agentId === stored.drain.agentId);
        // One that was not in the list then, as a machine that is off, was not seen for another reason.
        const last = known !== undefined && isRegistered(known) ? known.lastSeenAt : null;
        await follow(stored, isProvenBefore(stored.drain, begun) ? sweep : null, last);
      }
      return after(now, timing.sweepMs);
    } catch (fault) {
      if (!(fault instanceof MasterFault)) throw fault;
      deps.onSwept(false);
      log.warn({ err: fault, cluster: master.cluster }, 'the agents could not be listed');
      return after(now, Math.min(timing.sweepMs, 4 * timing.pollMs));
    }
  };

  /** Why an agent is no longer listed; absence alone says nothing. Null: the master could not be asked. */
  async function explain(agent: KnownAgent): Promise<KnownAgent | null> {
    const seen = await master.lookAt(agent.agentId);
    switch (seen.kind) {
      case 'registered': // came back since the list was read
        return knownAgent(seen.agent, clock.now());
      case 'unreachable':
      case 'gone':
      case 'recovered':
        return { ...agent, state: seen.kind };
      case 'absent':
      case 'unexplained':
        return { ...agent, state: 'unlisted' };
      case 'not-read':
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

/** Whether it may be news that the master no longer lists an agent. */
function isNews(agent: KnownAgent, now: Instant): boolean {
  if (agent.state === 'unlisted') return now < agent.lastSeenAt + askAgainMs;
  return isRegistered(agent) || agent.state === 'recovered';
}

function sightIn({ leader, registered, recovered }: Sweep, id: KnownAgent['agentId']): MasterSighting | null {
  const agent = registered.find(({ agentId }) => agentId === id);
  if (agent) return { kind: 'registered', leader: leader.id, agent };
  return recovered.some(({ agentId }) => agentId === id) ? { kind: 'recovered', leader: leader.id } : null;
}
