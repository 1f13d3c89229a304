import { expect, it } from '@jest/globals';
import { applyMachines } from '../../src/app/maintenance/apply-machines.ts';
import type { Tx } from '../../src/app/ports.ts';
import type { AuditDraft } from '../../src/domain/audit.ts';
import { agentId, instant } from '../../src/domain/ids.ts';
import type { MachinesPlan } from '../../src/domain/plan.ts';
import { machinesPlan } from '../support/plan-samples.ts';

const [first, spare] = machinesPlan().lines as [MachinesPlan['lines'][number], MachinesPlan['lines'][number]];
const other = { machine: spare.machine, agents: [{ agentId: agentId('3669f2a1-S2'), drain: null }] };
const agent = (id: string, hostname: string) => ({ id: `3669f2a1-${id}`, hostname });

it.each<[string, MachinesPlan['lines'], AuditDraft['agent'][]]>([
  ['for the one agent that is known there', [first, spare], [agent('S1', 'agent1.example')]],
  ['for each of two', [first, other], [agent('S1', 'agent1.example'), agent('S2', 'spare.example')]],
  ['once, where no agent ever was', [spare], [undefined]],
])('the beginning of a plan over machines is filed %s', async (_, lines, agents) => {
  const audit: AuditDraft[] = [];
  const none = async () => {};
  const tx: Partial<Tx> = {
    savePlan: none,
    openThread: none,
    queue: none,
    cardStale: none,
    permalinkOf: async () => null,
    append: async (entry) => ({ seq: audit.push(entry), text: '', hash: '' }),
  };
  const step = { at: 'draining' } as const;
  const begun = { type: 'begun', at: instant(2_000), approved: null, step } as const;
  await applyMachines(tx as Tx, machinesPlan({ lines }), [begun], () => 'id');
  expect(audit.map((entry) => [entry.event, entry.agent])).toEqual(
    agents.map((each) => ['plan.begun', each]),
  );
});
