import type { Cause } from '../../../domain/drain/cause.ts';

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
