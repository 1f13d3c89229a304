import type { AgentId, Instant, MasterId } from '../ids.ts';
import { type Believed, type Service, sameOrder } from './service.ts';

/** What was done to an agent; also the `outcome` that the log keeps. */
export type AgentDeed = 'drain-begun' | 'drain-changed' | 'deactivated' | 'reactivated' | 'gone';

/** What a sweep shows of one agent. `forgotten`: the registry lists it nowhere, so nothing of it is in force. `goneAt`
 * null: not gone, or not told. */
export interface Shown {
  agentId: AgentId;
  hostname: string;
  leader: MasterId;
  now: Service | 'gone' | 'forgotten';
  goneAt: Instant | null;
}

/** What somebody has done to an agent between two looks, or null: nothing that needs anybody's hand.
 *
 * | before ↓, now → | active | deactivated | drain, as before | other drain | gone |
 * | --- | --- | --- | --- | --- | --- |
 * | active | | deactivated | | drain begun | gone |
 * | deactivated | reactivated | | | drain begun | gone |
 * | draining | reactivated | deactivated | | drain changed | gone, unless it was to be |
 * | drained | reactivated | deactivated | begun, where it is DRAINING again | drain changed | gone |
 */
export function deedBetween(
  before: Believed,
  { now, leader }: Pick<Shown, 'now' | 'leader'>,
): AgentDeed | null {
  const was = before.service;
  if (now === 'forgotten') return null;
  // The master marks it gone by itself once it is empty: the deed was the order.
  if (now === 'gone') return typeof was !== 'string' && was.markGone ? null : 'gone';
  if (now === 'active') return was === 'active' ? null : 'reactivated';
  if (now === 'deactivated') return was === 'deactivated' ? null : 'deactivated';
  if (typeof was === 'string') return 'drain-begun';
  if (sameOrder(was, now)) return was.state === 'DRAINED' && now.state === 'DRAINING' ? 'drain-begun' : null;
  // A drain that was sent again without a grace leaves the old one in the registry, from which the next leader reads it
  // (mesos-api 1.1).
  const reappears = leader !== before.leader && was.maxGraceNs === null && was.markGone === now.markGone;
  return reappears ? null : 'drain-changed';
}

/** The same of an agent that was never seen before: it registers active, so somebody took it out since. */
export function deedOnNew(now: Shown['now']): AgentDeed | null {
  if (now === 'deactivated') return 'deactivated';
  return typeof now === 'string' ? null : 'drain-begun';
}
