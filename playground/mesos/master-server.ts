import { type Caller, may } from './calls/context.ts';
import { answerMasterCall } from './calls/master-calls.ts';
import { MASTER_CALL, MASTER_CALLS } from './calls/schema.ts';
import { enterApi } from './http/api-door.ts';
import { authenticate } from './http/authenticate.ts';
import { EMPTY, type Reply, textReply } from './http/reply.ts';
import type { Request } from './http/request.ts';
import type { Site } from './http/server.ts';
import { IP } from './machines.ts';
import { status, windows } from './shapes/maintenance.ts';
import { versionInfo } from './shapes/master.ts';
import { registryShape } from './shapes/registry.ts';
import { slaves } from './shapes/slaves.ts';
import { tasks } from './shapes/v0-tasks.ts';
import type { Cluster, Leader, MasterProcess } from './state.ts';

const API = { name: 'master', call: MASTER_CALL, calls: MASTER_CALLS } as const;

const READ_WRITE = 'mesos-master-readwrite';
const READ_ONLY = 'mesos-master-readonly';

const UNREDIRECTED = ['/redirect', '/health', '/version', '/registrar(1)/registry'];
const V0_READS = ['/slaves', '/tasks', '/maintenance/schedule', '/maintenance/status'];

/** Where this master sends what only the leader answers; null: it leads itself. */
const elsewhere = (cluster: Cluster, master: MasterProcess, target: string): Reply | null => {
  if (master.believes === null) return textReply(503, 'No leader elected');
  if (master.believes === master.index) return null;
  const leader = cluster.masters[master.believes];
  return { kind: 'redirect', location: `//${IP}:${leader?.port}${target}` };
};

const redirect = (cluster: Cluster, master: MasterProcess): Reply =>
  elsewhere(cluster, master, '') ?? { kind: 'redirect', location: `//${IP}:${master.port}` };

const leading = (cluster: Cluster, master: MasterProcess): Leader | null =>
  cluster.leader?.index === master.index ? cluster.leader : null;

const api = (caller: Caller, request: Request): Reply => {
  if (!caller.leader.recovered) return textReply(503, 'Master has not finished recovery');
  const entered = enterApi(request, API);
  if (!entered.ok) return entered.reply;
  return answerMasterCall(caller, entered.type, entered.call, request.body);
};

const v0 = (caller: Caller, path: string, query: string): Reply => {
  const { cluster, leader } = caller;
  const parameters = new URLSearchParams(query);
  if (path === '/slaves') {
    return { kind: 'json', body: slaves(cluster, leader, parameters.get('slave_id')) };
  }
  if (path === '/maintenance/schedule') {
    return { kind: 'json', body: { windows: windows(cluster.registry.windows) } };
  }
  if (path === '/maintenance/status') return { kind: 'json', body: status(leader, cluster.registry) };
  const allowed = may(caller, 'view_frameworks') && may(caller, 'view_tasks');
  return { kind: 'json', body: tasks(leader, parameters, allowed) };
};

const unredirected = (cluster: Cluster, master: MasterProcess, path: string): Reply => {
  switch (path) {
    case '/redirect':
      return redirect(cluster, master);
    case '/health':
      return EMPTY;
    case '/version':
      return { kind: 'json', body: versionInfo(cluster), sorted: true };
    default: {
      const leader = leading(cluster, master);
      const body = leader?.recovered === true ? registryShape(cluster, leader) : {};
      return { kind: 'json', body, sorted: true };
    }
  }
};

/** Answers a request to a master: authentication, then who leads, then the call itself. */
const answer = (cluster: Cluster, master: MasterProcess, request: Request): Reply => {
  const path = request.path.replace(/^\/master(?=\/)/, '');
  const isApi = path === '/api/v1';
  if (!isApi && !UNREDIRECTED.includes(path) && !V0_READS.includes(path)) {
    return textReply(404, '404 Not Found.');
  }
  const open = path === '/redirect' || path === '/health' || path === '/version';
  const credentials = open ? [] : cluster.credentials;
  const known = authenticate(request, credentials, isApi ? READ_WRITE : READ_ONLY);
  if (!known.ok) return known.reply;
  if (UNREDIRECTED.includes(path)) return unredirected(cluster, master, path);
  const away = elsewhere(cluster, master, `/master${path}${request.query}`);
  if (away !== null) return away;
  const leader = leading(cluster, master);
  if (leader === null) return textReply(503, 'No leader elected');
  const caller = { cluster, leader, master, principal: known.principal };
  return isApi ? api(caller, request) : v0(caller, path, request.query);
};

/** The HTTP side of one master process. */
export const masterSite = (cluster: Cluster, master: MasterProcess): Site => ({
  up: () => master.running,
  answer: (request) => answer(cluster, master, request),
});
