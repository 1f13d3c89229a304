import type { Proof, Read } from '../../../domain/drain.ts';
import type { Instant } from '../../../domain/ids.ts';
import { count } from '../text/part.ts';
import { second } from '../text/time.ts';

/** What was read before an end was called proven, in one line; null: an older version did not write that down. */
export function checkedForDrained(proof: Proof): string | null {
  if (proof.checked === undefined) return null;
  const { first, second: last } = proof.checked;
  const reads = `DRAINED in two reads of one and the same leading master (${second(first, first)}, ${second(last, first)})`;
  switch (proof.by) {
    case 'master-and-agent': {
      const { pending, queued, launched, executors, pendingOperations, draining } = proof.checked.agent;
      return `*Checked:* ${reads}; the agent itself: ${pending} pending, ${queued} queued and ${count(launched, 'launched task')}, ${count(executors, 'executor')}, ${count(pendingOperations, 'pending operation')}, ${draining ? 'a' : 'no'} drain in progress.`;
    }
    case 'master-only':
      return `*Checked:* ${reads}. *Not checked*, for the agent could not be asked since ${second(proof.checked.silentSince, first)}: its executors, its pending operations, and whether it still drains by itself.`;
  }
}

/** The read that proved "gone"; null: as above. */
export function checkedForGone(end: { goneAt: Instant; checked?: Read }): string | null {
  return end.checked === undefined
    ? null
    : `*Checked:* the registry of one and the same leading master, read at ${second(end.checked.at, end.checked.at)}, lists this agent ID as gone since ${second(end.goneAt, end.checked.at)}.`;
}
