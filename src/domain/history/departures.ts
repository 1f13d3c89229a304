import type { In, Look } from '../drain/look.ts';
import type { Drain, DrainEvent } from '../drain.ts';
import type { TaskGroup } from '../preview.ts';
import { type FrameworkUsual, isSlow, type Usual } from './usual.ts';

/** A framework that had tasks on an agent when its drain began, and how long it took before. */
export interface FrameworkAtStart extends FrameworkUsual {
  tasks: number;
}

/** One of those whose tasks are still there. `slow`: that it takes longer than usual is told. */
export interface Staying {
  framework: string;
  slow: boolean;
}

/** Of very many the largest are followed: a drain's row is written at each of its steps. */
const mostFollowed = 20;

/** A look that could not see the tasks leaves open when they left; one or two such looks are no matter. */
const unseenMs = 15_000;

/** Whom to follow. */
export function frameworksAtStart(
  groups: readonly TaskGroup[],
  usual: readonly FrameworkUsual[],
): FrameworkAtStart[] {
  return groups
    .map(({ framework: { id, name }, tasks }) => ({
      framework: id,
      name,
      usual: usual.find((each) => each.framework === id)?.usual ?? null,
      tasks: tasks.length,
    }))
    .filter(({ tasks }) => tasks > 0)
    .toSorted((a, b) => b.tasks - a.tasks)
    .slice(0, mostFollowed);
}

/** How long it took each before. */
export function usualAtStart({ frameworks }: Pick<Drain, 'frameworks'>): FrameworkUsual[] {
  return (frameworks ?? []).map(({ framework, name, usual }) => ({ framework, name, usual }));
}

/** All of them, as a drain begins. */
export function allStaying({ frameworks }: Pick<Drain, 'frameworks'>): Staying[] {
  return (frameworks ?? []).map(({ framework }) => ({ framework, slow: false }));
}

/** Whose last task is gone by this look, and who takes longer than it used to. What a look can't tell, it leaves open. */
export function observeDepartures({ drain, sighting, at }: Look, state: In<'draining'>): DrainEvent[] {
  if (state.staying.length === 0 || drain.frameworks === null) return [];
  const seen = tasksSeen(drain.frameworks, sighting);
  if (seen === null) return [];
  const unseen = wasUnseen(state, seen.by, at) ? { unseen: true as const } : {};
  const seconds = (at - drain.intendedAt) / 1000;
  return state.staying.flatMap(({ framework, slow }): DrainEvent[] => {
    const left = seen.left(framework);
    if (left === 0) return [{ type: 'framework-left', at, framework, ...unseen }];
    return !slow && isSlow(usualOfOne(drain, framework), seconds)
      ? [{ type: 'framework-slow', at, framework, left }]
      : [];
  });
}

/** How long one of its frameworks took before. */
function usualOfOne({ frameworks }: Drain, id: string): Usual | null {
  return frameworks?.find(({ framework }) => framework === id)?.usual ?? null;
}

interface Seen {
  by: 'agent' | 'master';
  /** How many tasks of a framework are there; null: some, and nobody says how many. */
  left(framework: string): number | null;
}

/** What this look shows of the tasks by framework; null: nothing. An agent that can't be asked tells nothing of them, but
 * where they are all of one framework, the master's own word on the drain is about those. */
function tasksSeen(atStart: readonly FrameworkAtStart[], { master, agent }: Look['sighting']): Seen | null {
  if (master.kind !== 'registered') return null;
  if (agent.kind === 'asked') {
    if (agent.pending + agent.queued + agent.launched > agent.tasks.length) return null;
    return {
      by: 'agent',
      left: (id) => agent.tasks.filter(({ framework }) => framework === id).length,
    };
  }
  if (atStart.length !== 1) return null;
  return { by: 'master', left: () => (master.agent.drain?.state === 'DRAINED' ? 0 : null) };
}

/** Whether nobody could see them for a while before this look. */
function wasUnseen({ waiting }: In<'draining'>, by: Seen['by'], at: number): boolean {
  if (waiting === null || at - waiting.since < unseenMs) return false;
  switch (waiting.cause.code) {
    case 'master-silent':
    case 'recovering':
    case 'unreachable':
    case 'not-listed':
      return true;
    // The master was read, and the agent was not.
    case 'not-known':
      return by === 'agent';
    default:
      return false;
  }
}
