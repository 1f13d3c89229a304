import * as ids from '../../src/domain/ids.ts';
import type { Reactivation, ReactivationState } from '../../src/domain/reactivation.ts';
import { agentId, alice, at, channel, cluster, noon } from './samples.ts';

type In<S extends ReactivationState['status']> = Extract<ReactivationState, { status: S }>;

/** A reactivation of agent3, out of service by d17, asked for by alice at noon; still calling. */
export function reactivation(over: Partial<Reactivation> = {}): Reactivation {
  return {
    id: ids.reactivationId('r-1'),
    version: 1,
    cluster,
    agentId,
    hostname: 'agent3.example',
    requester: alice,
    channel,
    thread: ids.threadId('t-1'),
    correlation: ids.correlationId('c-2'),
    reason: 'new kernel runs',
    drain: ids.drainId(17),
    plan: null,
    intendedAt: noon,
    state: { status: 'calling' },
    ...over,
  };
}

/** Accepted at noon; nothing was waited for yet. */
export function inConfirming(over: Partial<In<'confirming'>> = {}): In<'confirming'> {
  return { status: 'confirming', acceptedAt: noon, waiting: null, told: [], firstAbsent: null, ...over };
}

/** One state of every status, without a half proof. */
export const reactivationStates: { [S in ReactivationState['status']]: In<S> } = {
  calling: { status: 'calling' },
  checking: { status: 'checking', since: at(30), why: 'no answer in 30 s', noEffect: null, waiting: null },
  confirming: inConfirming(),
  ended: { status: 'ended', at: at(60), end: { kind: 'active', agentNotAsked: null } },
};
