import type { FaultKind } from '../faults.ts';
import { type Reply, textReply } from './reply.ts';
import { callTypeOf, type Request } from './request.ts';

/** A change of an agent that the master has begun to write into its registry. */
export type Transition = Extract<FaultKind, 'marking-gone' | 'removing' | 'marking-unreachable'>;

const INTO: Record<Transition, string> = {
  'marking-gone': 'already being transitioned to gone',
  removing: 'being transitioned to removed',
  'marking-unreachable': 'being transitioned to unreachable',
};

/** What a call about an agent in transition is refused with (mesos src/master/http.cpp, Master::Http::_markAgentGone
 * and _drainAgent); null: the call does not mind. */
export function inTransition(transition: Transition, request: Request): Reply | null {
  switch (callTypeOf(request.body)) {
    case 'MARK_AGENT_GONE': {
      const agent = /"agent_id"\s*:\s*\{\s*"value"\s*:\s*"([^"]*)"/.exec(request.body)?.[1];
      return textReply(503, `Agent '${agent}' is ${INTO[transition]}`);
    }
    case 'DRAIN_AGENT':
      return transition === 'marking-gone' ? textReply(409, 'Agent is currently being marked gone') : null;
    default:
      return null;
  }
}
