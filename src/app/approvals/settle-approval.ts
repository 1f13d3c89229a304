import type { AgentApproval, Approval, Settlement } from '../../domain/approval.ts';
import type { Instant } from '../../domain/ids.ts';
import { sameAgain } from '../agents/find-agent.ts';
import { MasterFault } from '../faults.ts';
import type { Tx } from '../ports.ts';
import { refusedAtCall } from './acting/refused-at-call.ts';
import { applyApproval } from './apply-approval.ts';
import type { AskDeps } from './asking/ask-approval.ts';
import { hourOfQuestion, openApproval } from './asking/open-approval.ts';
import { besideNow, overtakenBy, type Prepared, prepareAct, toBeShown } from './asking/prepare-act.ts';

/** Brings an approval to its end. */
export async function settle(deps: AskDeps, approval: Approval, how: Settlement): Promise<void> {
  await deps.store.transact(async (tx) => {
    await settleIn(tx, deps, approval, how, null, deps.clock.now());
  });
}

/** Brings it to its end, and asks again in a new message, with what is there now. Where that may not be asked any more,
 * it says so instead. `prepared` null: to be looked at. Throws a MasterFault where nobody can say what is there now. */
export async function askAgain(
  deps: AskDeps,
  approval: AgentApproval,
  how: Settlement,
  prepared: Prepared | null,
): Promise<void> {
  const { store, policy, clock, newId, previewFile } = deps;
  const judged = prepared ?? (await prepareAgain(deps, approval));
  const ready = judged === null ? null : await toBeShown(deps, judged, approval.id);
  await store.transact(async (tx) => {
    const at = clock.now();
    const overtaken =
      ready === null
        ? null
        : (refusedAtCall(deps, approval) ??
          (await overtakenBy(tx, deps, ready, approval.id)) ??
          (await besideNow(tx, ready, approval)));
    if (ready === null || overtaken !== null) {
      const instead = overtaken === null ? how : ({ how: 'refused', refusal: overtaken } as const);
      return settleIn(tx, deps, approval, instead, null, at);
    }
    // The old one must be settled first, and knows the number of the new one: numbers are given in this order.
    const again = await tx.nextApprovalId();
    await settleIn(tx, deps, approval, how, again, at);
    const { cluster, requester, channel, correlation, typed, reason, because, beside } = approval;
    const of = { cluster, requester, channel, correlation, typed, parsed: null, reason, because };
    const asking = beside === undefined ? of : { ...of, beside };
    const who = { follows: approval.id, actor: { kind: 'bot' as const }, ...hourOfQuestion(approval) };
    await openApproval(tx, ready, { ...asking, ...who, id: again }, policy.current().approvals, {
      at,
      newId,
      previewFile,
    });
  });
}

/** Null: the same may not be asked for any more. */
async function prepareAgain(deps: AskDeps, approval: AgentApproval): Promise<Prepared | null> {
  try {
    const subject = await sameAgain(deps, approval);
    const prepared = await prepareAct(deps, subject, approval.act, approval.id);
    return prepared.ok ? prepared.value : null;
  } catch (fault) {
    // Nobody can say what would be asked: it ends, and a person asks when they can.
    if (fault instanceof MasterFault) return null;
    throw fault;
  }
}

async function settleIn(
  tx: Tx,
  { newId, policy }: AskDeps,
  approval: Approval,
  how: Settlement,
  again: Approval['id'] | null,
  at: Instant,
): Promise<void> {
  const event = { type: 'settled' as const, at, how, again };
  await applyApproval(tx, approval, [event], { newId, approving: policy.current().approvals.approving });
}
