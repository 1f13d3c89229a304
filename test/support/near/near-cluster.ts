import type { ManualClock } from '../../../playground/clock.ts';
import { agentSite } from '../../../playground/mesos/agent-server.ts';
import { createCluster, newAgentProcess } from '../../../playground/mesos/cluster.ts';
import { type FaultKind, Faults } from '../../../playground/mesos/faults.ts';
import type { Reply } from '../../../playground/mesos/http/reply.ts';
import { callTypeOf, type Request } from '../../../playground/mesos/http/request.ts';
import type { Arrival, Site } from '../../../playground/mesos/http/server.ts';
import { Double, type Json, type JsonObject } from '../../../playground/mesos/json/write.ts';
import { masterSite } from '../../../playground/mesos/master-server.ts';
import { type ClusterModel, modelOf } from '../../../playground/mesos/model.ts';
import type { ClusterSpec } from '../../../playground/mesos/spec.ts';
import type { ClusterWitness } from '../../../playground/mesos/start.ts';
import type { AppliedCall } from '../../../playground/mesos/state.ts';
import { exactNumber } from '../../../src/mesos/shapes/exact.ts';
import type { HttpResult } from '../../../src/mesos/wire.ts';

/** What becomes of one request; `never`: no answer comes, so the deadline does. A document is not written down as text:
 * it is what reading its text would give, with whole numbers `exact` or as doubles. */
export type Delivered = (HttpResult & { document?: (exact: boolean) => unknown }) | 'never';

/** The simulated cluster without sockets: requests are handed to its processes, and are answered at once. */
export interface NearCluster {
  model: ClusterModel;
  masterUrls: string[];
  /** Hands a request to whoever has this address. */
  deliver(url: URL, request: Pick<Request, 'method' | 'body'>): Delivered;
  /** The next so many calls that change something arrive only after so long, when nobody waits any more. */
  delayCalls(ms: number, times: number): void;
  watch(witness: ClusterWitness): void;
  /** Somebody else's call to the leader, past all faults and witnesses. */
  byOthers(body: string): void;
  /** What the next request changes is added to this, also when it arrives late. */
  sending(applied: AppliedCall[]): void;
}

const masterPort = 5_050;
const agentPort = 6_050;
const headers = { 'content-type': 'application/json', accept: 'application/json' };
const reads = /^GET_|^$/;

