import type { Voter } from '../../src/domain/approval/decide-vote.ts';
import type { Reading } from '../../src/domain/approval/read-ballots.ts';
import type { AgentApproval, ApprovalState, Ballot, Mark, Requester } from '../../src/domain/approval.ts';
import * as ids from '../../src/domain/ids.ts';
import type { MarkGone, MarkGoneState } from '../../src/domain/mark-gone.ts';
import { type Person, personKey } from '../../src/domain/person.ts';
import { agentId, alice, at, bob, channel, cluster, home, leader, noon } from './samples.ts';

export const carol: Person = { userId: ids.userId('U0CAROL'), teamId: home, name: 'carol' };
/** A colleague who is no approver. */
export const dave: Person = { userId: ids.userId('U0DAVE'), teamId: home, name: 'dave' };

/** A person with the key that tells them from others. */
export function keyed(person: Person): Requester {
  return { ...person, key: personKey(`${person.teamId} ${person.userId}`) };
}

/** a9: alice asks at noon to drain agent3 and mark it gone; an hour to answer, nothing would be lost. */
export function approval(over: Partial<AgentApproval> = {}): AgentApproval {
  return {
    of: 'agent',
    id: ids.approvalId(9),
    version: 1,
    cluster,
    agentId,
    hostname: 'agent3.example',
    address: { ip: '10.0.0.3', port: 5051 },
    requester: keyed(alice),
    channel,
    thread: ids.threadId('t-9'),
    correlation: ids.correlationId('c-9'),
    typed: 'drain agent3 --mark-gone --reason "disk dying"',
    reason: 'disk dying',
    because: [{ why: 'irreversible', command: 'drain --mark-gone' }],
    act: { kind: 'drain-then-gone', maxGrace: ids.seconds(600) },
    loss: { alive: true, held: { known: true, value: [] }, tasks: null },
    masterWordOnly: false,
    drain: null,
    witness: null,
    follows: null,
    needed: 1,
    oneOf: null,
    askedAt: noon,
    expiresAt: at(3600),
    ballots: [],
    state: { status: 'open' },
    ...over,
  };
}

type In<S extends ApprovalState['status']> = Extract<ApprovalState, { status: S }>;

/** One state of every status. */
export const approvalStates: { [S in ApprovalState['status']]: In<S> } = {
  open: { status: 'open' },
  holding: { status: 'holding', quorumAt: at(60), since: at(60), until: at(90), by: [bob] },
  standing: { status: 'standing', quorumAt: at(60), since: at(90), by: [bob], waits: null },
  settled: { status: 'settled', at: at(100), how: { how: 'expired' }, wasStanding: false, again: null },
};

/** bob's ✅, seen a minute after noon, which counts. */
export function ballot(over: Partial<Ballot> = {}): Ballot {
  return {
    user: bob.userId,
    mark: 'approve',
    firstSeenAt: at(60),
    verdict: { is: 'approves', oneOf: false },
    by: keyed(bob),
    ...over,
  };
}

type Known = Extract<Voter, { kind: 'person' }>;

/** A full member of this workspace, as Slack tells of them now; an approver, unless they are dave. */
export function voter(person: Person, over: Partial<Known> = {}): Known {
  return {
    kind: 'person',
    standing: 'full',
    key: keyed(person).key,
    ofThisWorkspace: true,
    entitled: person.userId !== dave.userId,
    oneOf: false,
    ...over,
  };
}

/** Slack can't be asked who they are. */
export const unknownVoter: Voter = { kind: 'unknown', why: 'Slack is away' };

/** One reaction as Slack's copy has it. */
export function reaction(
  person: Person,
  mark: Mark = 'approve',
  who: Voter = voter(person),
): Reading['ballots'][number] {
  return { user: person.userId, mark, voter: who, by: who.kind === 'person' ? keyed(person) : null };
}

/** One vote is enough, the hold takes 30 s. */
export function reading(ballots: Reading['ballots'], over: Partial<Reading> = {}): Reading {
  return {
    shared: false,
    needed: 1,
    oneOf: null,
    holdMs: 30_000,
    requester: keyed(alice).key,
    ballots,
    ...over,
  };
}

/** The second call of drain 17, on a9, intended 5 min after noon. */
export function markGone(over: Partial<MarkGone> = {}): MarkGone {
  return {
    id: ids.markGoneId('m-1'),
    version: 1,
    cluster,
    agentId,
    hostname: 'agent3.example',
    requester: alice,
    approvedBy: [bob],
    channel,
    thread: ids.threadId('t-9'),
    correlation: ids.correlationId('c-9'),
    reason: 'disk dying',
    approval: ids.approvalId(9),
    call: { by: 'second-drain', drain: ids.drainId(17), maxGrace: ids.seconds(600) },
    intendedAt: at(300),
    state: { status: 'calling' },
    ...over,
  };
}

type Marking<S extends MarkGoneState['status']> = Extract<MarkGoneState, { status: S }>;

export const markGoneStates: { [S in MarkGoneState['status']]: Marking<S> } = {
  calling: { status: 'calling' },
  checking: { status: 'checking', since: at(310), why: 'no answer', noEffect: null, waiting: null },
  confirming: { status: 'confirming', acceptedAt: at(301), waiting: null },
  ended: { status: 'ended', at: at(320), end: { kind: 'gone', goneAt: at(302) } },
};

export { leader };
