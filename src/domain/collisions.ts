import type { Attributes } from './agent.ts';
import type { AgentId, CorrelationId, Instant, ThreadId, UserId } from './ids.ts';
import type { FrameworkRef, Work } from './open-work.ts';
import type { CollisionRules } from './policy.ts';
import type { WorkKind } from './preview/open-work.ts';

/** An agent that something is about to be done with. */
export interface AboutAgent {
  agentId: AgentId;
  attributes: Attributes;
  /** Those that have tasks there; null: not known. */
  frameworks: readonly FrameworkRef[] | null;
}

/** Work of somebody else that touches the same agents, racks or frameworks. */
export interface Collision {
  work: WorkKind;
  by: UserId;
  since: Instant;
  /** Theirs. */
  hostnames: string[];
  /** Agents that both are on. */
  same: string[];
  racks: string[];
  /** By name where one is known. */
  frameworks: string[];
  /** Which frameworks both touch, nobody can say. */
  notKnown: boolean;
  correlation: CorrelationId;
  thread: ThreadId;
  permalink: string | null;
}

/** All of it that this person would run into, one entry for each command of somebody else. `works`: by what they are called and
 * where they stand; `attributesOf`: of an agent, as it is remembered. */
export function collisionsOf(
  about: readonly AboutAgent[],
  by: UserId,
  works: readonly Work[],
  rules: CollisionRules,
  attributesOf: (agent: AgentId) => Attributes,
): Collision[] {
  const found = new Map<CorrelationId, Collision>();
  for (const work of works) {
    if (!work.takesOut || work.requester.userId === by) continue;
    const touches = touchedBy(about, work, rules, attributesOf);
    if (touches === null) continue;
    const before = found.get(work.correlation);
    found.set(work.correlation, before === undefined ? begun(work, touches) : joined(before, work, touches));
  }
  return [...found.values()];
}

type Touches = Pick<Collision, 'same' | 'racks' | 'frameworks' | 'notKnown'>;

/** Null: nothing in common. */
function touchedBy(
  about: readonly AboutAgent[],
  work: Work,
  rules: CollisionRules,
  attributesOf: (agent: AgentId) => Attributes,
): Touches | null {
  const rack = (work.attributes ?? attributesOf(work.agentId))['rack'];
  const touches: Touches = { same: [], racks: [], frameworks: [], notKnown: false };
  for (const agent of about) {
    if (agent.agentId === work.agentId) touches.same.push(work.hostname);
    if (rules.rack !== 'ignore' && rack !== undefined && agent.attributes['rack'] === rack)
      touches.racks.push(rack);
    if (rules.framework === 'ignore') continue;
    const [mine, theirs] = [agent.frameworks, work.frameworks];
    // Where one side runs nothing, there is nothing to share, whatever the other is.
    if (mine?.length === 0 || theirs?.length === 0) continue;
    if (mine === null || theirs === null) touches.notKnown = true;
    else
      for (const { id, name } of mine)
        if (theirs.some((each) => each.id === id)) touches.frameworks.push(name ?? id);
  }
  const { same, racks, frameworks, notKnown } = touches;
  return same.length + racks.length + frameworks.length > 0 || notKnown ? touches : null;
}

function begun({ kind, requester, since, hostname, correlation, thread }: Work, touches: Touches): Collision {
  const once = { same: unique(touches.same), racks: unique(touches.racks) };
  return {
    work: kind,
    by: requester.userId,
    since,
    hostnames: [hostname],
    ...touches,
    ...once,
    frameworks: unique(touches.frameworks),
    correlation,
    thread,
    permalink: null,
  };
}

/** Several agents of one command are one collision; a plan stands for what it has begun. */
function joined(before: Collision, work: Work, touches: Touches): Collision {
  return {
    ...before,
    work: work.kind.what === 'plan' ? work.kind : before.work,
    since: before.since < work.since ? before.since : work.since,
    hostnames: unique([...before.hostnames, work.hostname]),
    same: unique([...before.same, ...touches.same]),
    racks: unique([...before.racks, ...touches.racks]),
    frameworks: unique([...before.frameworks, ...touches.frameworks]),
    notKnown: before.notKnown || touches.notKnown,
  };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/** Whether whoever asks may go on beside it by saying so. */
export function mayInsist({ same, racks, frameworks, notKnown }: Collision, rules: CollisionRules): boolean {
  const byRack = same.length > 0 || racks.length > 0;
  const byFramework = frameworks.length > 0 || notKnown;
  return !(byRack && rules.rack === 'refuse') && !(byFramework && rules.framework === 'refuse');
}

/** Whose work it is, for the log. */
export function worksBeside(collisions: readonly Collision[]) {
  return collisions.map(({ work, by, correlation }) => ({ work, by, correlation }));
}