export function nearCluster(spec: ClusterSpec, clock: ManualClock): NearCluster {
  let ids = 0;
  const newId = () => `1c5e7a9d-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  const ports = (count: number, first: number) => Array.from({ length: count }, (_, i) => first + i);
  const at = { masters: ports(spec.masters ?? 1, masterPort), agents: ports(spec.agents.length, agentPort) };
  const cluster = createCluster(spec, at, { clock, newId });
  const masters = cluster.masters.map((master) => door(masterSite(cluster, master)));
  const agents = cluster.processes.map((process) => door(agentSite(cluster, process)));
  const model = modelOf(cluster, {
    masterFaults: (index) => masters[index]?.faults,
    agentFaults: (index) => agents[index]?.faults,
    raise: async (agent) => {
      const process = newAgentProcess(agent, agentPort + agents.length);
      cluster.processes.push(process);
      agents.push(door(agentSite(cluster, process)));
      return process;
    },
  });
  let witness: ClusterWitness = () => undefined;
  const late = { ms: 0, times: 0 };
  let sender: AppliedCall[] = [];

  function deliver(url: URL, asked: Pick<Request, 'method' | 'body'>): Delivered {
    const port = Number(url.port);
    const kind = port < agentPort ? 'master' : 'agent';
    const index = port - (kind === 'master' ? masterPort : agentPort);
    const to = (kind === 'master' ? masters : agents)[index];
    if (to === undefined) return { kind: 'not-connected', why: 'nobody has this address' };
    const request: Request = { ...asked, path: url.pathname, query: url.search, headers };
    const arrival: Arrival = { request, reply: null, fault: null };
    const by = sender;
    sender = [];
    const end = witness({ kind, index }, arrival);
    const delivered = arrive({ ...to, site: tagging(to.site, by) }, arrival);
    end?.();
    return delivered;
  }

  function tagging(site: Site, by: AppliedCall[]): Site {
    return {
      up: site.up,
      answer: (request) => {
        const before = cluster.applied.length;
        const reply = site.answer(request);
        by.push(...cluster.applied.slice(before));
        return reply;
      },
    };
  }

  function arrive({ site, faults }: Door, arrival: Arrival): Delivered {
    const { request } = arrival;
    const call = callTypeOf(request.body);
    if (!site.up()) {
      arrival.fault = 'down';
      return { kind: 'not-connected', why: 'connection refused' };
    }
    if (late.times > 0 && !reads.test(call ?? '')) {
      late.times -= 1;
      arrival.fault = 'hang';
      clock.after(late.ms, () => {
        if (site.up()) arrival.reply = site.answer(request);
      });
      return 'never';
    }
    arrival.fault = faults.take({ call, path: request.path });
    if (arrival.fault !== null) return misbehave(arrival.fault, arrival, site);
    arrival.reply = site.answer(request);
    return heard(arrival.reply);
  }

  return {
    model,
    masterUrls: at.masters.map((port) => `http://127.0.0.1:${port}`),
    deliver,
    delayCalls: (ms, times) => void Object.assign(late, { ms, times }),
    byOthers: (body) => {
      const leader = masters[cluster.leader?.index ?? 0];
      if (leader?.site.up())
        leader.site.answer({ method: 'POST', path: '/api/v1', query: '', headers, body });
    },
    sending: (applied) => {
      sender = applied;
    },
    watch: (told) => {
      witness = told;
    },
  };
}

interface Door {
  site: Site;
  faults: Faults;
}

function door(site: Site): Door {
  return { site, faults: new Faults() };
}

const broken: HttpResult = {
  kind: 'broken',
  status: null,
  timedOut: false,
  why: 'the connection broke before a whole answer',
};

/** As playground/mesos/http/server.ts does it on a socket. */
function misbehave(fault: FaultKind, arrival: Arrival, site: Site): Delivered {
  switch (fault) {
    case 'refuse':
      return broken;
    case 'drop-after-apply':
      arrival.reply = site.answer(arrival.request);
      return broken;
    case 'hang':
      return 'never';
    case 'garbage':
      return answered(200, '{"type":"GET_AGENTS","get_agents":{"age');
    case 'html-502':
      return answered(502, '<html><h1>502 Bad Gateway</h1></html>');
    case '503':
      return answered(503, 'Service is overloaded');
    case '500':
      return answered(500, 'Failed to discard future');
    case 'marking-gone':
    case 'removing':
    case 'marking-unreachable':
      throw new Error(`${fault} is not played without sockets`);
  }
}

function heard(reply: Reply): Exclude<Delivered, 'never'> {
  switch (reply.kind) {
    case 'json':
      return { ...answered(200, '(document)'), document: (exact) => plain(reply.body, exact) };
    case 'empty':
      return answered(200, '');
    case 'redirect':
      return { kind: 'answered', status: 307, location: reply.location, body: '' };
    case 'text':
      return answered(reply.status, reply.text);
  }
}

function answered(status: number, body: string): HttpResult {
  return { kind: 'answered', status, location: null, body };
}

function plain(value: Json, exact: boolean): unknown {
  if (value instanceof Double) return value.value;
  if (typeof value === 'bigint') return exact ? exactNumber(String(value)) : Number(value);
  if (Array.isArray(value)) return value.map((item: Json) => plain(item, exact));
  if (value === null || typeof value !== 'object') return value;
  const object: Record<string, unknown> = {};
  // Half of all that is read passes here: entries would be made only to be thrown away.
  for (const key in value) {
    const member = (value as JsonObject)[key];
    if (member !== undefined) object[key] = plain(member, exact);
  }
  return object;
}
