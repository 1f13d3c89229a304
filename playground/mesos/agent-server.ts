import { AGENT_READS } from './calls/agent-calls.ts';
import { AGENT_CALL, AGENT_CALLS } from './calls/schema.ts';
import { enterApi } from './http/api-door.ts';
import { authenticate } from './http/authenticate.ts';
import { EMPTY, type Reply, textReply } from './http/reply.ts';
import type { Request } from './http/request.ts';
import type { Site } from './http/server.ts';
import type { AgentProcess, Cluster } from './state.ts';

const API = { name: 'agent', call: AGENT_CALL, calls: AGENT_CALLS } as const;

const answer = (cluster: Cluster, process: AgentProcess, request: Request): Reply => {
  const path = request.path.replace(/^\/slave\(1\)(?=\/)/, '');
  if (path === '/health') return EMPTY;
  if (path !== '/api/v1') return textReply(404, '404 Not Found.');
  const caller = authenticate(request, cluster.agentCredentials, 'mesos-agent-readwrite');
  if (!caller.ok) return caller.reply;
  const entered = enterApi(request, API);
  if (!entered.ok) return entered.reply;
  const { type } = entered;
  return { kind: 'json', body: { type, [type.toLowerCase()]: AGENT_READS[type]?.(cluster, process) } };
};

/** The HTTP side of one agent process. */
export const agentSite = (cluster: Cluster, process: AgentProcess): Site => ({
  up: () => process.running,
  answer: (request) => answer(cluster, process, request),
});
