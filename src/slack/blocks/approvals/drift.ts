import type { Drift } from '../../../domain/approval/drift.ts';
import { oneHeld } from '../drains/held.ts';
import { agentName } from '../text/agent-name.ts';
import { clause, code, plain } from '../text/escape.ts';
import { count } from '../text/part.ts';
import { frameworkOf } from './loss.ts';

/** One way in which something is no longer as the question showed it: what was shown, and what is now. */
export function driftWords(drift: Drift): string {
  switch (drift.what) {
    case 'volume':
    case 'reservation':
      return `More would be lost: ${oneHeld(drift.held)} was not shown, or is larger now.`;
    case 'framework':
      return `More would be lost: ${count(drift.framework.tasks, 'task')} of ${frameworkOf(drift.framework)}, which was not shown at all.`;
    case 'more-tasks':
      return `More would be lost: shown were ${count(drift.shown, 'task')} of ${frameworkOf(drift.framework)}, now there are ${drift.framework.tasks}.`;
    case 'alive':
      return 'Shown as away, now alive: the agent is registered with the master.';
    case 'away':
      return 'Shown as alive, now away: the agent is not registered with the master.';
    case 'not-known':
      return `Shown as known, now not known: ${
        drift.fact === 'held' ? 'its volumes and reservations' : 'its running tasks'
      } (${clause(drift.why, 200)}).`;
    case 'hostname':
      return `The hostname was shown as ${code(drift.shown)}, now it is ${code(drift.now)}.`;
    case 'address':
      return `The address was shown as ${code(drift.shown, 60)}, now it is ${code(drift.now, 60)}.`;
    case 'leader':
      return 'Another master leads now: what happened to the drain between the two, nobody saw.';
    case 'drain-begun-anew':
      return 'The drain at the master is not the one that was seen: somebody reactivated the agent or drained it again, or the bot nudged the master.';
    case 'master-word-only':
      return `That the agent is empty would be the master's word alone (${clause(drift.why, 200)}), and the question did not say so.`;
    case 'not-empty':
      return `The agent is not empty: ${clause(drift.why, 200)}.`;
    case 'not-entitled':
      return 'The approvals that count now are not enough.';
    case 'line':
      return `${agentName(drift)}: ${driftWords(drift.drift)}`;
    case 'agent-missing':
      return `${agentName(drift)} was on the list, and can't be found any more.`;
    case 'machine-missing':
      return `Machine ${plain(drift.machine.hostname)} (${code(drift.machine.ip, 60)}) was on the list, and can't be found any more.`;
    case 'agent-new':
      return `${agentName(drift)} is on a machine of the list, and was not shown.`;
  }
}
