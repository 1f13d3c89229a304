import type { MasterDrain } from '../agent.ts';
import type { AuditDraft, Json } from '../audit.ts';
import type { Gap } from '../drain.ts';
import {
  type AgentId,
  type ChannelId,
  type ClusterName,
  type CorrelationId,
  type Instant,
  iso,
  type MasterId,
} from '../ids.ts';
import type { Notice } from '../notice.ts';
import type { MachineChange, ScheduledMachine } from './machines.ts';
import type { OutsideLine } from './news.ts';
import type { Service } from './service.ts';
import type { Candidate } from './sift.ts';

/** One change that this bot did not make, and what it was found by. */
export type Found =
  | { on: 'agent'; change: Candidate }
  /** `agent` null: none is on this machine, or more than one. `since`: when it was last seen otherwise. */
  | {
      on: 'machine';
      change: MachineChange;
      agent: { agentId: AgentId; hostname: string } | null;
      leader: MasterId;
      since: Instant;
    };

/** When and where they were found. */
export interface FoundBy {
  cluster: ClusterName;
  /** Where it is told; null: nowhere. */
  channel: ChannelId | null;
  at: Instant;
  /** The latest time in which nobody looked; null: somebody did all along. */
  away: Gap | null;
  /** The database was set back after the earliest of them was last seen otherwise: some may be this bot's own. */
  restored: boolean;
}

/** As many changes stand in one message; the log has all of them. */
const linesPerNotice = 20;

/** What the channel of the cluster is told: all in one message. */
export function outsideNotice(all: Found[], { cluster, at, away, restored }: FoundBy): Notice {
  const lines = all.slice(0, linesPerNotice).map((each) => lineOf(each, away));
  return { kind: 'outside', cluster, at, away, restored, lines, more: all.length - lines.length };
}

function lineOf(found: Found, away: Gap | null): OutsideLine {
  const since = sinceOf(found);
  const wasAway = isIn(since, away);
  if (found.on === 'machine') return { on: 'machine', ...found.change, agent: found.agent, since, wasAway };
  const { shown, deed, before } = found.change;
  const { agentId, hostname, now, goneAt } = shown;
  return { on: 'agent', deed, agentId, hostname, before, now, goneAt, since, wasAway };
}

/** What the log keeps of one of them. */
export function outsideEntry(
  found: Found,
  { cluster, channel, at, away, restored }: FoundBy,
  correlation: CorrelationId,
): AuditDraft {
  const since = sinceOf(found);
  const facts = {
    lastSeenOtherwise: iso(since),
    ...(away !== null && isIn(since, away) ? { away: { from: iso(away.from), to: iso(away.to) } } : {}),
    ...(restored ? { databaseWasRestored: true } : {}),
  };
  const place = channel === null ? {} : { place: { channel } };
  const entry = {
    at,
    event: 'outside.changed',
    actor: { kind: 'outside' },
    correlation,
    cluster,
    ...place,
  } as const;
  if (found.on === 'machine') {
    const { change, agent, leader } = found;
    return {
      ...entry,
      master: leader,
      ...(agent === null ? {} : { agent: { id: agent.agentId, hostname: agent.hostname } }),
      outcome: change.deed,
      facts: {
        machine: { ...change.machine },
        before: windowIn(change.before),
        now: windowIn(change.now),
        ...facts,
      },
    };
  }
  const { shown, deed, before } = found.change;
  return {
    ...entry,
    master: shown.leader,
    agent: { id: shown.agentId, hostname: shown.hostname },
    outcome: deed,
    facts: {
      before: before === null ? null : serviceIn(before),
      now: serviceIn(shown.now),
      ...(shown.goneAt === null ? {} : { goneAt: iso(shown.goneAt) }),
      ...facts,
    },
  };
}

function sinceOf(found: Found): Instant {
  return found.on === 'agent' ? found.change.since : found.since;
}

/** Whether it may have happened while nobody looked. */
function isIn(since: Instant, away: Gap | null): boolean {
  return away !== null && since < away.to;
}

function serviceIn(service: Service | 'gone'): Json {
  return typeof service === 'string' ? service : ({ ...service } satisfies Record<keyof MasterDrain, Json>);
}

function windowIn(scheduled: ScheduledMachine | null): Json {
  if (scheduled === null) return null;
  const { start, durationMs, down } = scheduled;
  return { start: iso(start), durationSeconds: durationMs === null ? null : durationMs / 1000, down };
}
