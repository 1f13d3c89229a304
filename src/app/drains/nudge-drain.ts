import type { MasterSighting } from '../../domain/agent.ts';
import type { CallOutcome } from '../../domain/call.ts';
import { isStrange, mostNudges } from '../../domain/drain/nudge.ts';
import type { Drain, DrainEvent } from '../../domain/drain.ts';
import type { Instant } from '../../domain/ids.ts';
import { VersionConflict } from '../faults.ts';
import { Overtaken } from '../overtaken.ts';
import { Unsettled } from '../submit-call.ts';
import { applyEvents, auditOf } from './apply-events.ts';
import type { SendDeps } from './send-drain.ts';

/** Sends a plain drain once more, exactly as it was meant, for a master that missed its own check (domain/drain/nudge.ts
 * judges when). The drain must stand as it was judged: whatever moved it on since, overtakes the nudge. */
export async function nudgeDrain(deps: SendDeps, drain: Drain, seen: MasterSighting): Promise<void> {
  const { submitCall, newId, log } = deps;
  const { id, agentId, maxGrace, markGone } = drain;
  if (markGone) throw new TypeError(`d${id} marks its agent gone, which wants its own approval`);
  const sent = drain.state.status === 'draining' ? drain.state.nudges.sent : 0;
  const strange = isStrange(drain, seen) ? ({ strange: true } as const) : {};
  try {
    await submitCall({
      call: { type: 'DRAIN_AGENT', agentId, maxGrace, markGone },
      audit: async (tx) => ({
        ...(await auditOf(tx, drain)),
        actor: { kind: 'bot' },
        decision: `nudge ${sent + 1} of ${mostNudges}`,
      }),
      record: async (tx, at) => {
        await applyEvents(tx, drain, [{ type: 'nudge-intended', at }], newId);
      },
      settle: async (tx, outcome, at) => {
        const latest = await tx.drain(id);
        if (latest?.state.status === 'draining' && latest.state.nudges.calling)
          await applyEvents(tx, latest, [{ ...answered(outcome, at), ...strange }], newId);
      },
    });
  } catch (fault) {
    if (fault instanceof Unsettled)
      log.error({ err: fault, drainId: id }, 'the outcome of a nudge could not be written');
    else if (fault instanceof Overtaken || fault instanceof VersionConflict)
      log.debug({ drainId: id }, 'a drain moved on before its nudge');
    else throw fault;
  }
}

function answered(outcome: CallOutcome, at: Instant): Extract<DrainEvent, { type: 'nudge-answered' }> {
  const why =
    outcome.kind === 'accepted'
      ? null
      : outcome.kind === 'unknown'
        ? outcome.why
        : `${outcome.httpStatus ?? 'nothing sent'}: ${outcome.body.slice(0, 300)}`;
  return { type: 'nudge-answered', at, outcome: outcome.kind, why };
}
