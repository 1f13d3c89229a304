import type { AgentId, Instant, MasterId } from '../ids.ts';
import { type AgentDeed, deedBetween, deedOnNew, type Shown } from './agents.ts';
import type { Believed, Service } from './service.ts';

/** A change that is this bot's own doing, or somebody else's. `before` null: the agent is new. `since`: when it was last
 * seen otherwise. */
export interface Candidate {
  shown: Shown & { now: Service | 'gone' };
  deed: AgentDeed;
  before: Service | null;
  since: Instant;
}

/** What another leader than the one before showed, by agent. */
export type Doubts = ReadonlyMap<AgentId, string>;

/** What a sweep shows, held against what was believed. */
export interface Sifted {
  /** No change: believed from here on. Null: nothing is, any more. */
  settled: [AgentId, Believed | null][];
  candidates: Candidate[];
  /** Shown by a new leader: it must show them again. */
  doubts: Doubts;
  /** How many of these it has shown once only. */
  doubted: number;
}

/** Sorts what a sweep shows. A change across leaders counts only once the new one has shown it twice: one that has not
 * heard yet that it leads no more shows the past. `begun`: before its first read. `last`: the sweep before; null: there
 * was none, so that nothing is news. `isNew`: never seen before this sweep. */
export function sift(
  all: readonly Shown[],
  known: {
    believed: ReadonlyMap<AgentId, Believed>;
    isNew(agent: AgentId): boolean;
    last: { at: Instant; leader: MasterId } | null;
    doubts: Doubts;
  },
  begun: Instant,
): Sifted {
  const settled: Sifted['settled'] = [];
  const candidates: Candidate[] = [];
  const doubts = new Map<AgentId, string>();
  let doubted = 0;
  for (const shown of all) {
    const { agentId, leader, now } = shown;
    const before = known.believed.get(agentId);
    const deed = before === undefined ? deedOf(shown) : deedBetween(before, shown);
    if (deed === null || now === 'forgotten') {
      const here = believedOf(shown, begun);
      if (here !== null || before !== undefined) settled.push([agentId, here]);
      continue;
    }
    if (before !== undefined && before.leader !== leader) {
      const words = `${leader} ${orderIn(now)}`;
      doubts.set(agentId, words);
      if (known.doubts.get(agentId) !== words) {
        doubted += 1;
        continue;
      }
    }
    const since = before?.at ?? known.last?.at ?? begun;
    candidates.push({ shown: { ...shown, now }, deed, before: before?.service ?? null, since });
  }
  return { settled, candidates, doubts, doubted };

  function deedOf({ agentId, leader, now }: Shown): AgentDeed | null {
    // After a failover an agent may be new to us alone.
    return known.last?.leader === leader && known.isNew(agentId) ? deedOnNew(now) : null;
  }
}

/** What is believed of an agent once it has been judged; null: it is gone, or forgotten. */
export function believedOf({ now, leader }: Pick<Shown, 'now' | 'leader'>, at: Instant): Believed | null {
  return now === 'gone' || now === 'forgotten' ? null : { service: now, leader, at };
}

/** Without what the master makes of it by itself. */
function orderIn(now: Service | 'gone'): string {
  return typeof now === 'string' ? now : `${now.maxGraceNs} ${now.markGone}`;
}
