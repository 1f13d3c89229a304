import { judging } from '../domain/drain/proof.ts';
import type { ClusterName, Instant } from '../domain/ids.ts';
import type { Weekly } from '../domain/stay/weekly.ts';
import { makeWatchApprovals } from './approvals/watch-approvals.ts';
import type { Cluster } from './cluster.ts';
import { makeSweepAgents } from './drains/sweep-agents.ts';
import { makeWatchDrains } from './drains/watch-drains.ts';
import type { Loop } from './loop.ts';
import { makeWatchMachines } from './maintenance/watch-machines.ts';
import { makeWatchMarkGones } from './mark-gones/watch-mark-gones.ts';
import { makePlanActs } from './plans/make-plan-acts.ts';
import { underPolicy } from './plans/under-policy.ts';
import { makeWatchPlans } from './plans/watch-plans.ts';
import type { AskGate } from './ports.ts';
import { makeWatchReactivations } from './reactivations/watch-reactivations.ts';
import { makeWatchStays } from './stays/watch-stays.ts';
import { makeWeeklyDigest } from './stays/weekly-digest.ts';

/** The loops that ask the masters of one cluster. Each cluster has its own, so that one whose masters are down or slow holds
 * up no other. */
export interface ClusterLoops {
  name: ClusterName;
  all: readonly Loop[];
  approvals: Pick<ReturnType<typeof makeWatchApprovals>, 'reacted' | 'asked' | 'readAll'>;
  wakeApprovals(): void;
  /** Something was written: whatever follows what is under way looks at it. */
  wake(): void;
  /** How the latest sweep did. */
  masters(): 'ok' | 'not asked yet' | 'can not be asked';
}

type Watching = Omit<
  Parameters<typeof makeWatchApprovals>[0] & Parameters<typeof makeSweepAgents>[0],
  keyof Cluster | 'judging' | 'onSwept' | 'planActs'
>;

/** `loop` makes a loop of a pass; `name` stands in the log beside its faults. */
export function makeClusterLoops(
  deps: Watching & {
    askGate: AskGate;
    digest: Weekly | null;
    timing: { stuckAfterMs: number; callDeadlineMs: number };
  },
  cluster: Cluster,
  loop: (name: string, pass: (now: Instant) => Promise<Instant | null>) => Loop,
): ClusterLoops {
  let masters: ReturnType<ClusterLoops['masters']> = 'not asked yet';
  const watching = {
    ...deps,
    ...cluster,
    planActs: underPolicy(makePlanActs({ ...deps, ...cluster }), { ...deps, ...cluster }),
    judging: { ...judging, stuckAfterMs: deps.timing.stuckAfterMs },
    onSwept: (reached: boolean) => {
      masters = reached ? 'ok' : 'can not be asked';
    },
  };
  const named = (what: string, pass: (now: Instant) => Promise<Instant | null>) =>
    loop(`${what} of ${cluster.name}`, pass);
  const approvals = makeWatchApprovals(watching);
  const loops = {
    approvals: named('approvals', approvals.pass),
    drains: named('drains', makeWatchDrains(watching)),
    markGones: named('markGones', makeWatchMarkGones(watching)),
    reactivations: named('reactivations', makeWatchReactivations(watching)),
    plans: named('plans', makeWatchPlans(watching)),
    machines: named('machines', makeWatchMachines(watching)),
    stays: named('stays', makeWatchStays(watching)),
    digest: named('digest', makeWeeklyDigest(watching)),
    sweep: named('sweep', makeSweepAgents(watching)),
  };
  return {
    name: cluster.name,
    all: Object.values(loops),
    approvals,
    wakeApprovals: () => loops.approvals.wake(),
    wake: () => {
      loops.approvals.wake();
      loops.drains.wake();
      loops.markGones.wake();
      loops.reactivations.wake();
      loops.plans.wake();
      loops.machines.wake();
      loops.stays.wake();
    },
    masters: () => masters,
  };
}
