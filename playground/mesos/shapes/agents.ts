import { double, type JsonObject } from '../json/write.ts';
import { IP } from '../machines.ts';
import {
  type AgentProcess,
  type Cluster,
  type Host,
  isTerminal,
  type Leader,
  type RegisteredAgent,
  type Task,
} from '../state.ts';
import { drainConfig, drainInfo, id, timeInfo, wholeSeconds } from './common.ts';
import { agentAmounts, allocated, resources, totalResources } from './resources.ts';

const DEFAULT_CAPABILITIES = [
  'MULTI_ROLE',
  'HIERARCHICAL_ROLE',
  'RESERVATION_REFINEMENT',
  'RESOURCE_PROVIDER',
  'RESIZE_VOLUME',
  'AGENT_OPERATION_FEEDBACK',
  'AGENT_DRAINING',
  'TASK_RESOURCE_LIMITS',
];

/** What an agent can do. */
export const capabilitiesOf = (host: Host): readonly string[] =>
  host.spec.capabilities ?? DEFAULT_CAPABILITIES;

const attributes = (host: Host): JsonObject[] | undefined => {
  const all = Object.entries(host.spec.attributes ?? {}).map(([name, value]) =>
    typeof value === 'string'
      ? { name, type: 'TEXT', text: { value } }
      : { name, type: 'SCALAR', scalar: { value: double(value) } },
  );
  return all.length === 0 ? undefined : all;
};

/** `domain`, or undefined when the agent has none. */
export const domain = ({ spec }: Host): JsonObject | undefined =>
  spec.domain === undefined
    ? undefined
    : { fault_domain: { region: { name: spec.domain.region }, zone: { name: spec.domain.zone } } };

/** AgentInfo; the master adds `checkpoint`, the agent itself does not (recording agent_GET_AGENT); the registry has
 * resources in the old form, with `role`. */
export const agentInfo = (host: Host, agentId: string, by: 'master' | 'agent' | 'registry'): JsonObject => ({
  hostname: host.spec.hostname,
  port: host.port,
  resources: resources(agentAmounts(host.spec), by === 'registry' ? { role: '*' } : {}),
  attributes: attributes(host),
  id: id(agentId),
  domain: domain(host),
  checkpoint: by === 'agent' ? undefined : true,
});

/** The address of an agent as libprocess writes it. */
export const pidOf = (host: Host): string => `slave(1)@${IP}:${host.port}`;

const running = (agent: RegisteredAgent): Task[] =>
  [...agent.tasks.values()].filter(({ state }) => !isTerminal(state));

/** What a task was allocated, and to which role. */
export const allocationOf = (leader: Leader, task: Task) => ({
  spec: task.spec,
  role: leader.frameworks.get(task.frameworkId)?.spec.role ?? '*',
});

/** Tasks that still hold resources: terminal ones have given theirs back, acknowledged or not. */
export const allocationsOn = (leader: Leader, agent: RegisteredAgent) =>
  running(agent).map((task) => allocationOf(leader, task));

/** One entry of GET_AGENTS (mesos src/common/protobuf_utils.cpp, createAgentResponse). */
const agentEntry = (cluster: Cluster, leader: Leader, agent: RegisteredAgent): JsonObject => {
  const { id: agentId, host } = agent;
  const drain = leader.draining.get(agentId);
  const deactivated = leader.deactivated.has(agentId);
  return {
    agent_info: agentInfo(host, agentId, 'master'),
    active: agent.connected && !deactivated,
    deactivated,
    version: host.spec.version ?? cluster.version,
    pid: pidOf(host),
    registered_time: timeInfo(agent.registeredAt),
    reregistered_time: agent.reregisteredAt === null ? undefined : timeInfo(agent.reregisteredAt),
    total_resources: totalResources(host.spec),
    allocated_resources: allocated(allocationsOn(leader, agent)),
    capabilities: capabilitiesOf(host).map((type) => ({ type })),
    drain_info: drain === undefined ? undefined : drainInfo(drain),
    estimated_drain_start_time:
      agent.drainStartedAt === null ? undefined : wholeSeconds(agent.drainStartedAt),
  };
};

/** `get_agents`. */
export const getAgents = (cluster: Cluster, leader: Leader): JsonObject => ({
  agents: [...leader.agents.values()].map((agent) => agentEntry(cluster, leader, agent)),
  recovered_agents: [...leader.recoveredAgents].map(([agentId, host]) => agentInfo(host, agentId, 'master')),
});

/** `get_agent` of the agent's own API; `drain_config` is there exactly as long as the agent itself still drains. */
export const getAgent = ({ host, id: agentId, drain }: AgentProcess): JsonObject => ({
  agent_info: agentInfo(host, agentId ?? '', 'agent'),
  drain_config: drain === null ? undefined : drainConfig(drain.config),
  estimated_drain_start_time: drain === null ? undefined : wholeSeconds(drain.startedAt),
});
