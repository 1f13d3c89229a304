import { type Arrived, type Reply, type ScriptedServer, scriptedServer } from './scripted-server.ts';

/** Replies by call type or path; a function is asked anew each time. */
export type Replies = Record<string, Reply | ((request: Arrived) => Reply)>;

/** A leading, recovered master with no agents, except for `replies`. */
export async function scriptedMaster(replies: Replies = {}): Promise<ScriptedServer> {
  return await scriptedServer(master(replies));
}

/** The script of {@link scriptedMaster}. */
export function master(replies: Replies) {
  return (request: Arrived): Reply => {
    const reply = { ...leading(), ...replies }[request.what];
    if (reply === undefined) return { status: 404, body: '404 Not Found.' };
    return typeof reply === 'function' ? reply(request) : reply;
  };
}

/** 200 with JSON. */
export function json(document: unknown): Reply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(document) };
}

/** An error, as Mesos words it: plain text. */
export function words(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/** A standby: everything redirects to the leader, except the registry (recording registry_03_non_leader). */
export function standby(leader: string): Replies {
  const away = (request: Arrived): Reply => ({
    status: 307,
    headers: { location: `//${leader}/master${request.url}` },
  });
  return Object.fromEntries(
    [...Object.keys(leading()), 'DRAIN_AGENT'].map((what) => [
      what,
      what === '/registrar(1)/registry' ? json({}) : away,
    ]),
  );
}

/** GET_MASTER (recording master_GET_MASTER). */
export function getMaster(id: string): Reply {
  return json({
    type: 'GET_MASTER',
    get_master: {
      master_info: {
        id,
        ip: 16777343,
        port: 5050,
        pid: 'master@127.0.0.1:5050',
        hostname: '127.0.0.1',
        version: '1.12.0',
        address: { hostname: '127.0.0.1', ip: '127.0.0.1', port: 5050 },
        capabilities: [{ type: 'AGENT_UPDATE' }, { type: 'AGENT_DRAINING' }, { type: 'QUOTA_V2' }],
      },
      start_time: 1795385297.111397,
      elected_time: 1795385297.114947,
    },
  });
}

/** The registry of a leader, with these sections. */
export function registry(id: string, sections: object = {}): Reply {
  return json({ master: { info: { id, hostname: '127.0.0.1' } }, ...sections });
}

function leading(): Replies {
  return {
    GET_MASTER: getMaster('m1'),
    GET_AGENTS: json({ type: 'GET_AGENTS', get_agents: { agents: [], recovered_agents: [] } }),
    GET_TASKS: json({
      type: 'GET_TASKS',
      get_tasks: { tasks: [], unreachable_tasks: [], completed_tasks: [] },
    }),
    GET_FRAMEWORKS: json({
      type: 'GET_FRAMEWORKS',
      get_frameworks: { frameworks: [], completed_frameworks: [] },
    }),
    GET_OPERATIONS: json({ type: 'GET_OPERATIONS', get_operations: {} }),
    GET_MAINTENANCE_SCHEDULE: json({
      type: 'GET_MAINTENANCE_SCHEDULE',
      get_maintenance_schedule: { schedule: {} },
    }),
    '/slaves': json({ slaves: [], recovered_slaves: [] }),
    '/registrar(1)/registry': registry('m1'),
    DRAIN_AGENT: { status: 200 },
  };
}
