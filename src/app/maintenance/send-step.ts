import type { AuditDraft } from '../../domain/audit.ts';
import type { Instant } from '../../domain/ids.ts';
import type { MachinesEvent } from '../../domain/maintenance/events.ts';
import { changeBy, masterCall } from '../../domain/maintenance/steps.ts';
import { windowsText } from '../../domain/maintenance/text.ts';
import type { Window } from '../../domain/maintenance/window.ts';
import { inPerson } from '../../domain/person.ts';
import type { MachinesCall, MachinesPlan } from '../../domain/plan.ts';
import { outcomeEvent } from '../outcome-event.ts';
import { Overtaken } from '../overtaken.ts';
import type { Log, NewId, Tx } from '../ports.ts';
import { type SubmitCall, Unsettled } from '../submit-call.ts';
import { applyMachines, auditOfMachines } from './apply-machines.ts';
import { isWriting } from './draw-up.ts';

export interface SendStepDeps {
  submitCall: SubmitCall;
  newId: NewId;
  log: Log;
}

export interface Step {
  call: MachinesCall;
  /** The schedule as it was read just before. */
  windows: readonly Window[];
  /** What goes before the intent, in its transaction: how it comes to this step. */
  events?: MachinesEvent[];
  /** In the intent's transaction, first: throws an Overtaken where it may not be, and writes what else changes. */
  record?(tx: Tx, at: Instant): Promise<void>;
  /** Of the command that has it done. */
  command?: AuditDraft['command'];
}

/** Sends one call of a plan over machines through the door; to be run one at a time (one-at-a-time.ts), with the read before it.
 * Throws an Overtaken where another writer of ours has not come to an end: nothing has left. */
export async function sendStep(deps: SendStepDeps, plan: MachinesPlan, step: Step): Promise<void> {
  const { call, windows } = step;
  const base = changeBy(plan, call) === null ? null : windowsText(windows);
  let now = plan;
  try {
    await deps.submitCall({
      call: masterCall(plan, call, windows),
      audit: async (tx) => ({
        ...(await auditOfMachines(tx, now)),
        actor: { kind: 'person', person: inPerson(plan.requester) },
        command: step.command ?? { typed: plan.typed },
        decision: now.approved === null ? 'allowed' : 'approved',
      }),
      record: async (tx, at) => {
        await step.record?.(tx, at);
        const other = (await tx.unendedPlans(plan.cluster)).find(
          (each) => each.id !== plan.id && isWriting(each),
        );
        if (other !== undefined)
          throw new Overtaken({
            code: 'machines-not-ready',
            command: `maintenance ${call}`,
            machines: plan.lines.map(({ machine }) => ({ machine, why: 'in-plan', plan: other.id })),
          });
        now = await applyMachines(
          tx,
          plan,
          [...(step.events ?? []), { type: 'call-intended', at, call, base }],
          deps.newId,
        );
      },
      settle: async (tx, outcome, at) => {
        now = await applyMachines(tx, now, [outcomeEvent(outcome, at)], deps.newId);
      },
    });
  } catch (fault) {
    if (!(fault instanceof Unsettled)) throw fault;
    deps.log.error(
      { err: fault, planId: plan.id },
      'the outcome of a call could not be written; looking instead',
    );
  }
}
