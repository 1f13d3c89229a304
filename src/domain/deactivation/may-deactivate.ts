import type { KnownAgent, MasterDrain, MasterSighting } from '../agent.ts';
import { ofLimits, ofMaster, shownState } from '../drain/may-drain.ts';
import type { Drain } from '../drain.ts';
import type { DrainLimits } from '../policy.ts';
import type { Preview } from '../preview.ts';
import type { AgentLabel, Refusal } from '../refusal.ts';

/** Our own records on this cluster. */
export interface OwnDrains {
  open: Drain[];
  /** Proven and still out of service. */
  outOfService: Drain[];
}

/** Everything that speaks against deactivating this agent now, the weightiest first; empty: it may be. The master checks
 * neither a capability nor the maintenance schedule for it (mesos-api 1.2). */
export function objectionsToDeactivation(
  agent: KnownAgent,
  sighting: MasterSighting,
  master: Preview['master'],
  { open, outOfService }: OwnDrains,
  limits: DrainLimits,
): Refusal[] {
  const label: AgentLabel = {
    agentId: agent.agentId,
    hostname: agent.hostname,
    state: shownState(agent, sighting),
  };
  const same = (drain: Drain) => drain.agentId === agent.agentId;
  return [
    ...ofOwnWork(label, open.find(same)),
    ...ofMaster('deactivate', master),
    ...ofPresence(label, sighting, outOfService.findLast(same)),
    ...ofLimits(
      agent,
      open.filter((drain) => !same(drain)),
      limits,
    ),
  ];
}

function ofOwnWork(agent: AgentLabel, open: Drain | undefined): Refusal[] {
  if (open === undefined) return [];
  return [
    open.way === 'deactivate'
      ? { code: 'already-deactivated', agent, drain: open.id, permalink: null }
      : { code: 'already-open', agent, drain: open.id, permalink: null },
  ];
}

function ofPresence(agent: AgentLabel, seen: MasterSighting, ours: Drain | undefined): Refusal[] {
  switch (seen.kind) {
    case 'registered':
      return ofService(agent, seen.agent, ours);
    case 'unreachable':
      return ofService(agent, seen, ours);
    case 'recovered': // the call is taken, and persists; on a drain that does not show it would be a no-op
      return [];
    case 'gone':
    case 'absent':
      return [{ code: 'agent-not-deactivatable', agent, why: seen.kind, detail: '' }];
    case 'unexplained':
    case 'not-read':
      return [{ code: 'agent-not-deactivatable', agent, why: 'unreadable', detail: seen.why }];
  }
}

/** Deactivated by somebody else is no objection: the call changes nothing then, and what is left on it can be followed. */
function ofService(
  agent: AgentLabel,
  { drain, deactivated }: { drain: MasterDrain | null; deactivated: boolean },
  ours: Drain | undefined,
): Refusal[] {
  if (drain !== null) return [{ code: 'drain-keeps-away', agent, state: drain.state, ours: null }];
  return deactivated && ours?.way === 'deactivate'
    ? [{ code: 'already-deactivated', agent, drain: ours.id, permalink: null }]
    : [];
}
