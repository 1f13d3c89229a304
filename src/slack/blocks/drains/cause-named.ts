import type { Cause } from '../../../domain/drain/cause.ts';
import type {
  NamedExecutors,
  NamedOperation,
  NamedTask,
  Unacknowledging,
} from '../../../domain/drain/named.ts';
import type { Instant } from '../../../domain/ids.ts';
import { link, plain, preformatted } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';
import { spoken, when } from '../text/time.ts';
import type { CauseWords } from './cause.ts';

/** How many of a list stand in the sentence itself. */
const inSentence = 3;

/** `: web.1 of marathon (TASK_KILLING) and 4 more`; nothing where none is named. `of`: how many there are. */
export function tasksNamed<T extends NamedTask>(tasks: T[], of: number, aside: (task: T) => string): string {
  return named(
    tasks.map((task) => `${plain(task.name, 60)} of ${plain(task.framework, 60)} (${aside(task)})`),
    of,
  );
}

/** The same for Mesos offer operations: what they do, their id, and who asked. */
export function operationsNamed(operations: NamedOperation[], of: number): string {
  return named(
    operations.map(
      ({ type, id, framework, resourceProvider }) =>
        `${plain(type, 40)} \`${preformatted(id, 60)}\` of ${
          framework === null ? 'an operator' : plain(framework, 60)
        }${resourceProvider === null ? '' : ` on resource provider ${plain(resourceProvider, 60)}`}`,
    ),
    of,
  );
}

/** `exec-1 and exec-2 of marathon; exec-3 of spark`. */
export function executorsNamed(all: NamedExecutors[]): string {
  return all
    .map(({ framework, executors }) => {
      const ids = executors.map((id) => plain(id, 60));
      return `${enumerate(ids, inSentence)} of ${plain(framework, 60)}`;
    })
    .join('; ');
}

function named(items: string[], of: number): string {
  if (items.length === 0) return '';
  const shown = items.slice(0, inSentence);
  const more = of - shown.length;
  return `: ${more > 0 ? `${shown.join(', ')} and ${more} more` : enumerate(shown)}`;
}

/** Ends of tasks that their frameworks have not acknowledged: the commonest way for a drain to hang. */
export function unacknowledged(
  { tasks, frameworks }: Extract<Cause, { code: 'unacknowledged' }>,
  near: Instant,
  aside: string,
): CauseWords {
  const who = frameworks.map((framework) => oneOf(framework, near));
  const away = frameworks.filter(({ connected }) => connected === false);
  return {
    what: `${count(tasks, 'task has', 'tasks have')} ended, but ${
      who.length === 0 ? 'the framework' : enumerate(who, inSentence)
    } ${who.length > 1 ? 'have' : 'has'} not acknowledged it.${aside}`,
    toDo: away.length > 0 ? bringBack(away) : lookAt,
  };
}

const lookAt =
  'Look at the scheduler of the framework: it must acknowledge status updates. The tasks themselves have stopped.';

function oneOf(framework: Unacknowledging, near: Instant): string {
  const {
    id,
    name,
    connected,
    since,
    failoverTimeoutSeconds: timeout,
    webUrl,
    tasks,
    count: all,
  } = framework;
  const seen = since === null ? '' : `, seen so since ${when(since, near)}`;
  const facts = [
    name === id ? null : `ID \`${preformatted(id, 100)}\``,
    connected === null
      ? 'not known whether connected'
      : connected
        ? `connected${seen}`
        : `disconnected${seen}`,
    timeout === null ? null : `failover timeout ${timeout === 0 ? 'none' : spoken(timeout)}`,
    webUrl === null ? null : link(webUrl, 'its web UI'),
    tasks.length === 0
      ? null
      : `for ${enumerate(
          tasks.map((task) => plain(task, 60)),
          inSentence,
        )}${all > tasks.length ? ` (${all} in all)` : ''}`,
  ].filter((fact) => fact !== null);
  return `${plain(name, 60)} (${facts.join('; ')})`;
}

/** The gentle way first; the other one destroys work on every agent, and is never the bot's to do. */
function bringBack(away: Unacknowledging[]): string {
  const [first] = away;
  const curl = `curl -X POST http://MASTER:5050/teardown -d frameworkId=${preformatted(first?.id ?? 'ID', 100)}`;
  return `Bring the disconnected framework back: the drain goes on when it reconnects. The tasks themselves have stopped. If it never comes back, the master gives it up after its failover timeout; \`${curl}\` does so at once, and kills ALL of its tasks on every agent.`;
}
