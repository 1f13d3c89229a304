import { type KnownAgent, type MasterSighting, stateOf } from '../agent.ts';
import { type Drain, givesWay } from '../drain.ts';
import type { DrainLimits } from '../policy.ts';
import type { Preview } from '../preview.ts';
import type { AgentLabel, Refusal } from '../refusal.ts';
import { labelOf } from '../target.ts';

/** Everything that speaks against draining this agent now, the weightiest first; empty: it may be drained. Whether it
 * needs a second person is another question (approval/needs-approval.ts). */
export function objectionsTo(
  agent: KnownAgent,
  sighting: MasterSighting,
  preview: Preview,
  open: Drain[],
  limits: DrainLimits,
): Refusal[] {
  const label: AgentLabel = {
    agentId: agent.agentId,
    hostname: agent.hostname,
    state: shownState(agent, sighting),
  };
  return [
    // First: our own drain is also what the master shows, and its thread tells more.
    ...ofOwnDrain(label, open),
    ...ofMaster('drain', preview.master),
    ...ofPresence(label, sighting),
    ...ofLimits(
      agent,
      open.filter(({ agentId }) => agentId !== agent.agentId),
      limits,
    ),
    ...ofSchedule(label, sighting, preview),
  ];
}

/** A master from before 1.9 takes neither call; it would answer that the call has no type (mesos-api 1.0). */
export function ofMaster(verb: 'drain' | 'deactivate', master: Preview['master']): Refusal[] {
  return master.known && !master.value.canDrain
    ? [{ code: 'master-cannot-drain', verb, version: master.value.version }]
    : [];
}

/** What the master's word on the agent has against a drain. */
export function ofPresence(agent: AgentLabel, sighting: MasterSighting): Refusal[] {
  switch (sighting.kind) {
    case 'registered': {
      const { drain, canDrain, version } = sighting.agent;
      if (!canDrain) return [{ code: 'cannot-drain-capability', agent, version }];
      // The master would take a second drain without a word and replace the first one's grace (mesos-api 10.7).
      if (drain === null) return [];
      const maxGraceSeconds = drain.maxGraceNs === null ? null : drain.maxGraceNs / 1e9;
      return [{ code: 'already-draining', agent, state: drain.state, maxGraceSeconds, ours: null }];
    }
    case 'unreachable': {
      if (sighting.drain === null) return []; // the kill goes out when it returns
      const maxGraceSeconds = sighting.drain.maxGraceNs === null ? null : sighting.drain.maxGraceNs / 1e9;
      return [{ code: 'already-draining', agent, state: sighting.drain.state, maxGraceSeconds, ours: null }];
    }
    case 'recovered': // a drain from before the failover would not show, and ours would replace it
      return [
        {
          code: 'agent-not-drainable',
          agent,
          why: 'unreadable',
          detail: 'not re-registered since a failover',
        },
      ];
    case 'gone':
    case 'absent':
      return [{ code: 'agent-not-drainable', agent, why: sighting.kind, detail: '' }];
    case 'unexplained':
    case 'not-read':
      return [{ code: 'agent-not-drainable', agent, why: 'unreadable', detail: sighting.why }];
  }
}

function ofOwnDrain(agent: AgentLabel, open: Drain[]): Refusal[] {
  const same = open.find((drain) => drain.agentId === agent.agentId && !givesWay(drain));
  if (same === undefined) return [];
  return same.way === 'deactivate'
    ? [{ code: 'call-under-way', drain: same.id }]
    : [{ code: 'already-open', drain: same.id, agent, permalink: null }];
}

/** What the limits have against one more drain beside these. */
export function ofLimits(agent: KnownAgent, open: Drain[], limits: DrainLimits): Refusal[] {
  const reached = (limit: LimitReached['limit'], allowed: number, among: Drain[]): Refusal[] => [
    { code: 'limit-reached', agent: labelOf(agent), limit, allowed, open: among.map(({ id }) => id) },
  ];
  if (open.length >= limits.drainsAtOnce) return reached('cluster', limits.drainsAtOnce, open);
  for (const { attribute, allowed } of limits.per) {
    const value = agent.attributes[attribute];
    if (value === undefined) continue;
    const same = open.filter(({ attributes }) => attributes[attribute] === value);
    if (same.length >= allowed) return reached({ attribute, value }, allowed, same);
  }
  return [];
}

type LimitReached = Extract<Refusal, { code: 'limit-reached' }>;

/** What the master has against draining a machine in its maintenance schedule. */
export function ofSchedule(agent: AgentLabel, sighting: MasterSighting, { scheduled }: Preview): Refusal[] {
  // The master refuses registered machines only; of others the preview tells (mesos-api 1.1).
  return sighting.kind === 'registered' && scheduled.known && scheduled.value !== null
    ? [{ code: 'scheduled-for-maintenance', agent, machine: scheduled.value }]
    : [];
}

/** An agent's state in one word, as the latest look shows it. */
export function shownState(agent: KnownAgent, sighting: MasterSighting): string {
  return sighting.kind === 'registered'
    ? stateOf(sighting.agent)
    : sighting.kind === 'not-read'
      ? agent.state
      : sighting.kind;
}
