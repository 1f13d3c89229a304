import { driftOfFirstCall } from '../../../domain/approval/drift.ts';
import { mayLeave, type Reading } from '../../../domain/approval/read-ballots.ts';
import type { AgentApproval } from '../../../domain/approval.ts';
import type { Drain } from '../../../domain/drain.ts';
import type { Refusal, Result } from '../../../domain/refusal.ts';
import { applyEvents } from '../../drains/apply-events.ts';
import type { Prepared } from '../asking/prepare-act.ts';
import { askAgain, settle } from '../settle-approval.ts';
import { carryOut } from './carry-out.ts';
import { lookBeforeCall } from './look-before-call.ts';
import { type Checked, sendSecondCall } from './second-call.ts';
import type { JudgeDeps, LookedAt, Subject } from './subject.ts';
import { tellUnknownVoter } from './tell-wait.ts';

/** What a question about an agent is about: the agent, and the drain that it goes on from or has begun. */
export function makeOnAgent(deps: JudgeDeps) {
  const { store, newId } = deps;

  return async function onAgent(approval: AgentApproval): Promise<Subject<AgentApproval>> {
    const drain = approval.drain === null ? null : ((await store.drain(approval.drain))?.drain ?? null);
    return {
      end: drain?.state.status === 'ended' ? { how: 'drain-ended', end: drain.state.end.kind } : null,
      isLastDue: approval.state.status === 'standing' && drain?.state.status === 'drained',
      look: () => look(approval, drain),
      askAgain: (how) => askAgain(deps, approval, how, null),
    };
  };

  async function look(approval: AgentApproval, drain: Drain | null): Promise<LookedAt<AgentApproval>> {
    const looked = await lookBeforeCall(deps, approval, drain);
    switch (looked.for) {
      case 'nothing':
        return { unread: looked.unread, act: null };
      case 'first':
        return { unread: null, act: (now, reading) => first(now, looked.prepared, reading) };
      case 'second':
        return { unread: null, act: (now, reading) => second(now, looked.drain, looked.checked, reading) };
    }
  }

  async function first(approval: AgentApproval, prepared: Result<Prepared>, reading: Reading): Promise<void> {
    if (approval.state.status !== 'holding' || !mayLeave(approval, reading)) return;
    if (!prepared.ok) return settle(deps, approval, { how: 'refused', refusal: prepared.refusal });
    const what = driftOfFirstCall(approval, prepared.value);
    if (what.length > 0) return askAgain(deps, approval, { how: 'changed', what }, prepared.value);
    await endIfRefused(approval, await carryOut(deps, approval, prepared.value));
  }

  async function second(
    approval: AgentApproval,
    drain: Drain,
    checked: Checked,
    reading: Reading,
  ): Promise<void> {
    if (approval.state.status !== 'standing') return;
    // The next look settles it by the drain's end.
    if (checked.is === 'drain-ended')
      return void (await store.transact((tx) => applyEvents(tx, drain, [checked.seen], newId)));
    if (checked.is === 'refused') return settle(deps, approval, { how: 'refused', refusal: checked.refusal });
    if (checked.is === 'changed')
      return askAgain(deps, approval, { how: 'changed', what: checked.what }, checked.prepared);
    if (mayLeave(approval, reading))
      return endIfRefused(approval, await sendSecondCall(deps, approval, drain, checked.prepared));
    if (await tellUnknownVoter(deps, approval, reading)) return;
    await askAgain(deps, approval, { how: 'changed', what: [{ what: 'not-entitled' }] }, checked.prepared);
  }

  async function endIfRefused(approval: AgentApproval, refusal: Refusal | null): Promise<void> {
    // Its time ran out while it was being carried out: the next look says so.
    if (refusal === null || refusal.code === 'approval-settled') return;
    // The drain moved on meanwhile: the next look judges it as it is then.
    if (refusal.code === 'drain-ended') return;
    await settle(deps, approval, { how: 'refused', refusal });
  }
}
