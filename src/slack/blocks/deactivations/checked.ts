import type { Proof } from '../../../domain/drain.ts';
import { count } from '../text/part.ts';
import { second } from '../text/time.ts';

/** What was read before a deactivated agent was called empty, in one line; null: it was not written down. */
export function checkedForEmpty(proof: Proof): string | null {
  if (proof.checked === undefined) return null;
  const { first, second: last } = proof.checked;
  const reads = `deactivated, without a drain, in two reads of one and the same leading master (${second(first, first)}, ${second(last, first)})`;
  switch (proof.by) {
    case 'master-and-agent': {
      const { pending, queued, launched, executors, pendingOperations, draining } = proof.checked.agent;
      const left = draining
        ? ' It remembers an earlier drain, and drops new tasks until it has left that.'
        : '';
      return `*Checked:* ${reads}; the agent itself, both times: ${pending} pending, ${queued} queued and ${count(launched, 'launched task')}, ${count(executors, 'executor')}, ${count(pendingOperations, 'pending operation')}; no cpus, memory, disk or gpus in use by the master's count.${left}`;
    }
    case 'master-only':
      return `*Checked:* ${reads}; no cpus, memory, disk or gpus in use there. *Not checked*, for the agent could not be asked since ${second(proof.checked.silentSince, first)}: its executors and its pending operations.`;
  }
}
