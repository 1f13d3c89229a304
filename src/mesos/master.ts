import type { Master } from '../app/ports.ts';
import type { ClusterName } from '../domain/ids.ts';
import { type AgentReads, askAgent } from './ask-agent.ts';
import { inTurn, sharedRead } from './in-turn.ts';
import { lookAt, registryWords } from './look-at.ts';
import { readMaintenance } from './maintenance.ts';
import type { Reads } from './reads.ts';
import { apiQuery, tasksQuery } from './requests.ts';
import { agents } from './shapes/agents.ts';
import { frameworks } from './shapes/frameworks.ts';
import { scheduledMachine, scheduledMachines } from './shapes/maintenance.ts';
import { pendingOperations } from './shapes/operations.ts';
import { masterTasks } from './shapes/tasks.ts';

/** The reads of one cluster. */
export function masterOf(cluster: ClusterName, reads: Reads, agentReads: AgentReads): Master {
  const tasksInTurn = inTurn();
  return {
    cluster,
    leader: async () => (await reads.leader()).leader,
    sweep: sharedRead(async () => {
      // GET_AGENTS does not say who answers; at the leader's own address it is who GET_MASTER named.
      const { leader, base } = await reads.leader();
      return { leader, ...(await reads.askAt(base, apiQuery('GET_AGENTS', agents))) };
    }),
    lookAt: (agent) => lookAt(reads, agent),
    registryOn: (agents) => registryWords(reads, agents),
    askAgent: (agent, address) => askAgent(agentReads, agent, address),
    frameworks: () => reads.ask(apiQuery('GET_FRAMEWORKS', frameworks)),
    tasksOf: (agent) => tasksInTurn('GET_TASKS', () => reads.ask(apiQuery('GET_TASKS', masterTasks(agent)))),
    tasksOfFramework: (framework, page) =>
      tasksInTurn('/tasks', () => reads.ask(tasksQuery(framework, page))),
    pendingOperationsOf: (agent) => reads.ask(apiQuery('GET_OPERATIONS', pendingOperations(agent))),
    scheduled: (machine) => reads.ask(apiQuery('GET_MAINTENANCE_SCHEDULE', scheduledMachine(machine))),
    schedule: async () => {
      const seen = await readMaintenance(reads);
      return { leader: seen.leader, machines: scheduledMachines(seen) };
    },
    maintenance: () => readMaintenance(reads),
  };
}
