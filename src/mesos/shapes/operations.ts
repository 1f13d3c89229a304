import { z } from 'zod';
import type { OperationFacts } from '../../domain/agent.ts';
import { type AgentId, agentId, frameworkId } from '../../domain/ids.ts';
import { repeated, text, wrapped } from './fields.ts';
import { inPassing, passing } from './in-passing.ts';

const operation = z.object({
  agent_id: wrapped(agentId).optional(),
  framework_id: wrapped(frameworkId).optional(),
  info: z.object({ type: text.optional(), id: z.object({ value: text }).optional() }).optional(),
  latest_status: z.object({
    state: z.string(),
    resource_provider_id: z.object({ value: text }).optional(),
  }),
  uuid: z.object({ value: text }).optional(),
});

/** Source: mesos src/common/protobuf_utils.cpp, isTerminalState of OperationState. */
const ended = new Set([
  'OPERATION_FINISHED',
  'OPERATION_FAILED',
  'OPERATION_ERROR',
  'OPERATION_DROPPED',
  'OPERATION_GONE_BY_OPERATOR',
]);

const pending = operation.transform((seen): { on: AgentId | undefined; facts: OperationFacts } | null =>
  ended.has(seen.latest_status.state)
    ? null
    : {
        on: seen.agent_id,
        facts: {
          type: seen.info?.type ?? 'UNKNOWN',
          id: seen.info?.id?.value ?? seen.uuid?.value ?? 'without an id',
          framework: seen.framework_id ?? null,
          resourceProvider: seen.latest_status.resource_provider_id?.value ?? null,
        },
      },
);

/** Made once, for whatever agent: zod compiles a shape when it is first used, which takes longer than the reading. */
const allPending = z.object({ get_operations: z.object({ operations: repeated(passing(pending)) }) });

/** GET_OPERATIONS of a master or an agent: those on one agent that have not ended, in whatever state that may be. */
export function pendingOperations(wanted: AgentId) {
  return inPassing(
    allPending.transform(({ get_operations: { operations } }) =>
      // One without an agent could be on any, so it counts.
      operations.flatMap((seen) => (seen !== null && (seen.on ?? wanted) === wanted ? [seen.facts] : [])),
    ),
    { '$.get_operations.operations.*': pending },
  );
}
