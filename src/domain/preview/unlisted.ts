import type { Room, TaskFacts } from '../agent.ts';

/** What is in use on an agent, and no listed task's. */
export type Unlisted = Pick<Room, 'cpus' | 'mem'>;

/** What an executor of a framework's own may take beside its task without a word: theirs is in use, and listed nowhere. */
const perExecutor: Unlisted = { cpus: 0.5, mem: 512 };
/** Sums of the same parts differ in their last bits, and MB are rounded. */
const exactness: Unlisted = { cpus: 0.01, mem: 1 };

/** What the master counts as in use beyond these tasks; null: nothing worth a word. Its count is of all, its lists only of
 * what the bot may see (mesos-api 10.17). */
export function unlistedUse(tasks: TaskFacts[], used: Room): Unlisted | null {
  const executors = tasks.filter(({ executor }) => executor === 'own').length;
  const left = (kind: keyof Unlisted) =>
    tasks.reduce((rest, { resources }) => rest - resources[kind], used[kind]);
  const isMore = (kind: keyof Unlisted) => left(kind) > executors * perExecutor[kind] + exactness[kind];
  if (!isMore('cpus') && !isMore('mem')) return null;
  return { cpus: Math.max(0, left('cpus')), mem: Math.max(0, left('mem')) };
}
