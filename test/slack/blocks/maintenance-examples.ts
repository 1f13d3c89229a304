import type { KnownAgent } from '../../../src/domain/agent.ts';
import { agentId, approvalId, clusterName, drainId, planId } from '../../../src/domain/ids.ts';
import type { FrameworkThere, MachineTold } from '../../../src/domain/maintenance/standing.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { earlier, later, now } from './moments.ts';

type Status = Extract<Notice, { kind: 'maintenance-status' }>;

/** An agent on 10.0.0.3. */
export const agentThere = (hostname: string, over: Partial<KnownAgent> = {}): KnownAgent => ({
  agentId: agentId('3669f2a1-b0f5-4f5e-9c8a-000000000000-S3'),
  hostname,
  address: { ip: '10.0.0.3', port: 5051 },
  attributes: {},
  held: null,
  room: null,
  state: 'active',
  lastSeenAt: now,
  ...over,
});

/** A machine to go down in ten minutes for two hours, with its agent. */
export function machineTold(hostname: string, over: Partial<MachineTold> = {}): MachineTold {
  return {
    machine: { hostname, ip: '10.0.0.3' },
    is: 'draining',
    window: { start: later, durationMs: 7_200_000 },
    agents: [agentThere(hostname)],
    alike: [],
    answers: [],
    frameworks: [],
    runsNotKnown: null,
    work: [],
    ...over,
  };
}

export function maintenanceStatus(machines: MachineTold[], over: Partial<Status> = {}): Status {
  const cluster = clusterName('prod');
  return { kind: 'maintenance-status', cluster, at: now, machines, more: 0, narrowed: false, ...over };
}

/** Every kind of entry, `long` of each; `foreign` stands in every text from outside. */
export function maintenanceNotices(foreign: string, long: number): Status[] {
  const permalink = 'https://local.slack.com/archives/C1/p1';
  const answered = (answer: FrameworkThere['answer'], name: string | null = foreign): FrameworkThere => ({
    id: foreign,
    name,
    tasks: 2,
    answer,
  });
  const half = { hostname: null, ip: '10.0.0.3' };
  const kinds: MachineTold[] = [
    machineTold(foreign, {
      frameworks: [
        answered({ answer: 'ACCEPT', at: earlier }),
        answered({ answer: 'DECLINE', at: earlier }),
        answered({ answer: 'UNKNOWN', at: earlier }, null),
        { ...answered(null), tasks: null },
      ],
      work: [
        { on: { what: 'drain', drain: drainId(17), way: 'drain' }, permalink },
        { on: { what: 'drained', drain: drainId(18), way: 'deactivate' }, permalink: null },
        { on: { what: 'approval', approval: approvalId(9) }, permalink },
        { on: { what: 'plan', plan: planId(3) }, permalink },
        { on: { what: 'mark-gone' }, permalink },
        { on: { what: 'reactivation' }, permalink },
      ],
    }),
    machineTold(foreign, { window: null, agents: [], alike: [agentThere(foreign)] }),
    machineTold(foreign, { machine: half, agents: [], window: { start: earlier, durationMs: null } }),
    machineTold(foreign, { is: 'scheduled', runsNotKnown: foreign }),
    machineTold(foreign, { is: 'down', window: { start: earlier, durationMs: 1000 } }),
    machineTold(foreign, { is: 'up', window: null }),
  ];
  const many = Array.from({ length: long }, () => kinds).flat();
  return [
    maintenanceStatus(many, { more: 7 }),
    maintenanceStatus([]),
    ...kinds.map((each) => maintenanceStatus([each], { narrowed: true })),
  ];
}
