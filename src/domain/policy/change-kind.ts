import type { Act } from '../approval.ts';
import type { Command } from '../command.ts';
import type { AgentsPlan, MachinesPlan } from '../plan.ts';
import type { ChangeKind } from '../policy.ts';
import type { RollingPlan } from '../rolling.ts';
import type { WantedChange } from './judge-change.ts';

/** What this command wants done, as far as a policy has a say; null: it has none. Reading, taking back and ending a thread
 * always pass. */
export function changeWantedBy(command: Command): WantedChange | null {
  switch (command.verb) {
    case 'drain':
      if (command.dryRun) return null;
      return wanted(
        command.markGone || command.rolling?.afterwards === 'mark-gone' ? 'drain --mark-gone' : 'drain',
        command,
      );
    case 'deactivate':
    case 'reactivate':
    case 'mark-gone':
    case 'maintenance schedule':
    case 'maintenance clear':
    case 'maintenance start':
    case 'maintenance stop':
      return wanted(command.verb, command);
    case 'hasten':
      return { kind: 'drain', reason: null, overrideFreeze: false, underWay: true };
    case 'help':
    case 'agents':
    case 'status':
    case 'preview':
    case 'maintenance status':
    case 'whoami':
    case 'audit':
    case 'cancel':
    // Of its plan, not of these words: judged where the plan is.
    case 'confirm':
    // What goes on is judged before its next wave.
    case 'pause':
    case 'resume':
    case 'close':
      return null;
  }
}

function wanted(
  kind: ChangeKind,
  { reason, overrideFreeze }: Pick<WantedChange, 'reason' | 'overrideFreeze'>,
): WantedChange {
  return { kind, reason, overrideFreeze, underWay: false };
}

/** The same of what a second person is asked for. */
export function changeKindOfAct(act: Act): ChangeKind {
  switch (act.kind) {
    case 'drain':
      return 'drain';
    case 'drain-then-gone':
    case 'drain-unattended':
      return 'drain --mark-gone';
    case 'mark-gone':
      return 'mark-gone';
  }
}

/** The same of a plan. */
export function changeKindOfPlan(
  plan:
    | Pick<AgentsPlan, 'of' | 'work'>
    | Pick<RollingPlan, 'of' | 'work'>
    | Pick<MachinesPlan, 'of' | 'work'>,
): ChangeKind {
  switch (plan.of) {
    case 'agents':
      return plan.work.do;
    case 'rolling':
      return plan.work.afterwards.do === 'mark-gone' ? 'drain --mark-gone' : 'drain';
    case 'machines':
      return `maintenance ${plan.work.do}`;
  }
}
