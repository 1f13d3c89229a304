import type { AgentId } from '../ids.ts';
import type { Known, TaskGroup } from '../preview.ts';

/** A task of one framework, as the master lists it of the whole cluster: running, ended and lost ones alike. */
export interface ListedTask {
  taskId: string;
  name: string;
  agentId: AgentId;
  /** TASK_RUNNING: one that starts, ends, or is unreachable is nobody's replacement now. */
  running: boolean;
}

/** What a framework would have left of its tasks without those of these agents. */
export interface Spread {
  framework: string;
  /** Null: the master does not tell. */
  name: string | null;
  thin: Known<Thin>;
}

export type Thin =
  /** Names of which more than half of the instances run here; one of one is the only one. */
  | { told: 'names'; names: { name: string; here: number; elsewhere: number }[] }
  /** The framework names each of its tasks differently, so that names say nothing of what replaces what. */
  | { told: 'unique-names' };

/** Judges by the names of a framework's tasks. `listed`: all that the master tells of that framework. */
export function thinOf({ tasks }: TaskGroup, agents: readonly AgentId[], listed: ListedTask[]): Known<Thin> {
  const hidden = hiddenFrom(listed, agents);
  if (hidden !== null) return hidden;
  if (namesUniquely(listed)) return { known: true, value: { told: 'unique-names' } };
  const here = countByName(tasks);
  const elsewhere = countByName(
    listed.filter(({ agentId, running }) => running && !agents.includes(agentId)),
  );
  const names = [...here]
    .map(([name, count]) => ({ name, here: count, elsewhere: elsewhere.get(name) ?? 0 }))
    .filter((each) => each.here > each.elsewhere)
    .toSorted((a, b) => a.elsewhere - b.elsewhere || a.here - b.here || (a.name < b.name ? -1 : 1));
  return { known: true, value: { told: 'names', names } };
}

/** The master leaves out, without a word, what the bot's principal may not see. `agents`: on which some of these tasks run.
 * Null: nothing speaks for that. */
export function hiddenFrom(
  listed: readonly ListedTask[],
  agents: readonly AgentId[],
): { known: false; why: string } | null {
  return listed.some(({ agentId }) => agents.includes(agentId))
    ? null
    : {
        known: false,
        why: "the master lists none of its tasks that run here: the bot's permissions may hide them",
      };
}

/** What was judged of several agents together, as far as it is about the tasks of one of them. */
export function narrowedTo(spread: readonly Spread[], groups: readonly TaskGroup[]): Spread[] {
  return spread.flatMap((each): Spread[] => {
    const here = countByName(groups.find(({ framework }) => framework.id === each.framework)?.tasks ?? []);
    if (here.size === 0) return [];
    const { thin } = each;
    if (!thin.known || thin.value.told === 'unique-names') return [each];
    const names = thin.value.names.flatMap(({ name, elsewhere }) => {
      const count = here.get(name);
      return count === undefined ? [] : [{ name, here: count, elsewhere }];
    });
    return [{ ...each, thin: { known: true, value: { told: 'names', names } } }];
  });
}

/** Whether no name comes twice, though some differ in their numbers alone (`web.1`, `web.2`): then each task has a name
 * of its own, and its like bears another. Two jobs `billing` and `report` are no such case. */
export function namesUniquely(listed: readonly ListedTask[]): boolean {
  const names = listed.map(({ name }) => name);
  if (new Set(names).size < names.length) return false;
  return new Set(names.map(withoutNumbers)).size < names.length;
}

/** Hexadecimal runs of 8 and more are ids; what is left of digits are numbers. */
function withoutNumbers(name: string): string {
  return name.replace(/\b[0-9a-f]{8,}\b/gi, '#').replace(/\d+/g, '#');
}

function countByName(tasks: readonly { name: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of tasks) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
