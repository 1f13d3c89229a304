import { agentId, approvalId, clusterName, drainId, planId } from '../../../src/domain/ids.ts';
import type { MaintenanceAbout, MaintenanceCard } from '../../../src/domain/maintenance/news.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { MachinesCall, MachinesPlan, MachinesStep, PlanEnd } from '../../../src/domain/plan.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import { earlier, now, person, requester } from './moments.ts';

const calls: MachinesCall[] = ['schedule', 'clear', 'start', 'stop'];

/** p4, which is to drain and take down machines of this name. */
export function machinesAbout(hostname: string, many = 1): MaintenanceAbout {
  return {
    plan: planId(4),
    cluster: clusterName('prod'),
    requester,
    work: {
      do: 'start',
      window: { startNs: '1795389486883645441', durationNs: '3600000000000' },
      drainFirst: { maxGrace: null },
    },
    machines: Array.from({ length: many }, () => ({ hostname, ip: '10.0.0.3' })),
  };
}

/** Its card, with d17 for its first agent. */
export function machinesCard(
  hostname: string,
  state: MachinesPlan['state'],
  over: Partial<MaintenanceCard> = {},
): MaintenanceCard {
  const about = machinesAbout(hostname);
  const agents = [{ agentId: agentId('3669f2a1-S3'), drain: drainId(17) }];
  const lines = about.machines.map((machine) => ({ machine, agents }));
  return { about, lines, reason: 'new disks', approved: null, state, back: [], at: now, ...over };
}

/** The refusals to stop such a plan. */
export function machinesPlanRefusals(foreign: string): Refusal[] {
  return calls.map((call) => ({
    code: 'plan-calls',
    plan: planId(4),
    call,
    machines: machinesAbout(foreign, 2).machines,
  }));
}

const steps: MachinesStep[] = [
  { at: 'draining' },
  { at: 'next', call: 'schedule' },
  { at: 'next', call: 'start' },
  { at: 'calling', call: 'start', base: null, intendedAt: now },
  { at: 'returning', since: now, toldAt: null, back: [] },
];

/** Every end that has to do with stopping it, and its card at every step. */
export function machinesPlanNotices(foreign: string): Notice[] {
  const by = { ...person, name: foreign };
  const lefts = [
    { drains: [], scheduled: false },
    { drains: [drainId(17), drainId(18)], scheduled: true },
  ];
  const ends: PlanEnd[] = [
    { kind: 'cancelled', by },
    ...lefts.flatMap((left): PlanEnd[] => [
      { kind: 'cancelled', by, left },
      { kind: 'not-approved', approval: approvalId(9), left },
    ]),
  ];
  const states: MachinesPlan['state'][] = [
    { status: 'proposed', expiresAt: now },
    ...steps.map((step): MachinesPlan['state'] => ({ status: 'running', since: earlier, step })),
    ...ends.map((end): MachinesPlan['state'] => ({ status: 'ended', at: now, end })),
  ];
  return [
    ...ends.map(
      (end): Notice => ({
        kind: 'maintenance',
        about: machinesAbout(foreign, 3),
        news: { news: 'ended', end },
      }),
    ),
    {
      kind: 'status-of-machines',
      card: machinesCard(foreign, { status: 'running', since: earlier, step: { at: 'draining' } }),
      permalink: 'https://x.slack.com/archives/C1/p1',
    },
    ...states.map(
      (state): Notice => ({
        kind: 'maintenance-card',
        card: machinesCard(foreign, state, { reason: foreign }),
      }),
    ),
  ];
}
