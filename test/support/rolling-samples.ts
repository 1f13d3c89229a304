import * as ids from '../../src/domain/ids.ts';
import type {
  RollingLine,
  RollingLineState,
  RollingPlan,
  RollingRun,
  RollingWork,
} from '../../src/domain/rolling.ts';
import { approval } from './approval-samples.ts';
import { at, cluster } from './samples.ts';

const { channel, requester } = approval();

/** A rolling plan over agents S1, S2 and so on, one for each state: two in a wave, begun at noon. */
export function rolling(
  lines: RollingLineState[],
  run: Partial<RollingRun> = {},
  work: Partial<RollingWork> = {},
): RollingPlan {
  return {
    id: ids.planId(3),
    version: 0,
    cluster,
    requester,
    channel,
    thread: ids.threadId('t-plan'),
    correlation: ids.correlationId('c-plan'),
    typed: 'drain rack=r12 --parallel 2',
    reason: 'new switch',
    because: [],
    approved: null,
    proposedAt: at(-60),
    of: 'rolling',
    unjudged: { room: false, frameworks: [] },
    work: {
      do: 'roll',
      maxGrace: null,
      parallel: 2,
      per: [],
      pause: ids.seconds(300),
      afterwards: { do: 'wait' },
      ...work,
    },
    lines: lines.map(
      (state, nth): RollingLine => ({
        agentId: lineId(nth + 1),
        hostname: `agent${nth + 1}.example`,
        address: { ip: `10.0.0.${nth + 1}`, port: 5051 },
        attributes: {},
        shown: { state: 'active', tasks: 8 },
        wave: 1 + Math.floor(nth / 2),
        state,
      }),
    ),
    begunAt: at(0),
    state: {
      status: 'running',
      since: at(0),
      phase: { at: 'deactivating' },
      halt: null,
      waits: null,
      resumedAt: null,
      retrying: [],
      ...run,
    },
  };
}

/** The agent of the line of this number, from 1. */
export function lineId(nth: number): ids.AgentId {
  return ids.agentId(`3669f2a1-S${nth}`);
}

export const todo: RollingLineState = { is: 'todo' };
export const calling: RollingLineState = {
  is: 'deactivating',
  call: { at: 'calling', intendedAt: at(1) },
};
export const away: RollingLineState = {
  is: 'kept-away',
  since: at(2),
  ours: true,
  amiss: null,
  leftOut: null,
};
/** It was out of service before. */
export const awayBefore: RollingLineState = { ...away, ours: false };
export const leftOut: RollingLineState = { ...away, leftOut: { code: 'direct-message' } };
export const draining: RollingLineState = { is: 'draining', drain: ids.drainId(7) };
export const drained: RollingLineState = { is: 'drained', drain: ids.drainId(7), at: at(60) };
export const returning: RollingLineState = {
  is: 'returning',
  drain: ids.drainId(7),
  reactivation: ids.reactivationId('r-1'),
};
export const givingBack: RollingLineState = { ...returning, drain: null };
export const done: RollingLineState = { is: 'done', how: 'drained', drain: ids.drainId(7) };
export const failed: RollingLineState = { is: 'failed', drain: null, why: { code: 'not-applied' } };
export const dropped: RollingLineState = { is: 'dropped' };
