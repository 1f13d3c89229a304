import { deactivateAgent, drainAgent, isKnown, reactivateAgent } from '../drain.ts';
import { EMPTY, FORBIDDEN, type Reply, textReply } from '../http/reply.ts';
import type { Proto } from '../json/to-proto.ts';
import { markGone } from '../leaving.ts';
import { machineOf, sameMachine } from '../machines.ts';
import { capabilitiesOf } from '../shapes/agents.ts';
import type { DrainConfig } from '../state.ts';
import { type Caller, may } from './context.ts';
import { agentIdOf } from './schema.ts';

const NS_PER_SECOND = 1_000_000_000n;

/** google.protobuf.Duration to ns as devolve.cpp does it, overflow and all; null: not given. An object without known
 * keys is a duration of zero. */
const graceNs = (body: Proto): bigint | null => {
  const duration = body['max_grace_period'] as { seconds?: bigint; nanos?: bigint } | undefined;
  if (duration === undefined) return null;
  return BigInt.asIntN(64, (duration.seconds ?? 0n) * NS_PER_SECOND + (duration.nanos ?? 0n));
};

/** What stands against a drain before the ACLs are asked; only registered agents are looked at. */
const hindrance = ({ cluster, leader }: Caller, id: string): Reply | null => {
  const agent = leader.agents.get(id);
  if (agent === undefined) return null;
  const own = machineOf(agent.host);
  if (cluster.registry.machines.some((machine) => sameMachine(machine.id, own))) {
    const machine = `${own.hostname} (${own.ip})`;
    return textReply(400, `Agent ${id} is part of a maintenance schedule under Machine ${machine}`);
  }
  return capabilitiesOf(agent.host).includes('AGENT_DRAINING')
    ? null
    : textReply(400, `Agent ${id} is not capable of draining`);
};

/** DRAIN_AGENT. Never refused because the agent already drains: the newest config replaces the old one. */
export function drainCall(caller: Caller, body: Proto): Reply {
  const { cluster, leader } = caller;
  const id = agentIdOf(body);
  const config: DrainConfig = { graceNs: graceNs(body), markGone: body['mark_gone'] === true };
  const refusal = hindrance(caller, id);
  if (refusal !== null) return refusal;
  if (!may(caller, 'drain_agents')) return FORBIDDEN;
  if (config.markGone && !may(caller, 'mark_agents_gone')) return FORBIDDEN;
  if (!isKnown(leader, id)) return textReply(400, 'Unknown agent');
  drainAgent(cluster, leader, id, config);
  return EMPTY;
}

/** DEACTIVATE_AGENT. May be repeated; leaves a drain as it is. */
export function deactivateCall(caller: Caller, body: Proto): Reply {
  if (!may(caller, 'deactivate_agents')) return FORBIDDEN;
  const id = agentIdOf(body);
  if (!isKnown(caller.leader, id)) return textReply(400, 'Unknown agent');
  deactivateAgent(caller.cluster, caller.leader, id);
  return EMPTY;
}

/** REACTIVATE_AGENT. Of an agent that is unreachable or recovered it answers 409, although it has taken effect. */
export function reactivateCall(caller: Caller, body: Proto): Reply {
  const { cluster, leader } = caller;
  if (!may(caller, 'reactivate_agents')) return FORBIDDEN;
  const id = agentIdOf(body);
  if (!leader.deactivated.has(id)) return textReply(400, 'Agent is not deactivated');
  if (leader.draining.get(id)?.state === 'DRAINING') {
    return textReply(400, 'Agent is still in the DRAINING state');
  }
  reactivateAgent(cluster, leader, id);
  return leader.agents.has(id) ? EMPTY : textReply(409, 'Agent removed while processing the call');
}

/** MARK_AGENT_GONE. The only one of the four that says 404, and that may be repeated on a gone agent. */
export function markGoneCall(caller: Caller, body: Proto): Reply {
  const { cluster, leader } = caller;
  if (!may(caller, 'mark_agents_gone')) return FORBIDDEN;
  const id = agentIdOf(body);
  if (leader.gone.has(id)) return EMPTY;
  if (!isKnown(leader, id)) return textReply(404, `Agent '${id}' not found`);
  markGone(cluster, leader, id);
  return EMPTY;
}
