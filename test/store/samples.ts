import type { TypedCommand } from '../../src/app/ports.ts';
import type { KnownAgent } from '../../src/domain/agent.ts';
import type { AuditDraft } from '../../src/domain/audit.ts';
import type { Drain } from '../../src/domain/drain.ts';
import * as ids from '../../src/domain/ids.ts';
import { noon } from './noon.ts';

export const cluster = ids.clusterName('main');
export const agentId = ids.agentId('36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S3');
export const channel = ids.channelId('C0OPS');
export const correlation = ids.correlationId('c-1');
export const thread = ids.threadId('t-1');
export const alice = { userId: ids.userId('U0ALICE'), teamId: ids.teamId('T0HOME'), name: 'alice' };
export const bob = { userId: ids.userId('U0BOB'), teamId: ids.teamId('T0HOME'), name: 'bob' };

export function typed(over: Partial<TypedCommand> = {}): TypedCommand {
  return {
    via: 'typed',
    triggerId: '13345224609.738474920.8088930838d88f008e0',
    user: alice.userId,
    userName: alice.name,
    team: alice.teamId,
    channel,
    text: 'drain agent3 --reason “kernel upgrade” 🛠',
    responseUrl: 'https://hooks.slack.example/commands/1/2/3',
    receivedAt: noon,
    ...over,
  };
}

export function draft(over: Partial<AuditDraft> = {}): AuditDraft {
  return {
    at: noon,
    event: 'command.accepted',
    actor: { kind: 'person', person: alice },
    correlation: 'c-1',
    cluster: 'main',
    agent: { id: agentId, hostname: 'agent3.example' },
    command: { typed: 'drain agent3' },
    ...over,
  };
}

export function drain(over: Partial<Drain> = {}): Drain {
  return {
    id: ids.drainId(1),
    way: 'drain',
    version: 1,
    cluster,
    agentId,
    hostname: 'agent3.example',
    attributes: { rack: 'r12' },
    requester: alice,
    channel,
    thread,
    correlation,
    reason: 'kernel upgrade',
    maxGrace: ids.seconds(600),
    markGone: false,
    goneNext: false,
    approved: null,
    tookOver: null,
    plan: null,
    intendedAt: noon,
    tasksAtStart: 4,
    frameworks: null,
    expectedEnd: ids.after(noon, 600_000),
    state: { status: 'calling' },
    ...over,
  };
}

export function known(over: Partial<KnownAgent> = {}): KnownAgent {
  return {
    agentId,
    hostname: 'agent3.example',
    address: { ip: '10.0.0.3', port: 5051 },
    attributes: { rack: 'r12' },
    held: [
      { kind: 'volume', id: 'v-1', role: 'db', sizeMb: 1024 },
      { kind: 'reservation', role: 'db', resource: 'cpus', amount: 1.5 },
    ],
    state: 'active',
    room: null,
    lastSeenAt: noon,
    ...over,
  };
}
