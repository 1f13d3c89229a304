import type { AgentSighting, KnownAgent, MasterSighting } from '../agent.ts';
import { shownState } from '../drain/may-drain.ts';
import { isEmpty } from '../drain/stuck.ts';
import { type Drain, givesWay } from '../drain.ts';
import type { MarkGone } from '../mark-gone.ts';
import { isFrom110 } from '../mesos-version.ts';
import type { Reactivation } from '../reactivation.ts';
import type { AgentLabel, Refusal } from '../refusal.ts';

/** What was read before a reactivation. */
export interface LookedForReturn {
  master: MasterSighting;
  own: AgentSighting;
  /** The leading master's, like `1.11.0`. */
  version: string;
}

/** Everything that speaks against reactivating this agent now, the weightiest first; empty: it may be. */
export function objectionsToReactivation(
  agent: KnownAgent,
  looked: LookedForReturn,
  drains: Drain[],
  reactivations: Reactivation[],
  markings: MarkGone[],
): Refusal[] {
  const label: AgentLabel = {
    agentId: agent.agentId,
    hostname: agent.hostname,
    state: shownState(agent, looked.master),
  };
  return [
    ...ofOwnWork(label, drains, reactivations, markings),
    ...ofPresence(label, looked.master),
    ...ofAgentItself(label, looked),
    ...ofOldMaster(label, looked),
  ];
}

function ofOwnWork(
  agent: AgentLabel,
  drains: Drain[],
  reactivations: Reactivation[],
  markings: MarkGone[],
): Refusal[] {
  const objections: Refusal[] = [];
  // A deactivation of ours is what it undoes.
  const drain = drains.find((each) => each.agentId === agent.agentId && !givesWay(each));
  if (drain !== undefined)
    objections.push(
      drain.way === 'deactivate'
        ? { code: 'call-under-way', drain: drain.id }
        : { code: 'drain-in-the-way', agent, drain: drain.id, permalink: null },
    );
  if (reactivations.some(({ agentId }) => agentId === agent.agentId))
    objections.push({ code: 'reactivation-open', agent, permalink: null });
  // What is being marked gone must not be promised back.
  if (markings.some(({ agentId }) => agentId === agent.agentId))
    objections.push({ code: 'marking-open', agent, permalink: null });
  return objections;
}

function ofPresence(agent: AgentLabel, seen: MasterSighting): Refusal[] {
  switch (seen.kind) {
    case 'registered':
      return ofService(agent, seen.agent);
    case 'unreachable':
      return ofService(agent, seen);
    case 'recovered': // the master does not show whether it is deactivated; it refuses where it is not
      return [];
    case 'gone':
    case 'absent':
      return [{ code: 'agent-not-reactivatable', agent, why: seen.kind, detail: '' }];
    case 'unexplained':
    case 'not-read':
      return [{ code: 'agent-not-reactivatable', agent, why: 'unreadable', detail: seen.why }];
  }
}

function ofService(
  agent: AgentLabel,
  { drain, deactivated }: Pick<Extract<MasterSighting, { kind: 'unreachable' }>, 'drain' | 'deactivated'>,
): Refusal[] {
  if (drain === null) return deactivated ? [] : [{ code: 'not-deactivated', agent }];
  // The master answers 400; a drain can't be cancelled (mesos-api 1.3).
  return drain.state === 'DRAINING' ? [{ code: 'still-draining', agent, says: 'master' }] : [];
}

/** An agent that has not left its drain drops every task that the master would send it (mesos-api 2.3). */
function ofAgentItself(agent: AgentLabel, { own, master }: LookedForReturn): Refusal[] {
  return own.kind === 'asked' && own.draining && !drainsForNothing(own, master)
    ? [{ code: 'still-draining', agent, says: 'agent' }]
    : [];
}

/** Whether it only drains by a fault of Mesos 1.9: drained while empty, it never leaves that by itself, but with the first
 * task that it drops (MESOS-10118). Waiting would not help. */
export function drainsForNothing(own: AgentSighting, master: MasterSighting): boolean {
  return (
    master.kind === 'registered' &&
    !isFrom110(master.agent.version) &&
    own.kind === 'asked' &&
    own.draining &&
    isEmpty({ ...own, draining: false })
  );
}

/** A 1.9 master crashes, now or later, when it reactivates an agent that is not connected (mesos-api 9). That an agent
 * out of service is connected, only its own answer can tell. */
function ofOldMaster(agent: AgentLabel, { master, own, version }: LookedForReturn): Refusal[] {
  if (isFrom110(version)) return [];
  if (master.kind !== 'registered')
    return [{ code: 'old-master-would-crash', agent, version, why: 'it is not registered now' }];
  return own.kind === 'asked' ? [] : [{ code: 'old-master-would-crash', agent, version, why: own.why }];
}
