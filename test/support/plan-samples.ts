import * as ids from '../../src/domain/ids.ts';
import type { AgentsPlan, MachinesPlan, Plan } from '../../src/domain/plan.ts';
import type { RollingPlan, RollingRun } from '../../src/domain/rolling.ts';
import { approval } from './approval-samples.ts';

const { cluster, channel, requester } = approval();

const base = {
  id: ids.planId(3),
  version: 0,
  cluster,
  requester,
  channel,
  thread: ids.threadId('t-plan'),
  correlation: ids.correlationId('c-plan'),
  typed: 'drain rack=r12',
  reason: 'new switch',
  because: [],
  approved: null,
  proposedAt: ids.instant(1_000),
};

/** A plan over the agents S1 and S2, proposed. */
export function agentsPlan(over: Partial<AgentsPlan> = {}): AgentsPlan {
  return {
    ...base,
    of: 'agents',
    work: { do: 'drain', maxGrace: ids.seconds(600) },
    lines: ['S1', 'S2'].map((last) => ({
      agentId: ids.agentId(`3669f2a1-${last}`),
      hostname: `agent${last.slice(1)}.example`,
      address: { ip: `10.0.0.${last.slice(1)}`, port: 5051 },
      shown: { state: 'active', tasks: 8 },
      state: { is: 'todo' },
    })),
    begunAt: null,
    state: { status: 'proposed', expiresAt: ids.instant(901_000) },
    ...over,
  };
}

/** A plan that drains the agents S1 to S3 in waves of two; proposed. */
export function rollingPlan(over: Partial<RollingPlan> = {}): RollingPlan {
  return {
    ...base,
    of: 'rolling',
    typed: 'drain rack=r12 --parallel 2',
    work: {
      do: 'roll',
      maxGrace: null,
      parallel: 2,
      per: [],
      pause: ids.seconds(300),
      afterwards: { do: 'wait' },
    },
    lines: ['S1', 'S2', 'S3'].map((last, at) => ({
      agentId: ids.agentId(`3669f2a1-${last}`),
      hostname: `agent${last.slice(1)}.example`,
      address: { ip: `10.0.0.${last.slice(1)}`, port: 5051 },
      attributes: { rack: 'r12' },
      shown: { state: 'active', tasks: 8 },
      wave: 1 + Math.floor(at / 2),
      state: { is: 'todo' },
    })),
    unjudged: { room: false, frameworks: [] },
    begunAt: null,
    state: { status: 'proposed', expiresAt: ids.instant(901_000) },
    ...over,
  };
}

/** A rolling plan's state once it runs: before its second wave. */
export function rollingRun(
  over: Partial<RollingRun> = {},
): Extract<RollingPlan['state'], { status: 'running' }> {
  return {
    status: 'running',
    since: ids.instant(2_000),
    phase: { at: 'between', wave: 2, notBefore: ids.instant(2_000) },
    ...{ halt: null, waits: null, resumedAt: null, retrying: [] },
    ...over,
  };
}

/** A plan that takes two machines down, the agents of the first of which it drains before; proposed. */
export function machinesPlan(over: Partial<MachinesPlan> = {}): MachinesPlan {
  return {
    ...base,
    id: ids.planId(4),
    of: 'machines',
    typed: 'maintenance start agent1 --drain-first',
    work: {
      do: 'start',
      window: { startNs: '1795389486883645441', durationNs: '3600000000000' },
      drainFirst: { maxGrace: null },
    },
    lines: [
      {
        machine: { hostname: 'agent1.example', ip: '10.0.0.1' },
        agents: [{ agentId: ids.agentId('3669f2a1-S1'), drain: null }],
      },
      { machine: { hostname: 'spare.example', ip: '10.0.0.9' }, agents: [] },
    ],
    shown: [],
    state: { status: 'proposed', expiresAt: ids.instant(901_000) },
    ...over,
  };
}

/** The same plan one transition on. */
export function next<P extends Plan>(plan: P, state: P['state']): P {
  return { ...plan, version: plan.version + 1, state };
}
