import type { Cost, CoveredAgent, CoveredMachine, Covers } from '../../src/domain/approval/covers.ts';
import type { PlanApproval } from '../../src/domain/approval.ts';
import { agentId, planId, seconds } from '../../src/domain/ids.ts';
import { approval } from './approval-samples.ts';

const cost: Cost = {
  tasks: 3,
  frameworks: 1,
  soleInstances: 1,
  volumes: 0,
  reservations: 0,
  drainShown: false,
};

/** The agent of this number: alive, with three tasks that are a cost and no loss. */
export function coveredAgent(number: number, over: Partial<CoveredAgent> = {}): CoveredAgent {
  return {
    agentId: agentId(`3669-S${number}`),
    hostname: `agent${number}.example`,
    address: { ip: `10.0.0.${number}`, port: 5051 },
    loss: { alive: true, held: { known: true, value: [] }, tasks: null },
    cost,
    ...over,
  };
}

/** The machine of this number, with these agents. */
export function coveredMachine(number: number, agents: CoveredAgent[]): CoveredMachine {
  return { machine: { hostname: `agent${number}.example`, ip: `10.0.0.${number}` }, agents };
}

/** Two agents, to be drained with a grace of 3 s. */
export const twoAgents: Covers = {
  of: 'agents',
  work: { do: 'drain', maxGrace: seconds(3) },
  lines: [coveredAgent(3), coveredAgent(4)],
};

/** a9 as a question about plan p3. */
export function planApproval(over: Partial<PlanApproval> = {}): PlanApproval {
  const { agentId: _, hostname, address, act, loss, masterWordOnly, drain, witness, ...base } = approval();
  return {
    ...base,
    of: 'plan',
    plan: planId(3),
    covers: twoAgents,
    typed: 'drain agent3 agent4 --max-grace-period 3s --reason "rack"',
    reason: 'rack',
    because: [{ why: 'short-grace', seconds: 3 }],
    ...over,
  };
}
