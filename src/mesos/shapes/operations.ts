import { z } from 'zod';
import { type AgentId, agentId } from '../../domain/ids.ts';
import { repeated, wrapped } from './fields.ts';
import { inPassing, passing } from './in-passing.ts';

const operation = z.object({
  agent_id: wrapped(agentId).optional(),
  latest_status: z.object({ state: z.string() }),
});

/** Source: mesos src/common/protobuf_utils.cpp, isTerminalState of OperationState. */
const ended = new Set([
  'OPERATION_FINISHED',
  'OPERATION_FAILED',
  'OPERATION_ERROR',
  'OPERATION_DROPPED',
  'OPERATION_GONE_BY_OPERATOR',
]);

/** GET_OPERATIONS of a master or an agent: how many on one agent have not ended, in whatever state that may be. */
export function pendingOperations(wanted: AgentId) {
  const pending = operation.transform(
    // One without an agent could be on any, so it counts.
    (seen) => (seen.agent_id ?? wanted) === wanted && !ended.has(seen.latest_status.state),
  );
  return inPassing(
    z
      .object({ get_operations: z.object({ operations: repeated(passing(pending)) }) })
      .transform(({ get_operations }) => get_operations.operations.filter((counts) => counts).length),
    { '$.get_operations.operations.*': pending },
  );
}
