import { double, type JsonObject } from '../json/write.ts';
import type { Operation } from '../state.ts';
import { id, uuidBytes } from './common.ts';

const RESERVED = [
  {
    name: 'cpus',
    type: 'SCALAR',
    scalar: { value: double(1) },
    reservations: [{ type: 'DYNAMIC', role: 'ops', principal: 'op' }],
  },
];

const DISK = {
  name: 'disk',
  type: 'SCALAR',
  scalar: { value: double(1024) },
  reservations: [{ type: 'DYNAMIC', role: 'ops', principal: 'op' }],
};

const info = ({ kind }: Operation): JsonObject =>
  kind === 'RESERVE'
    ? { type: 'RESERVE', reserve: { resources: RESERVED } }
    : { type: 'CREATE_DISK', create_disk: { source: DISK, target_type: 'MOUNT' } };

const entry = (operation: Operation): JsonObject => {
  const status = {
    state: operation.state,
    uuid: operation.statusUuid === null ? undefined : id(uuidBytes(operation.statusUuid)),
    agent_id: id(operation.agentId),
    resource_provider_id: operation.resourceProvider ? id('lvm-1') : undefined,
  };
  return {
    framework_id: operation.frameworkId === null ? undefined : id(operation.frameworkId),
    agent_id: id(operation.agentId),
    info: info(operation),
    latest_status: status,
    statuses: operation.statusUuid === null ? undefined : [status],
    uuid: id(uuidBytes(operation.uuid)),
  };
};

/** `get_operations`, the same from master and agent; without any, the list's key is left out. */
export const getOperations = (operations: readonly Operation[]): JsonObject => ({
  operations: operations.length === 0 ? undefined : operations.map(entry),
});
