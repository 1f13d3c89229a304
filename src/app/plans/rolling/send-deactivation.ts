import type { KnownAgent } from '../../../domain/agent.ts';
import type { OwnDrains } from '../../../domain/deactivation/may-deactivate.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { RollingLine, RollingLineState } from '../../../domain/rolling.ts';
import { refuseBesideOthers } from '../../drains/open-drain.ts';
import { VersionConflict } from '../../faults.ts';
import { type OutcomeEvent, outcomeEvent } from '../../outcome-event.ts';
import { Overtaken } from '../../overtaken.ts';
import type { Log, NewId } from '../../ports.ts';
import { type SubmitCall, Unsettled } from '../../submit-call.ts';
import { auditOfPlan } from '../apply-agents-plan.ts';
import { commonOf } from '../take-out.ts';
import { applyHalting, type RunningPlan, runningOf, stillDue } from './write-rolling.ts';

interface SendDeactivationDeps {
  submitCall: SubmitCall;
  newId: NewId;
  log: Log;
}

/** The line's own call. Its intent, and that the line is at it, are on disk before it leaves; it never leaves twice. */
export async function sendDeactivation(
  deps: SendDeactivationDeps,
  plan: RunningPlan,
  line: RollingLine,
  chosen: KnownAgent,
  judge: (own: OwnDrains) => Refusal | undefined,
): Promise<void> {
  const { newId, log } = deps;
  const { cluster } = plan;
  const { agentId, hostname } = line;
  let intendedAt: Instant | null = null;
  try {
    await deps.submitCall({
      call: { type: 'DEACTIVATE_AGENT', agentId },
      audit: async (tx) => ({
        ...commonOf(plan).audit,
        ...(await auditOfPlan(tx, plan)),
        agent: { id: agentId, hostname },
        decision: plan.approved === null ? 'allowed' : 'approved',
      }),
      record: async (tx, at) => {
        const now = await stillDue(
          tx,
          plan,
          (each) => each.state.halt === null && each.state.phase.at === 'deactivating' && isTodo(each, line),
        );
        const overtaken = judge({
          open: await tx.openDrains(cluster),
          outOfService: await tx.outOfService(cluster),
        });
        if (overtaken !== undefined) throw new Overtaken(overtaken);
        await refuseBesideOthers(tx, chosen, cluster, plan.id);
        intendedAt = at;
        const to: RollingLineState = { is: 'deactivating', call: { at: 'calling', intendedAt: at } };
        await applyHalting(tx, now, [{ type: 'line-moved', at, agentId, from: 'todo', to }], newId);
      },
      settle: async (tx, outcome, at) => {
        const now = await runningOf(tx, plan);
        const current = now?.lines.find((each) => each.agentId === agentId);
        // Somebody took it for lost meanwhile: what the master said is filed, and looks decide.
        if (now === null || !isCalling(current, intendedAt))
          throw new VersionConflict(`${agentId} is being looked at already.`);
        const to = afterOutcome(outcomeEvent(outcome, at), intendedAt ?? at);
        await applyHalting(tx, now, [{ type: 'line-moved', at, agentId, from: 'deactivating', to }], newId);
      },
    });
  } catch (fault) {
    // What came up meanwhile, the next pass meets again.
    if (fault instanceof Overtaken)
      return log.debug({ agentId, code: fault.refusal.code }, 'a line of a plan was overtaken');
    if (!(fault instanceof Unsettled)) throw fault;
    log.error({ err: fault, agentId }, 'the outcome of a call could not be written; looking instead');
  }
}

function isCalling(line: RollingLine | undefined, intendedAt: Instant | null): boolean {
  return (
    line?.state.is === 'deactivating' &&
    line.state.call.at === 'calling' &&
    line.state.call.intendedAt === intendedAt
  );
}

function afterOutcome(event: OutcomeEvent, intendedAt: Instant): RollingLineState {
  switch (event.type) {
    case 'call-accepted':
      return { is: 'deactivating', call: { at: 'confirming', acceptedAt: event.at, amiss: null } };
    case 'call-rejected':
      return {
        is: 'failed',
        drain: null,
        why: { code: 'rejected', httpStatus: event.httpStatus, body: event.body },
      };
    case 'call-unknown':
      return { is: 'deactivating', call: { at: 'checking', intendedAt, why: event.why, noEffect: null } };
  }
}

/** Whether nothing of this line has been done yet. */
export function isTodo({ lines }: RunningPlan, { agentId }: RollingLine): boolean {
  return lines.some((line) => line.agentId === agentId && line.state.is === 'todo');
}
