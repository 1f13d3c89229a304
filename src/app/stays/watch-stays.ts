import type { Drain } from '../../domain/drain.ts';
import { after, type DrainId, type Instant, instant } from '../../domain/ids.ts';
import { agentsToCome } from '../../domain/plan.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Reminder } from '../../domain/stay/reminder.ts';
import { dueOn, outSince } from '../../domain/stay/stay.ts';
import { applyEvents } from '../drains/apply-events.ts';
import { VersionConflict } from '../faults.ts';
import type { Store, Tx } from '../ports.ts';
import { type BringBackDeps, bringBack } from './bring-back.ts';

/** Between two attempts at what nobody could judge, in ms. */
const againMs = 30_000;

export interface WatchStaysDeps extends BringBackDeps {
  onWritten(): void;
}

/** One pass over the agents that our drains keep out of service: those whose time is over are brought back, and people are
 * reminded of those that seem forgotten. What waits for somebody to accept a restored database waits here too. */
export function makeWatchStays(deps: WatchStaysDeps) {
  const { store, master, clock, newId, log } = deps;
  const { cluster } = master;
  /** What nobody could judge when it was last tried, in memory: forgetting it only means telling less. */
  const tried = new Map<DrainId, { at: Instant; why: Refusal }>();

  return async function pass(now: Instant): Promise<Instant | null> {
    if ((await store.thisDatabase()).restored !== null) return null;
    const out = await keptOut(store, cluster);
    for (const id of tried.keys()) if (!out.some((drain) => drain.id === id)) tried.delete(id);
    const hours: Instant[] = [];
    for (const drain of out) {
      const next = await watch(drain, now);
      if (next !== null) hours.push(next);
    }
    return hours.length === 0 ? null : instant(Math.min(...hours));
  };

  async function watch(drain: Drain, now: Instant): Promise<Instant | null> {
    const due = dueOn(drain, deps.policy.current(), now);
    switch (due.what) {
      case 'nothing':
        return due.until;
      case 'remind':
        return remind(drain, reminderFor(due.why, drain));
      case 'return': {
        const last = tried.get(drain.id);
        if (last !== undefined && now < after(last.at, againMs)) return after(last.at, againMs);
        const came = await bringBack(deps, drain);
        if (came.is === 'begun') {
          deps.onWritten();
          return null;
        }
        if (came.is === 'kept-out') return remind(drain, came.reminder);
        tried.set(drain.id, { at: clock.now(), why: came.why });
        return after(clock.now(), againMs);
      }
    }
  }

  function reminderFor(why: 'forgotten' | 'by-policy' | 'late', { id }: Drain): Reminder {
    return why === 'late' ? { why, refusal: tried.get(id)?.why ?? null } : { why };
  }

  async function remind(drain: Drain, reminder: Reminder): Promise<Instant | null> {
    const at = clock.now();
    try {
      const isTold = await store.transact(async (tx) => {
        // Whoever is about to do something with it has not forgotten it.
        if (await isInHand(tx, drain, reminder)) return false;
        await applyEvents(tx, drain, [{ type: 'reminded', at, reminder }], newId);
        return true;
      });
      // What is written wakes this loop too: it would run without end on what it may not tell.
      if (isTold) deps.onWritten();
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
      log.debug({ drainId: drain.id }, 'a drain moved on as people were to be reminded of it');
    }
    return after(at, againMs);
  }
}

/** The drains by which agents are out of service now, deactivated ones that still hold tasks among them. */
async function keptOut(store: Store, cluster: Drain['cluster']): Promise<Drain[]> {
  const all = [...(await store.openDrains(cluster)), ...(await store.outOfService(cluster))];
  return all.map(({ drain }) => drain).filter((drain) => outSince(drain) !== null);
}

/** Whether work of ours on this very agent is under way that will end its time out of service, or tells of it. */
async function isInHand(tx: Tx, { cluster, agentId, plan }: Drain, { why }: Reminder): Promise<boolean> {
  if ((await tx.openReactivations(cluster)).some((each) => each.agentId === agentId)) return true;
  if ((await tx.openMarkGones(cluster)).some((each) => each.agentId === agentId)) return true;
  const plans = await tx.unendedPlans(cluster);
  // What its own plan has in mind with it comes next, be it a wave, a maintenance, or a return at its own hour.
  if (plans.some((each) => each.id === plan && each.of !== 'agents' && each.state.status === 'running'))
    return true;
  return why === 'forgotten' && plans.some((each) => agentsToCome(each).includes(agentId));
}
