import type { Reply } from '../http/reply.ts';
import type { Proto } from '../json/to-proto.ts';
import type { Caller } from './context.ts';
import { deactivateCall, drainCall, markGoneCall, reactivateCall } from './drain-calls.ts';
import { startMaintenanceCall, stopMaintenanceCall, updateScheduleCall } from './maintenance-calls.ts';
import { READS } from './reads.ts';
import { agentIdOf, MASTER_CALLS } from './schema.ts';

const MUTATIONS: Readonly<Record<string, (caller: Caller, body: Proto) => Reply>> = {
  DRAIN_AGENT: drainCall,
  DEACTIVATE_AGENT: deactivateCall,
  REACTIVATE_AGENT: reactivateCall,
  MARK_AGENT_GONE: markGoneCall,
  UPDATE_MAINTENANCE_SCHEDULE: updateScheduleCall,
  START_MAINTENANCE: startMaintenanceCall,
  STOP_MAINTENANCE: stopMaintenanceCall,
};

/** A reactivation that answers 409 has taken effect all the same (mesos-api 1.3). */
const tookEffect = (reply: Reply): boolean =>
  reply.kind === 'empty' || (reply.kind === 'text' && reply.status === 409);

/** Carries out a call that came through the door; `sent` is its body as the client wrote it, for the log. */
export function answerMasterCall(caller: Caller, type: string, call: Proto, sent: string): Reply {
  const read = READS[type];
  if (read !== undefined) return { kind: 'json', body: { type, [type.toLowerCase()]: read(caller) } };
  const field = MASTER_CALLS[type] ?? '';
  const mutate = MUTATIONS[type];
  if (mutate === undefined) throw new Error(`no handler for ${type}`);
  const body = call[field] as Proto;
  const seen = 'agent_id' in body ? caller.cluster.witnesses.map((see) => see(type, agentIdOf(body))) : [];
  const reply = mutate(caller, body);
  if (tookEffect(reply)) {
    for (const tell of seen) tell?.();
    caller.cluster.applied.push({
      master: caller.master.index,
      type,
      body: (JSON.parse(sent) as Record<string, unknown>)[field],
      principal: caller.principal,
      at: caller.cluster.clock.now(),
    });
  }
  return reply;
}
