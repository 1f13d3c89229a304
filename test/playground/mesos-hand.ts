import { manualClock } from '../../playground/clock.ts';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { startCluster } from '../../playground/mesos/start.ts';

/** One agent of GET_AGENTS, as far as tests look at it. */
export interface Entry {
  agent_info: { hostname: string; id: { value: string } };
  active: boolean;
  deactivated: boolean;
  drain_info?: { state: string; config: { max_grace_period?: { nanoseconds: number }; mark_gone: boolean } };
  estimated_drain_start_time?: { nanoseconds: number };
}

/** What `/registrar(1)/registry` has on agents out of sight. */
export interface Registry {
  unreachable?: { slaves: (Pick<Entry, 'drain_info' | 'deactivated'> & { id: { value: string } })[] };
  gone?: { slaves: { id: { value: string } }[] };
}

/** A task of GET_TASKS. */
export interface TaskEntry {
  name: string;
  state: string;
  status_update_state: string;
}

/** A cluster on a manual clock, and calls to it over HTTP. */
export async function startHand(spec: ClusterSpec) {
  const clock = manualClock();
  const cluster = await startCluster({ clock, spec });
  const { model, masterUrls } = cluster;
  const send = (type: string, body?: object, master = 0): Promise<Response> =>
    fetch(`${masterUrls[master]}/api/v1`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type, ...(body === undefined ? {} : { [type.toLowerCase()]: body }) }),
      redirect: 'manual',
    });
  const read = async <T>(type: string, master = 0): Promise<T> => {
    const response = await send(type, undefined, master);
    return ((await response.json()) as Record<string, T>)[type.toLowerCase()] as T;
  };
  const of = (hostname: string) => ({ agent_id: { value: model.agentId(hostname) } });
  const entriesOf = async (hostname: string, master = 0): Promise<Entry[]> => {
    const { agents } = await read<{ agents: Entry[] }>('GET_AGENTS', master);
    return agents.filter(({ agent_info }) => agent_info.hostname === hostname);
  };
  const entry = async (hostname: string, master = 0): Promise<Entry | undefined> =>
    (await entriesOf(hostname, master))[0];
  return {
    clock,
    cluster,
    model,
    masterUrls,
    send,
    read,
    entriesOf,
    entry,
    registry: async (master = 0): Promise<Registry> => {
      const answer = await fetch(`${masterUrls[master]}/registrar(1)/registry`);
      return (await answer.json()) as Registry;
    },
    drain: (hostname: string, more: object = {}, master = 0) =>
      send('DRAIN_AGENT', { ...of(hostname), ...more }, master),
    about: (type: string, hostname: string, master = 0) => send(type, of(hostname), master),
    state: async (hostname: string, master = 0): Promise<string> => {
      const found = await entry(hostname, master);
      return found === undefined ? 'absent' : (found.drain_info?.state ?? 'none');
    },
    ofAgent: async <T>(hostname: string, type: string): Promise<T> => {
      const response = await fetch(`${model.agentUrl(hostname)}/api/v1`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ type }),
      });
      return ((await response.json()) as Record<string, T>)[type.toLowerCase()] as T;
    },
    /** Lets time pass until an agent's drain state is as wanted; how many ms that took, at most a minute. */
    until: async (hostname: string, wanted: string): Promise<number> => {
      const start = clock.now();
      const reached = () => {
        const { leader } = model.cluster;
        const id = model.agentId(hostname);
        const now = leader?.agents.has(id) ? (leader.draining.get(id)?.state ?? 'none') : 'absent';
        return now === wanted;
      };
      while (!reached() && clock.now() - start < 60_000) clock.advance(10);
      return clock.now() - start;
    },
  };
}

export type Hand = Awaited<ReturnType<typeof startHand>>;
