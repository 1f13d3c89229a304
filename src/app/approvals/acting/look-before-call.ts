import type { AgentApproval } from '../../../domain/approval.ts';
import type { Drain } from '../../../domain/drain.ts';
import { isUnreadable, type Result, refuse } from '../../../domain/refusal.ts';
import { sameAgain } from '../../agents/find-agent.ts';
import { MasterFault } from '../../faults.ts';
import type { Log } from '../../ports.ts';
import { type Prepared, prepareAct } from '../asking/prepare-act.ts';
import type { CarryOutDeps } from './carry-out.ts';
import { refusedAtCall } from './refused-at-call.ts';
import { type Checked, checkSecondCall } from './second-call.ts';
import { stillAllowed } from './still-allowed.ts';

/** What a look at the master says about a call that is about to leave. */
export type Looked =
  /** `unread`: why what is due can't be looked at now. */
  | { for: 'nothing'; unread: string | null }
  | { for: 'first'; prepared: Result<Prepared> }
  | { for: 'second'; drain: Drain; checked: Checked };

/** Looks at the master where a call is due by now. */
export async function lookBeforeCall(
  deps: CarryOutDeps & { log: Log },
  approval: AgentApproval,
  drain: Drain | null,
): Promise<Looked> {
  const { state } = approval;
  const { clock, log } = deps;
  try {
    const firstIsDue = state.status === 'holding' && clock.now() >= state.until;
    const second =
      state.status === 'standing' && drain?.state.status === 'drained' && drain.goneNext ? drain : null;
    const refusal = firstIsDue || second !== null ? refusedAtCall(deps, approval) : null;
    // Mended, the policy may well let it through.
    if (refusal?.code === 'policy-broken')
      return { for: 'nothing', unread: `the policy can't be read: ${refusal.why}` };
    if (firstIsDue) {
      if (refusal !== null) return { for: 'first', prepared: refuse(refusal) };
      const allowed = await stillAllowed(deps, approval);
      if ('unread' in allowed) return { for: 'nothing', unread: allowed.unread };
      if (allowed.refusal !== null) return { for: 'first', prepared: refuse(allowed.refusal) };
      const subject = await sameAgain(deps, approval);
      const prepared = await prepareAct(deps, subject, approval.act, approval.id);
      // Nobody can say what is there now: it waits, and its time runs on.
      return !prepared.ok && isUnreadable(prepared.refusal)
        ? { for: 'nothing', unread: null }
        : { for: 'first', prepared };
    }
    if (second !== null && second.state.status === 'drained') {
      const checked =
        refusal === null
          ? await checkSecondCall(deps, approval, second, second.state)
          : { is: 'refused' as const, refusal };
      return { for: 'second', drain: second, checked };
    }
  } catch (fault) {
    if (!(fault instanceof MasterFault)) throw fault;
    log.warn({ err: fault, approval: approval.id }, 'what was approved can not be looked at now');
    return { for: 'nothing', unread: fault.message };
  }
  return { for: 'nothing', unread: null };
}
