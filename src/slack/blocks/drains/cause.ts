import type { Cause } from '../../../domain/drain/stuck.ts';
import type { Instant } from '../../../domain/ids.ts';
import { heldWords } from '../deactivations/held.ts';
import { clause, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';
import { when } from '../text/time.ts';

/** What a drain waits for (a clause that goes on after "waits for" or "because"), and what a person can do. */
export interface CauseWords {
  what: string;
  toDo: string;
}

/** One cause in words. `near`: the time of reading. */
export function causeWords(cause: Cause, near: Instant): CauseWords {
  switch (cause.code) {
    case 'master-silent':
      return {
        what: `The master can't be read: ${clause(cause.why, 300)}.`,
        toDo: 'The bot keeps asking. Look whether a master leads and can be reached from the bot.',
      };
    case 'recovering':
      return {
        what: 'The master changed, and the agent has not registered with the new one yet.',
        toDo: 'This usually passes by itself within minutes. If not, look at the agent process.',
      };
    case 'unreachable':
      return {
        what: `The agent is unreachable since ${when(cause.since, near)}. Its tasks can't be stopped until it is back.`,
        toDo: 'Look at the machine, its network and the agent process. The order to drain stands: when the agent returns, it drains.',
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
        }.`,
        toDo: 'Nothing: this is how a drain goes.',
      };
    case 'tasks-overdue': {
      const named = cause.tasks.map(
        (task) => `${plain(task.name, 60)} of ${plain(task.framework, 60)} (${plain(task.state, 30)})`,
      );
      const unnamed = cause.count - cause.tasks.slice(0, 3).length;
      return {
        what: `${count(cause.count, 'task has', 'tasks have')} not ended though the grace period is over${
          named.length === 0
            ? ''
            : `: ${enumerate(named.slice(0, 3))}${unnamed > 0 ? ` and ${unnamed} more` : ''}`
        }.`,
        toDo: 'Look at the executor on the agent: it was told to kill and has not reported an end.',
      };
    }
    case 'unacknowledged': {
      const who = cause.frameworks.map(
        (framework) =>
          `${plain(framework.name, 60)}${
            framework.connected === false
              ? ' (disconnected)'
              : framework.connected === null
                ? ' (not known whether connected)'
                : ''
          }`,
      );
      return {
        what: `${count(cause.tasks, 'task has', 'tasks have')} ended, but ${
          who.length === 0 ? 'the framework' : enumerate(who, 3)
        } ${who.length > 1 ? 'have' : 'has'} not acknowledged it.`,
        toDo: cause.frameworks.some((framework) => framework.connected === false)
          ? 'Bring the disconnected framework back: the drain goes on when it reconnects. The tasks themselves have stopped.'
          : 'Look at the scheduler of the framework: it must acknowledge status updates. The tasks themselves have stopped.',
      };
    }
    case 'operations-pending':
      return {
        what: `${count(cause.operations, 'operation')} on the agent's resources ${
          cause.operations === 1 ? 'is' : 'are'
        } still pending.`,
        toDo: 'The framework that asked for it must acknowledge it; look at its scheduler and at the resource provider.',
      };
    case 'agent-still-busy': {
      const left = [
        cause.tasks > 0 ? count(cause.tasks, 'task') : null,
        cause.executors > 0 ? count(cause.executors, 'executor') : null,
        cause.operations > 0 ? count(cause.operations, 'pending operation') : null,
      ].filter((each) => each !== null);
      return {
        what: `The master says DRAINED, but the agent still ${
          left.length > 0 ? `has ${enumerate(left)}` : cause.draining ? 'finishes its own drain' : 'has work'
        }.`,
        toDo: "Don't take the machine down yet. This usually passes by itself; if not, look at the executors on the agent.",
      };
    }
    case 'tasks-kept':
    case 'executors-left':
      return heldWords(cause);
    case 'missed-check':
      return {
        what: 'Nothing is left on the agent, yet the master still says DRAINING: it missed its own check.',
        toDo: 'Sending the same drain to the master once more lets it look again. This bot does not do that by itself yet.',
      };
    case 'not-known':
      return {
        what: `Why it does not move is not known: ${clause(cause.why, 300)}.`,
        toDo: 'The bot keeps looking. Look at the agent and at its frameworks.',
      };
  }
}

const inShort: Record<Cause['code'], string> = {
  'master-silent': "the master couldn't be read",
  recovering: 'waiting for the agent to register with the new master',
  unreachable: 'the agent was unreachable',
  'not-listed': 'the master did not list the agent',
  'tasks-in-grace': 'tasks within their grace period',
  'tasks-overdue': 'tasks that did not end in time',
  unacknowledged: 'ends of tasks that no framework had acknowledged',
  'operations-pending': 'pending operations',
  'agent-still-busy': 'work left on the agent',
  'tasks-kept': 'tasks that their frameworks had not moved',
  'executors-left': 'executors that still ran',
  'missed-check': "the master's missed check",
  'not-known': 'a standstill without a known cause',
};

/** What the drain was waiting for, without figures: for looking back. */
export function causeInShort(cause: Pick<Cause, 'code'>): string {
  return inShort[cause.code];
}

/** The same for a code that was read from the audit log; null for one that is not known. */
export function causeOfCode(code: string): string | null {
  return Object.entries(inShort).find(([known]) => known === code)?.[1] ?? null;
}
