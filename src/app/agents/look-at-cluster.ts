import {
  type BrakeReading,
  brakeOn,
  type ClusterLook,
  type InService,
  inService,
  withOut,
} from '../../domain/brake.ts';
import type { AgentId, ClusterName } from '../../domain/ids.ts';
import { MasterFault } from '../faults.ts';
import type { Clock, Master, PolicyInForce, Store, Tx } from '../ports.ts';
import { explain, isAskedAbout } from './absence.ts';
import { knownFrom } from './find-agent.ts';

interface LookDeps {
  store: Store;
  master: Master;
  clock: Clock;
}

/** Reads afresh what has become of every agent of the cluster: one shared read, and one of the registry where some are missing
 * from it. Throws a MasterFault where the master can't list them. */
export async function lookAtCluster({ store, master, clock }: LookDeps): Promise<ClusterLook> {
  const { cluster } = master;
  const now = clock.now();
  const sweep = await master.sweep();
  const before = await store.directory(cluster);
  const listed = knownFrom(sweep, now, before);
  const present = new Set(listed.map(({ agentId }) => agentId));
  const missing = before.filter(({ agentId }) => !present.has(agentId));
  const asked = missing.filter((agent) => isAskedAbout(agent, now)).map(({ agentId }) => agentId);
  const words = await registryOn(master, asked);
  const down = (await store.swept(cluster))?.schedule?.machines.filter((each) => each.down) ?? [];
  return {
    agents: [
      ...listed,
      ...missing.map((agent) =>
        asked.includes(agent.agentId) ? explain(agent, words?.get(agent.agentId)) : agent,
      ),
    ],
    unexplained: words === null ? asked : [],
    down: [
      ...down.map(({ machine }) => machine),
      ...[...(words?.values() ?? [])].flatMap((word) => (word.kind === 'none' ? word.down : [])),
    ],
  };
}

/** Null: it could not be read, so that an absence says nothing. */
async function registryOn(master: Master, agents: AgentId[]) {
  try {
    return agents.length === 0 ? new Map<never, never>() : (await master.registryOn(agents)).words;
  } catch (fault) {
    if (fault instanceof MasterFault) return null;
    throw fault;
  }
}

/** Who is in service by this look and by our records of now. */
export async function serviceNow(
  look: ClusterLook,
  store: Pick<Store, 'openDrains' | 'outOfService' | 'openMarkGones' | 'unendedPlans'>,
  cluster: ClusterName,
): Promise<InService> {
  const drains = [...(await store.openDrains(cluster)), ...(await store.outOfService(cluster))];
  return inService(look, {
    drains: drains.map(({ drain }) => drain),
    markings: await store.openMarkGones(cluster),
    plans: await store.unendedPlans(cluster),
  });
}

/** The same as a transaction has them. */
export async function serviceIn(tx: Tx, look: ClusterLook, cluster: ClusterName): Promise<InService> {
  return inService(look, {
    drains: [...(await tx.openDrains(cluster)), ...(await tx.outOfService(cluster))],
    markings: await tx.openMarkGones(cluster),
    plans: await tx.unendedPlans(cluster),
  });
}

/** The brake of a cluster, with all of a set counted as out already, as a rolling plan counts its own; null: it is off. Throws
 * a MasterFault where the master can't list its agents. */
export async function brakeWith(
  deps: LookDeps & { policy: PolicyInForce },
  set: readonly AgentId[],
): Promise<BrakeReading | null> {
  const service = await serviceNow(await lookAtCluster(deps), deps.store, deps.master.cluster);
  return brakeOn(withOut(service, set), deps.policy.current().limits.brakePercent);
}
