import { double, type Json, type JsonObject } from '../json/write.ts';
import type { Amounts } from '../spec.ts';
import type { Cluster, Host, Leader, RegisteredAgent } from '../state.ts';
import { allocationsOn, capabilitiesOf, domain, pidOf } from './agents.ts';
import { drainInfo, seconds } from './common.ts';
import {
  agentAmounts,
  allocated,
  reservedByRole,
  resources,
  sum,
  taskAmounts,
  unreserved,
} from './resources.ts';

const amounts = ({ cpus, mem, disk, gpus, ports }: Amounts): JsonObject => ({
  disk: double(disk ?? 0),
  mem: double(mem ?? 0),
  gpus: double(gpus ?? 0),
  cpus: double(cpus ?? 0),
  ports: ports === undefined ? undefined : `[${ports.map(([a, b]) => `${a}-${b}`).join(', ')}]`,
});

const attributes = (host: Host): JsonObject =>
  Object.fromEntries(
    Object.entries(host.spec.attributes ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? double(value) : value,
    ]),
  );

const reservedAmounts = (host: Host, role: string): Amounts => {
  const { reservations = [], volumes = [] } = host.spec;
  return sum([
    ...reservations.filter((each) => each.role === role),
    ...volumes.filter((each) => each.role === role).map(({ size }) => ({ disk: size })),
  ]);
};

const entry = (cluster: Cluster, leader: Leader, agent: RegisteredAgent): JsonObject => {
  const { host } = agent;
  const deactivated = leader.deactivated.has(agent.id);
  const drain = leader.draining.get(agent.id);
  const used = allocationsOn(leader, agent);
  const reserved = [...reservedByRole(host.spec)];
  return {
    id: agent.id,
    hostname: host.spec.hostname,
    port: host.port,
    attributes: attributes(host),
    domain: domain(host),
    pid: pidOf(host),
    registered_time: seconds(agent.registeredAt),
    reregistered_time: agent.reregisteredAt === null ? undefined : seconds(agent.reregisteredAt),
    resources: amounts(agentAmounts(host.spec)),
    used_resources: amounts(sum(used.map(({ spec }) => taskAmounts(spec)))),
    offered_resources: amounts({}),
    reserved_resources: Object.fromEntries(
      reserved.map(([role]): [string, Json] => [role, amounts(reservedAmounts(host, role))]),
    ),
    unreserved_resources: amounts(unreserved(host.spec)),
    active: agent.connected && !deactivated,
    deactivated,
    version: host.spec.version ?? cluster.version,
    capabilities: capabilitiesOf(host),
    drain_info: drain === undefined ? undefined : drainInfo(drain),
    estimated_drain_start_time_seconds:
      agent.drainStartedAt === null ? undefined : seconds(agent.drainStartedAt),
    reserved_resources_full: Object.fromEntries(reserved),
    unreserved_resources_full: resources(unreserved(host.spec), { role: '*' }),
    used_resources_full: allocated(used) ?? [],
    offered_resources_full: [],
  };
};

/** `/slaves` (v0), all or one by its exact id. Not held back by a missing recovery: a leader that has read nothing
 * yet answers two empty lists. */
export const slaves = (cluster: Cluster, leader: Leader, only: string | null): JsonObject => ({
  slaves: [...leader.agents.values()]
    .filter(({ id }) => only === null || id === only)
    .map((agent) => entry(cluster, leader, agent)),
  recovered_slaves: [...leader.recoveredAgents]
    .filter(([id]) => only === null || id === only)
    .map(([id, host]) => ({
      id,
      hostname: host.spec.hostname,
      port: host.port,
      attributes: attributes(host),
      domain: domain(host),
    })),
});
