import { type MasterDrain, sameGrace } from '../agent.ts';
import type { Instant, MasterId } from '../ids.ts';

/** What operators have made of an agent, as a master shows it. `active`: neither, whether it is connected or not. */
export type Service = 'active' | 'deactivated' | MasterDrain;

/** An agent's service as it was last believed. */
export interface Believed {
  service: Service;
  leader: MasterId;
  /** Before the read was sent that showed it: what was done later may not be in it. */
  at: Instant;
}

/** A drain shows as deactivated too; what counts is the drain. */
export function serviceOf({
  drain,
  deactivated,
}: {
  drain: MasterDrain | null;
  deactivated: boolean;
}): Service {
  return drain ?? (deactivated ? 'deactivated' : 'active');
}

/** Whether both are the same order: what the master makes of it by itself (DRAINING, DRAINED) does not count. */
export function sameOrder(a: Service, b: Service): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.markGone === b.markGone && a.maxGraceNs === b.maxGraceNs;
}

/** Whether the master shows a drain of this config. `maxGrace` in seconds; null: none was sent. */
export function isDrainOf(shown: Service | 'gone', maxGrace: number | null, markGone: boolean): boolean {
  return typeof shown !== 'string' && shown.markGone === markGone && sameGrace(shown.maxGraceNs, maxGrace);
}
