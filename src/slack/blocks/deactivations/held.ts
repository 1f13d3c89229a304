import type { HeldCause, Owner } from '../../../domain/deactivation/still-held.ts';
import type { CauseWords } from '../drains/cause.ts';
import { executorsNamed } from '../drains/cause-named.ts';
import { code, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';

/** What a deactivated agent still holds, and what its frameworks' people can do. */
export function heldWords(cause: HeldCause): CauseWords {
  switch (cause.code) {
    case 'tasks-kept': {
      const { tasks, owners, others } = cause;
      const whose = [
        ...owners.map(ownerWords),
        ...(others > 0 ? [`${count(others, 'more framework')}`] : []),
      ];
      return {
        what: `${count(tasks, 'task is', 'tasks are')} still on it${
          whose.length === 0 ? '; the agent does not list whose' : `: ${enumerate(whose, owners.length + 1)}`
        }.`,
        toDo: owners.some(({ connected }) => connected === false)
          ? 'Bring the disconnected framework back, for it can move nothing until then; ask the owners of the others to move their tasks.'
          : 'Ask the owners of these frameworks to move their tasks.',
      };
    }
    case 'executors-left':
      return {
        what: `No task is left on it, but ${count(cause.executors, 'executor still runs', 'executors still run')}${
          cause.named.length === 0 ? '' : ` (${executorsNamed(cause.named)})`
        }.`,
        toDo: 'Ask the owners of its frameworks to end them, or look on the machine for what they still do.',
      };
  }
}

/** `marathon (disconnected) has 3 tasks (web.1, web.2, …)`. Who has no name yet is told by id. */
function ownerWords({ id, name, connected, tasks, named }: Owner): string {
  const who = name === id ? `framework ${code(id, 80)}` : plain(name, 60);
  const away = connected === false ? ' (disconnected)' : '';
  const some = named.map((each) => plain(each, 60));
  const names = some.length < tasks ? [...some, '…'] : some;
  return `${who}${away} has ${count(tasks, 'task')} (${names.join(', ')})`;
}
