import type { Preview, TaskGroup } from '../../../domain/preview.ts';
import { fullId } from '../text/agent-name.ts';
import { plain } from '../text/escape.ts';
import { count, enumerate, list, type Part, text } from '../text/part.ts';
import { spokenRange } from '../text/time.ts';
import { amountsOf } from './held.ts';
import { shown } from './preview-limits.ts';

/** The tasks by framework, some by name, with how long they may take to end and where that comes from. */
export function groupParts({ groups, subject }: Preview): Part[] {
  if (!groups.known || groups.value.length === 0) return [];
  const asKnown = subject.kind === 'away' ? [text('*Tasks as last known:*')] : [];
  return [...asKnown, list(groups.value.map(groupLine), (left) => `…and ${count(left, 'more framework')}.`)];
}

/** The same without the names, for a card. */
export function groupsInShort({ groups }: Preview): Part[] {
  if (!groups.known || groups.value.length === 0) return [];
  const lines = groups.value
    .slice(0, shown.frameworks)
    .map((group) => `${frameworkName(group)}: ${extent(group)}`);
  const left = groups.value.length - shown.frameworks;
  return [list(left > 0 ? [...lines, `…and ${count(left, 'more framework')}`] : lines)];
}

function groupLine(group: TaskGroup): string {
  return `${frameworkName(group)}: ${extent(group)}; ${enumerate(namesOf(group.tasks), shown.names)}`;
}

/** A framework's name; its id where that is not known. */
export function frameworkName({ framework }: TaskGroup): string {
  return framework.name === null ? `${fullId(framework.id)} (name not known)` : plain(framework.name, 80);
}

/** Each name once, with how many bear it. */
export function namesOf(tasks: TaskGroup['tasks']): string[] {
  const counts = new Map<string, number>();
  for (const { name } of tasks) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, times]) => `${plain(name, 60)}${times === 1 ? '' : ` (×${times})`}`);
}

/** `6 tasks, grace 30 s to 2 min`. `the max`: the max grace period that was asked for. */
function extent({ tasks }: TaskGroup): string {
  if (tasks.length === 0) return count(0, 'task');
  const graces = spokenRange(tasks.map((task) => task.graceSeconds));
  return `${count(tasks.length, 'task')}, grace ${graces}${sources(tasks)}`;
}

/** Where the grace comes from, unless it is each task's own. */
function sources(tasks: TaskGroup['tasks']): string {
  const from = new Set(tasks.map(({ graceFrom }) => (graceFrom === 'raised' ? 'max-grace' : graceFrom)));
  const some = from.size > 1 ? 'for some ' : '';
  const words = [
    from.has('max-grace') ? `${some}the max` : null,
    from.has('executor-default') ? `${some}the executor's default` : null,
  ].filter((each) => each !== null);
  return words.length === 0 ? '' : ` (${enumerate(words)})`;
}

/** A list that lacks some tells so nowhere. */
export function unlistedWords({ unlisted }: Preview): string | null {
  return unlisted === null
    ? null
    : `Whether these are all tasks is not known: the master shows ${amountsOf({ ...unlisted, disk: 0, gpus: 0 })} more in use than they take. Executors use that, or tasks that the bot's permissions hide.`;
}
