import { type ChangingCommand, riskOf } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import type { PersonFacts } from '../../domain/person.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { onlyTarget } from '../../domain/targets.ts';
import type { Hour } from '../../domain/time/hour.ts';
import { answerRead, type ReadDeps } from '../answers/answer-read.ts';
import { askApproval } from '../approvals/asking/ask-approval.ts';
import { type CancelDeps, cancel } from '../approvals/cancel.ts';
import { authorise, nobody } from '../authorise.ts';
import { closeDrain } from '../drains/close-drain.ts';
import { hastenDrain } from '../drains/hasten-drain.ts';
import { openDeactivation } from '../drains/open-deactivation.ts';
import { type DrainDeps, openDrain } from '../drains/open-drain.ts';
import { MasterFault } from '../faults.ts';
import { proposeMachines } from '../maintenance/propose-machines.ts';
import { withPlanNamed } from '../plans/agents/agents-of-plan.ts';
import { proposeAgents } from '../plans/agents/propose-agents.ts';
import { type ConfirmDeps, confirmPlan } from '../plans/confirm-plan.ts';
import { pauseOrResume } from '../plans/rolling/pause-or-resume.ts';
import { proposeRolling } from '../plans/rolling/propose-rolling.ts';
import type { InboxCommand } from '../ports.ts';
import { openReactivation } from '../reactivations/open-reactivation.ts';
import type { ClusterCommand } from './choose-cluster.ts';
import { hourOfChange, hourTyped } from './hour-typed.ts';
import { needsTwo, refusedByPolicy } from './judge-by-policy.ts';

/** What commands for one cluster use. */
export interface InClusterDeps extends ReadDeps, DrainDeps, CancelDeps, ConfirmDeps {}

/** How a command ended: with an answer for the typist, or settled already, in a transaction of its own. */
export type Ending = Result<Notice | 'settled'>;

/** Authorises a command for this cluster, and does it. Throws a ChatFault where Slack could not be asked. */
export async function runInCluster(
  deps: InClusterDeps,
  asked: ClusterCommand,
  typed: InboxCommand,
  now: Instant,
): Promise<Ending> {
  // Whoever may approve may also take back, and hold up.
  const policy = deps.policy.current();
  const also = asked.verb === 'cancel' || asked.verb === 'pause' ? policy.approvers : nobody;
  const allowed = await authorise(deps.people, policy, typed, riskOf(asked), also);
  if (!allowed.ok) return allowed;
  try {
    switch (asked.verb) {
      case 'agents':
      case 'status':
      case 'preview':
      case 'maintenance status':
        return await answerRead(deps, asked, now);
      case 'drain':
        if (asked.dryRun) return await answerRead(deps, asked, now);
        break;
      case 'deactivate':
      case 'reactivate':
      case 'mark-gone':
      case 'cancel':
      case 'confirm':
      case 'pause':
      case 'resume':
      case 'hasten':
      case 'close':
      case 'maintenance schedule':
      case 'maintenance clear':
      case 'maintenance start':
      case 'maintenance stop':
        break;
    }
    if (allowed.value === null) return refuse({ code: 'person-unknown', why: 'Slack was not asked' });
    const { restored } = await deps.store.thisDatabase();
    if (restored !== null) return refuse({ code: 'database-restored', since: restored.since });
    const hour = hourTyped(asked, allowed.value, now);
    if (!hour.ok) return hour;
    // What is to begin at an hour is judged by that, and again then.
    const forbidden = refusedByPolicy(deps.policy, asked, hourOfChange(asked, hour.value)?.at ?? now);
    if (forbidden !== null) return refuse(forbidden);
    const by = { ...typed, userName: allowed.value.name };
    return await change(deps, asked, by, allowed.value, hour.value);
  } catch (fault) {
    if (!(fault instanceof MasterFault)) throw fault;
    return refuse({ code: 'master-unreadable', cluster: deps.master.cluster, why: fault.message });
  }
}

async function change(
  deps: InClusterDeps,
  asked: ChangingCommand,
  by: InboxCommand,
  person: PersonFacts,
  hour: Hour | undefined,
): Promise<Ending> {
  const target = 'targets' in asked ? onlyTarget(asked.targets) : null;
  switch (asked.verb) {
    case 'drain': {
      const { rolling } = asked;
      if (rolling !== undefined) return proposeRolling(deps, { ...asked, rolling }, by, person, hour);
      if (target === null || (hour !== undefined && !asked.markGone))
        return proposeAgents(deps, asked, by, person, hour);
      const begun = await openDrain(deps, asked, target, by);
      if (!begun.ok) return begun;
      if (begun.value === 'settled') return ok('settled');
      if ('answer' in begun.value) return ok(begun.value.answer);
      return askApproval(deps, asked, target, begun.value.ask, by, person, hour);
    }
    case 'mark-gone':
      return askApproval(deps, asked, asked.target, { kind: 'mark-gone', now: asked.now }, by, person, hour);
    case 'deactivate':
    case 'reactivate': {
      const targets = asked.verb === 'reactivate' ? await withPlanNamed(deps, asked.targets) : asked.targets;
      if (targets !== asked.targets) return proposeAgents(deps, { ...asked, targets }, by, person, hour);
      // The list of one shows what a second person is then asked for.
      if (target === null || hour !== undefined || needsTwo(deps.policy, asked, deps.clock.now()))
        return proposeAgents(deps, asked, by, person, hour);
      if (asked.verb === 'reactivate') return openReactivation(deps, asked, target, by);
      const begun = await openDeactivation(deps, asked, target, by);
      if (!begun.ok || begun.value === 'settled') return begun.ok ? ok('settled') : begun;
      return proposeAgents(deps, asked, by, person);
    }
    case 'pause':
    case 'resume':
      return pauseOrResume(deps, asked, by);
    case 'confirm':
      return confirmPlan(deps, asked, by, person);
    case 'cancel':
      return cancel(deps, asked, by);
    case 'hasten':
      return hastenDrain(deps, asked, by);
    case 'close':
      return closeDrain(deps, asked, by);
    case 'maintenance schedule':
    case 'maintenance clear':
    case 'maintenance start':
    case 'maintenance stop':
      return proposeMachines(deps, asked, by, person, hour ?? null);
  }
}
