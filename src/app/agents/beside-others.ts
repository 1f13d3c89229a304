import type { KnownAgent } from '../../domain/agent.ts';
import {
  type BesideVerdict,
  type Insists,
  judgeBeside,
  reasonsOfBrake,
  type Wanted,
} from '../../domain/beside.ts';
import type { ClusterLook } from '../../domain/brake.ts';
import type { AgentId, DrainId, UserId } from '../../domain/ids.ts';
import { frameworksIn } from '../../domain/open-work.ts';
import type { Preview } from '../../domain/preview.ts';
import { Overtaken } from '../overtaken.ts';
import type { Clock, Master, PolicyInForce, Store, Tx } from '../ports.ts';
import { lookAtCluster } from './look-at-cluster.ts';
import { ourRecords, ourRecordsIn } from './our-records.ts';

export interface BesideDeps {
  store: Store;
  master: Master;
  policy: PolicyInForce;
  clock: Clock;
}

/** What was looked at to hold something against the rest of the cluster, in a transaction too. */
export interface LookedBeside {
  /** By the records that stand now. */
  judge(wanted: Wanted): Promise<BesideVerdict>;
  /** By those that a transaction has. `besides`: the drain that was written in it. */
  judgeIn(tx: Tx, wanted: Wanted, besides?: DrainId | null): Promise<BesideVerdict>;
}

/** Looks at the cluster. `takesOut`: whether what is wanted takes anything that is in service out of it. Throws a MasterFault
 * where the master can't list its agents. */
export async function lookBeside(deps: BesideDeps, takesOut: boolean): Promise<LookedBeside> {
  const { store, master, policy } = deps;
  const { cluster } = master;
  // Where the brake never is on, nobody has to be counted.
  const counts = takesOut && policy.current().limits.brakePercent < 100;
  const look: ClusterLook | null = counts ? await lookAtCluster(deps) : null;
  const agents = look?.agents ?? (await store.directory(cluster));
  const known = new Map(agents.map(({ agentId, attributes }) => [agentId, attributes]));
  const attributesOf = (agent: AgentId) => known.get(agent) ?? {};
  const by = (records: Parameters<typeof judgeBeside>[1], wanted: Wanted) =>
    judgeBeside(wanted, records, look, policy.current(), attributesOf);
  return {
    judge: async (wanted) => by(await ourRecords(store, cluster), wanted),
    judgeIn: async (tx, wanted, besides = null) => {
      const records = await ourRecordsIn(tx, cluster);
      return by({ ...records, drains: records.drains.filter(({ id }) => id !== besides) }, wanted);
    },
  };
}

/** What a look at these agents means for that. `previews`: of the same agents, in the same order. */
export function wantedOf(
  by: UserId,
  agents: readonly Pick<KnownAgent, 'agentId' | 'attributes'>[],
  previews: readonly Preview[],
  insists: Insists,
): Wanted {
  return {
    by,
    insists,
    agents: agents.map(({ agentId, attributes }, nth) => {
      const preview = previews[nth];
      const frameworks = preview === undefined ? null : frameworksIn(preview);
      const shown = preview?.subject.kind === 'registered' ? preview.subject.agent : null;
      return { agentId, attributes: shown?.attributes ?? attributes, frameworks };
    }),
  };
}

/** Throws an Overtaken where by the records of this transaction something of others is in the way, or the brake is on and
 * nobody was asked about that. */
export async function refuseBeside(
  tx: Tx,
  looked: LookedBeside,
  wanted: Wanted,
  besides: DrainId | null = null,
): Promise<BesideVerdict> {
  const verdict = await looked.judgeIn(tx, wanted, besides);
  if (verdict.refusal !== null) throw new Overtaken(verdict.refusal);
  return verdict;
}

/** The same, of what one person does alone: nobody was asked about a brake that came on since it was looked at. */
export async function refuseBesideAlone(
  tx: Tx,
  looked: LookedBeside,
  wanted: Wanted,
  besides: DrainId | null,
): Promise<void> {
  const { brake } = await refuseBeside(tx, looked, wanted, besides);
  if (brake !== null) throw new Overtaken({ code: 'needs-approval', because: reasonsOfBrake(brake) });
}
