import { type Drift, driftOf, witnessDrift } from '../../../domain/approval/drift.ts';
import { wordOf } from '../../../domain/approval/witness.ts';
import type { AgentApproval } from '../../../domain/approval.ts';
import { changedByOthers, isOurs } from '../../../domain/drain/look.ts';
import { isEmpty } from '../../../domain/drain/stuck.ts';
import type { Drain, DrainEvent } from '../../../domain/drain.ts';
import type { PlanId } from '../../../domain/ids.ts';
import { isUnreadable, type Refusal } from '../../../domain/refusal.ts';
import { sameAgain } from '../../agents/find-agent.ts';
import { MasterFault } from '../../faults.ts';
import { sendMarkGone } from '../../mark-gones/send-mark-gone.ts';
import { Overtaken } from '../../overtaken.ts';
import type { Tx } from '../../ports.ts';
import { besideNow, overtakenBy, type Prepared, prepareAct } from '../asking/prepare-act.ts';
import type { CarryOutDeps } from './carry-out.ts';
import { refusedAtCall } from './refused-at-call.ts';

type Drained = Extract<Drain['state'], { status: 'drained' }>;

/** What a second call was approved for: one exact agent, as it was shown. */
export interface ApprovedGone
  extends Pick<
    AgentApproval,
    'id' | 'agentId' | 'hostname' | 'address' | 'askedAt' | 'act' | 'loss' | 'masterWordOnly' | 'witness'
  > {
  /** It is a line of that plan; absent: it stands alone. */
  plan?: PlanId;
}

/** What was found when everything was looked at anew. */
export type Checked =
  | { is: 'as-approved'; prepared: Prepared }
  | { is: 'changed'; what: Drift[]; prepared: Prepared }
  /** Somebody else ended the drain: the question ends with it. */
  | { is: 'drain-ended'; seen: DrainEvent }
  | { is: 'refused'; refusal: Refusal };

/** Looks at everything anew before the second of two calls: identity, loss, the DRAINED proof with our config, the agent's
 * own emptiness, and that nothing happened behind our back (product.md 4). Throws a MasterFault where that can't be read. */
export async function checkSecondCall(
  deps: CarryOutDeps,
  approval: ApprovedGone,
  drain: Drain,
  state: Drained,
): Promise<Checked> {
  const subject = await sameAgain(deps, approval);
  const ready = await prepareAct(deps, subject, approval.act, approval.id, approval.plan ?? null);
  if (!ready.ok) {
    if (isUnreadable(ready.refusal)) throw new MasterFault('the master does not show the agent as it is now');
    return { is: 'refused', refusal: ready.refusal };
  }
  const prepared = ready.value;
  const { sighting, agent } = prepared.looked;
  const ended =
    sighting.kind === 'registered' ? changedByOthers(sighting.agent, drain, deps.clock.now()) : null;
  if (ended !== null) return { is: 'drain-ended', seen: ended };
  const shown = sighting.kind === 'registered' ? sighting.agent.drain : null;
  const what: Drift[] = [
    ...driftOf(approval, prepared),
    ...witnessDrift(approval.witness ?? state.witness ?? never, wordOf(sighting)),
    ...(shown?.state === 'DRAINED' && isOurs(shown, drain) ? [] : [{ what: 'drain-begun-anew' as const }]),
    ...(agent.kind === 'asked' && !isEmpty(agent)
      ? [{ what: 'not-empty' as const, why: 'the agent says that it holds work' }]
      : []),
    ...(await onMastersWord(deps, approval, state, agent.kind === 'asked' ? null : agent.why)),
  ];
  return what.length === 0 ? { is: 'as-approved', prepared } : { is: 'changed', what, prepared };
}

/** A word that was never taken equals none. */
const never = { leader: '' as never, startedAt: null };

/** Where the agent's own word is missing, the prompt must have said so, and the master must count no operation on it. */
async function onMastersWord(
  { master }: CarryOutDeps,
  approval: Pick<ApprovedGone, 'agentId' | 'masterWordOnly'>,
  { proof }: Drained,
  notAsked: string | null,
): Promise<Drift[]> {
  const missing = notAsked ?? (proof.by === 'master-only' ? proof.agentNotAsked : null);
  if (missing === null) return [];
  if (!approval.masterWordOnly) return [{ what: 'master-word-only', why: missing }];
  const pending = await master.pendingOperationsOf(approval.agentId);
  return pending.length === 0
    ? []
    : [{ what: 'not-empty', why: `operations pending on it: ${pending.length}` }];
}

/** Sends it, right after the votes were read for the last time. Answers why not, where a rule broke in the meantime. */
export async function sendSecondCall(
  deps: CarryOutDeps,
  approval: AgentApproval,
  drain: Drain,
  prepared: Prepared,
): Promise<Refusal | null> {
  const sent = await sendMarkGone(deps, {
    approval,
    agent: approval,
    usesIt: () => true,
    call: { by: 'second-drain', drain: drain.id, maxGrace: drain.maxGrace },
    thread: drain.thread,
    record: async (tx) => {
      await refuseIfMoved(tx, drain);
      const overtaken =
        refusedAtCall(deps, approval) ??
        (await overtakenBy(tx, deps, prepared, approval.id)) ??
        (await besideNow(tx, prepared, approval));
      if (overtaken !== null) throw new Overtaken(overtaken);
    },
  });
  return sent.ok ? null : sent.refusal;
}

/** Version for version: whatever happened to the drain since it was read, happened behind the call's back. Throws an
 * Overtaken. */
export async function refuseIfMoved(tx: Tx, drain: Drain): Promise<void> {
  const latest = await tx.drain(drain.id);
  if (latest?.version !== drain.version)
    throw new Overtaken({ code: 'drain-ended', drain: drain.id, end: latest?.state.status ?? 'lost' });
}
