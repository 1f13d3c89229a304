import type { Preview, TaskGroup } from '../../domain/preview.ts';
import { fullId } from './agent-name.ts';
import { plain } from './escape.ts';
import { count, enumerate, list, type Part, text } from './part.ts';
import { spoken } from './time.ts';

/** The tasks by framework, with how long they may take to end and where that comes from. */
export function groupParts({ groups, subject }: Preview): Part[] {
  if (!groups.known || groups.value.length === 0) return [];
  const asKnown = subject.kind === 'away' ? ' (as last known)' : '';
  return [
    text(`*Tasks${asKnown}:*`),
    list(groups.value.map(groupLine), (left) => `…and ${count(left, 'more framework')}.`),
  ];
}

function groupLine({ framework, tasks }: TaskGroup): string {
  const name =
    framework.name === null ? `${fullId(framework.id)} (name not known)` : plain(framework.name, 80);
  const graces = new Map<string, number>();
  for (const task of tasks) {
    const grace = `${spoken(task.graceSeconds)} (${graceSource(task.graceFrom)})`;
    graces.set(grace, (graces.get(grace) ?? 0) + 1);
  }
  const told = [...graces].map(([grace, of]) => (graces.size === 1 ? grace : `${grace} for ${of}`));
  return `${name}: ${count(tasks.length, 'task')} (${enumerate(
    tasks.map((task) => plain(task.name, 60)),
    4,
  )}), grace period ${enumerate(told, 3)}`;
}

function graceSource(from: TaskGroup['tasks'][number]['graceFrom']): string {
  switch (from) {
    case 'kill-policy':
      return "the task's own";
    case 'max-grace':
      return 'from --max-grace-period';
    case 'executor-default':
      return "the executor's default";
  }
}
