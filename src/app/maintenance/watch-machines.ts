import { after, type Instant, instant, type MasterId, type PlanId } from '../../domain/ids.ts';
import type { MachinesEvent } from '../../domain/maintenance/events.ts';
import { type MachinesLook, observeMachines } from '../../domain/maintenance/observe.ts';
import type { MachinesPlan } from '../../domain/plan.ts';
import { allToTheirEnd } from '../all-to-their-end.ts';
import { endWithout } from '../approvals/plans/drop-plan.ts';
import { lostAnswer, lostCall, settleMs, unlistedPollMs, type WatchDeps } from '../drains/watch-drains.ts';
import { MasterFault, VersionConflict } from '../faults.ts';
import { Overtaken } from '../overtaken.ts';
import { applyMachines, auditOfMachines } from './apply-machines.ts';
import { type ConfirmMachinesDeps, changedSince, judgeAgain } from './confirm-machines.ts';
import { drainLines } from './drain-lines.ts';
import { lookAtMachines } from './draw-up.ts';
import { sendStep } from './send-step.ts';

export type WatchMachinesDeps = WatchDeps & ConfirmMachinesDeps;

/** One pass over the plans over machines of a cluster: does what comes next, looks at what was done, and writes what it
 * means. */
export function makeWatchMachines(deps: WatchMachinesDeps) {
  const { store, master, clock, log, timing, judging, newId } = deps;
  const startedAt = clock.now();
  /** When each was last looked at, in memory: forgetting it only means looking sooner. */
  const triedAt = new Map<PlanId, Instant>();

  return async function pass(now: Instant): Promise<Instant | null> {
    const open = await plans();
    for (const id of triedAt.keys()) if (!open.some((each) => each.id === id)) triedAt.delete(id);
    await allToTheirEnd(open.filter((plan) => isDue(plan, now)).map(watch));
    const hours = (await plans()).flatMap((plan) => dueAt(plan) ?? []);
    return hours.length === 0 ? null : instant(Math.min(...hours));
  };

  async function plans(): Promise<MachinesPlan[]> {
    return (await store.unendedPlans(master.cluster)).filter((plan) => plan.of === 'machines');
  }

  function isDue(plan: MachinesPlan, now: Instant): boolean {
    const at = dueAt(plan);
    return at !== null && at <= now;
  }

  /** Null: others move it on. */
  function dueAt({ id, state }: MachinesPlan): Instant | null {
    if (state.status === 'proposed') return state.expiresAt;
    if (state.status !== 'running') return null;
    const { step } = state;
    const tried = triedAt.get(id);
    switch (step.at) {
      case 'draining':
        return tried === undefined ? startedAt : after(tried, timing.pollMs);
      case 'next':
        return tried === undefined ? startedAt : after(tried, timing.pollMs);
      case 'calling':
        // Its door is in this process or died with another one.
        return step.intendedAt < startedAt
          ? startedAt
          : after(step.intendedAt, timing.callDeadlineMs + settleMs);
      case 'checking':
      case 'following':
        if (tried === undefined) return startedAt;
        return step.at === 'following' &&
          step.amiss !== null &&
          tried < after(step.amiss.at, judging.proofGapMs)
          ? after(step.amiss.at, judging.proofGapMs)
          : after(tried, timing.pollMs);
      case 'returning':
        return tried === undefined ? startedAt : after(tried, Math.max(timing.pollMs, unlistedPollMs));
    }
  }

  async function watch(plan: MachinesPlan): Promise<void> {
    const { state } = plan;
    const at = clock.now();
    if (state.status === 'proposed')
      return write(plan, [{ type: 'ended', at, end: { kind: 'not-confirmed' } }], null);
    if (state.status !== 'running') return;
    switch (state.step.at) {
      case 'calling':
        return write(plan, [{ type: 'call-unknown', at, why: lostAnswer }], null);
      case 'draining':
        triedAt.set(plan.id, at);
        return drainLines(deps, plan, write);
      case 'next':
        triedAt.set(plan.id, at);
        return state.step.call === 'start' ? endUnasked(plan) : goOn(plan);
      case 'checking':
      case 'following':
      case 'returning': {
        const look = await lookAt(plan);
        triedAt.set(plan.id, look.at);
        return write(plan, observeMachines(plan, look, judging), look.seen?.leader ?? null);
      }
    }
  }

  /** The question watches for the turn of the call that can't be undone. One that was dropped while another call was on its way
   * left the end to this loop. */
  async function endUnasked(plan: MachinesPlan): Promise<void> {
    const approval = plan.approved === null ? null : await store.approval(plan.approved.approval);
    if (approval?.state.status !== 'settled' || approval.state.again !== null) return;
    const { how } = approval.state;
    if (how.how === 'used') return;
    return write(plan, [{ type: 'ended', at: clock.now(), end: endWithout(plan, approval.id, how) }], null);
  }

  /** The call that is next, by what the master shows now. Where that is not what its asker has seen, nothing is written. */
  async function goOn(planned: MachinesPlan): Promise<void> {
    await deps.oneWriter(async () => {
      const plan = await store.plan(planned.id);
      if (plan?.of !== 'machines' || plan.version !== planned.version || plan.state.status !== 'running')
        return;
      const { step } = plan.state;
      if (step.at !== 'next' || step.call === 'start') return;
      try {
        const looked = await judgeAgain(deps, plan);
        const at = clock.now();
        // Mended, the policy may well let it through.
        if (!looked.ok && looked.refusal.code === 'policy-broken') return;
        if (!looked.ok)
          return write(
            plan,
            [{ type: 'ended', at, end: { kind: 'refused', refusal: looked.refusal } }],
            null,
          );
        const { leader, windows } = looked.value.seen;
        const now = changedSince(plan, looked.value);
        if (now.length > 0)
          return write(
            plan,
            [{ type: 'ended', at, end: { kind: 'failed', why: { code: 'changed', now } } }],
            leader,
          );
        await sendStep(deps, plan, { call: step.call, windows });
      } catch (fault) {
        // Nothing was sent: the next pass tries again.
        if (fault instanceof MasterFault || fault instanceof Overtaken || fault instanceof VersionConflict) {
          log.debug({ err: fault, planId: plan.id }, 'a plan over machines could not go on yet');
          return;
        }
        throw fault;
      }
    });
  }

  async function lookAt(plan: MachinesPlan): Promise<MachinesLook> {
    try {
      const { seen, registered } = await lookAtMachines(deps);
      return {
        at: clock.now(),
        seen,
        registered: registered.map(({ agentId, hostname, address }) => ({
          agentId,
          hostname,
          ip: address.ip,
        })),
      };
    } catch (fault) {
      if (!(fault instanceof MasterFault)) throw fault;
      log.debug({ err: fault, planId: plan.id }, 'the machines of a plan could not be looked at');
      return { at: clock.now(), seen: null, why: fault.message };
    }
  }

  async function write(
    plan: MachinesPlan,
    events: readonly MachinesEvent[],
    leader: MasterId | null,
  ): Promise<void> {
    if (events.length === 0) return;
    try {
      await store.transact(async (tx) => {
        for (const { type, at } of events)
          if (type === 'call-unknown')
            await tx.append({ ...(await auditOfMachines(tx, plan)), ...lostCall(at) });
        await applyMachines(tx, plan, events, newId, leader);
      });
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
      log.debug({ planId: plan.id }, 'a plan over machines moved on during a look');
    }
    deps.onWritten();
  }
}
