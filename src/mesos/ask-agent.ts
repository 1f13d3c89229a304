import type { AgentSighting } from '../domain/agent.ts';
import type { AgentId } from '../domain/ids.ts';
import type { AgentGate } from './networks.ts';
import { apiQuery, type Query } from './requests.ts';
import { agentExecutors, agentSelf } from './shapes/agent-self.ts';
import { pendingOperations } from './shapes/operations.ts';
import { agentTasks } from './shapes/tasks.ts';

/** What it takes to ask agents. `askAt` follows no redirect and carries the agents' own credentials. */
export interface AgentReads {
  gate: AgentGate;
  https: boolean;
  askAt<T>(base: URL, query: Query<T>): Promise<T>;
}

/** Asks an agent for its work, all at once. Never throws: whatever is missing makes it `not-asked`. */
export async function askAgent(
  { gate, https, askAt }: AgentReads,
  agent: AgentId,
  address: { ip: string; port: number },
): Promise<AgentSighting> {
  const barred = gate(address.ip);
  if (barred !== null) return { kind: 'not-asked', why: barred };
  const host = address.ip.includes(':') ? `[${address.ip}]` : address.ip;
  const base = new URL(`${https ? 'https' : 'http'}://${host}:${address.port}`);
  try {
    const [self, work, executors, operations] = await Promise.all([
      askAt(base, apiQuery('GET_AGENT', agentSelf)),
      askAt(base, apiQuery('GET_TASKS', agentTasks)),
      askAt(base, apiQuery('GET_EXECUTORS', agentExecutors)),
      askAt(base, apiQuery('GET_OPERATIONS', pendingOperations(agent))),
    ]);
    // A port is soon used again: a re-imaged machine answers with a new id and with no tasks.
    if (self.id !== agent) return { kind: 'not-asked', why: `${base.host} is agent ${self.id} now` };
    return { kind: 'asked', ...work, executors, operations, draining: self.draining };
  } catch (error) {
    return { kind: 'not-asked', why: error instanceof Error ? error.message : 'a read failed' };
  }
}
