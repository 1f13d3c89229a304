import type { Cause } from '../../../domain/drain/cause.ts';
import { mostNudges } from '../../../domain/drain/nudge.ts';
import { type DrainId, type Instant, showDrainId } from '../../../domain/ids.ts';
import { heldWords } from '../deactivations/held.ts';
import { clause, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';
import { spoken, when } from '../text/time.ts';
import { executorsNamed, operationsNamed, tasksNamed, unacknowledged } from './cause-named.ts';

/** What a drain waits for, in a sentence, and what a person can do. */
export interface CauseWords {
  what: string;
  toDo: string;
}

/** How long an agent is away before it is worth asking whether it ever comes back. */
const longAwayMs = 30 * 60_000;

/** One cause in words. `near`: the time of reading. */
export function causeWords(
  cause: Cause,
  near: Instant,
  { drain, hostname }: { drain: DrainId; hostname: string },
): CauseWords {
  switch (cause.code) {
    case 'master-silent':
      return {
        what: `The master can't be read: ${clause(cause.why, 300)}.`,
        toDo: 'The bot keeps asking. Look whether a master leads and can be reached from the bot.',
      };
    case 'recovering':
      return {
        what: 'The master changed, and the agent has not registered with the new one yet.',
        toDo: 'This usually passes by itself within minutes (the master waits 10 for it, by default). If not, look at the agent process.',
      };
    case 'unreachable':
      return {
        what: `The agent is unreachable since ${when(cause.since, near)}. Its tasks can't be stopped until it is back.`,
        toDo: `Look at the machine, its network and the agent process. The order to drain stands: when the agent returns, it drains.${
          near >= cause.since + longAwayMs
            ? ` *Mark it gone instead?* Only if the machine is off and never comes back: \`/mesos mark-gone ${typed(hostname)} --reason "…"\`. That needs a second person, and destroys its volumes and reservations.`
            : ''
        }`,
      };
    case 'not-listed':
      return {
        what: `The master does not list the agent, and why is not known: ${clause(cause.why, 300)}.`,
        toDo: 'The bot keeps looking. This is no proof that the agent is empty or gone.',
      };
    case 'tasks-in-grace':
      return {
        what: `${count(cause.tasks, 'task is', 'tasks are')} being stopped and still within the grace period${
          cause.until === null ? '' : `, until ${when(cause.until, near)}`
        }${tasksNamed(cause.named, cause.tasks, (task) => `until ${when(task.until, near)}`)}.${byMaster(cause)}`,
        toDo: 'Nothing: this is how a drain goes.',
      };
    case 'tasks-overdue':
      return {
        what: `${count(cause.count, 'task has', 'tasks have')} not ended though the grace period is over${
          cause.since === null ? '' : ` since ${when(cause.since, near)}`
        }${tasksNamed(cause.tasks, cause.count, ({ state }) => plain(state, 30))}.${byMaster(cause)}`,
        toDo: "Look at the executor on the agent: it was told to kill and has not reported an end. A custom executor takes the time that it wants; upstream's default command executor keeps to the task's own kill policy.",
      };
    case 'unacknowledged':
      return unacknowledged(cause, near, byMaster(cause));
    case 'operations-pending':
      return {
        what: `${count(cause.operations, 'operation')} on the agent's own resources ${
          cause.operations === 1 ? 'is' : 'are'
        } still pending${operationsNamed(cause.named, cause.operations)}.${byMaster(cause)}`,
        toDo: 'Look at the scheduler of the framework that asked for it: the master waits until it has acknowledged the end. One that an operator asked for ends by itself.',
      };
    case 'agent-still-busy':
      return {
        what: `The master says DRAINED, but the agent still ${busyWith(cause)}.`,
        toDo: "Don't take the machine down yet. This usually passes by itself; if not, look at the executors on the agent: the master does not wait for them, nor for operations on resource providers.",
      };
    case 'tasks-kept':
    case 'executors-left':
      return heldWords(cause);
    case 'missed-check':
      return {
        what: `Nothing is left on the agent, ${
          cause.by === 'agent' ? 'by its own word' : "by the master's own lists"
        }, yet the master still says DRAINING: it missed its own check${
          cause.nudges === 0 ? '' : `, and ${count(cause.nudges, 'nudge')} did not help`
        }.`,
        toDo: missedCheck(cause, showDrainId(drain)),
      };
    case 'not-known':
      return {
        what: `Why it does not move is not known: ${clause(cause.why, 300)}.`,
        toDo: 'The bot keeps looking. Look at the agent and at its frameworks.',
      };
  }
}

function missedCheck({ held, nudges }: Extract<Cause, { code: 'missed-check' }>, drain: string): string {
  const restart =
    'Restart the agent process (its tasks have ended): when it registers again, the master looks.';
  switch (held) {
    case 'marks-gone':
      return `Sent again, this drain would mark the agent gone, and nobody has approved that a second time. \`/mesos cancel ${drain}\` sends it without \`mark_gone\`: the master looks again, and the agent is DRAINED. Then ask for the mark gone anew.`;
    case 'version-1.9':
      return `On Mesos 1.9 the same call again would leave the empty agent draining, so the bot does not send it. ${restart}`;
    case null:
      return nudges < mostNudges
        ? `Nothing: the bot sends the same drain once more, so that the master looks again; ${mostNudges} times at most, once a minute.`
        : `${restart} The bot sends no more.`;
  }
}

function busyWith(cause: Extract<Cause, { code: 'agent-still-busy' }>): string {
  const left = [
    cause.tasks > 0 ? count(cause.tasks, 'task') : null,
    cause.executors > 0
      ? `${count(cause.executors, 'executor')}${cause.named.length > 0 ? ` (${executorsNamed(cause.named)})` : ''}`
      : null,
    cause.operations > 0
      ? `${count(cause.operations, 'pending operation')}${operationsNamed(cause.pending, cause.operations)}`
      : null,
  ].filter((each) => each !== null);
  if (left.length > 0) return `has ${enumerate(left)}`;
  return cause.draining ? 'finishes its own drain' : 'has work';
}

/** Whose word it is, where it is not the agent's. */
function byMaster({ by }: { by: 'agent' | 'master' }): string {
  return by === 'master' ? " (This is the master's list: the agent itself can't be asked.)" : '';
}

/** A hostname as it is typed; a stand-in where it can't be. */
function typed(hostname: string): string {
  return /^[A-Za-z0-9][\w.-]{0,200}$/.test(hostname) ? hostname : 'AGENT_ID';
}

/** How long the master keeps a framework that went away. */
export function failoverTimeout(seconds: number | null): string {
  if (seconds === null) return '';
  return seconds === 0 ? '; its failover timeout is 0' : `; its failover timeout is ${spoken(seconds)}`;
}
