import { randomUUID } from 'node:crypto';
import type { SimClock } from '../clock.ts';
import { agentSite } from './agent-server.ts';
import { createCluster, newAgentProcess } from './cluster.ts';
import { type Arrival, type SimulatedServer, type Site, startServer } from './http/server.ts';
import { IP } from './machines.ts';
import { masterSite } from './master-server.ts';
import { type ClusterModel, modelOf } from './model.ts';
import type { ClusterSpec } from './spec.ts';

/** A running cluster: its model, and sockets in front of it. */
export interface SimulatedCluster {
  readonly model: ClusterModel;
  /** http://127.0.0.1:PORT of every master, standbys too. */
  readonly masterUrls: string[];
  /** From now on `witness` is told of each request to a master or an agent, before it is answered; what it returns
   * is called after. */
  watch(witness: ClusterWitness): void;
  stop(): Promise<void>;
  /** Resolves when no request is being answered. */
  idle(): Promise<void>;
}

export type ClusterWitness = (
  server: { kind: 'master' | 'agent'; index: number },
  arrival: Arrival,
) => (() => void) | undefined;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Starts every master and agent of a spec, each on a free port of 127.0.0.1. */
export async function startCluster(options: {
  clock: SimClock;
  spec: ClusterSpec;
  newId?: () => string;
}): Promise<SimulatedCluster> {
  const { clock, spec, newId = randomUUID } = options;
  const sites = { master: [] as Site[], agent: [] as Site[] };
  let witness: ClusterWitness | null = null;
  const serve = (kind: 'master' | 'agent', index: number): Promise<SimulatedServer> => {
    const site = (): Site => {
      const found = sites[kind][index];
      if (found === undefined) throw new Error(`${kind} ${index} is not up yet`);
      return found;
    };
    return startServer(site, (arrival) => witness?.({ kind, index }, arrival));
  };
  const servers = (kind: 'master' | 'agent', count: number): Promise<SimulatedServer[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => serve(kind, index)));
  const masters = await servers('master', spec.masters ?? 1);
  const agents = await servers('agent', spec.agents.length);
  const ports = { masters: masters.map(({ port }) => port), agents: agents.map(({ port }) => port) };
  const cluster = createCluster(spec, ports, { clock, newId });
  sites.master = cluster.masters.map((master) => masterSite(cluster, master));
  sites.agent = cluster.processes.map((process) => agentSite(cluster, process));
  const model = modelOf(cluster, {
    masterFaults: (index) => masters[index]?.faults,
    agentFaults: (index) => agents[index]?.faults,
    raise: async (agent) => {
      const server = await serve('agent', agents.length);
      const process = newAgentProcess(agent, server.port);
      agents.push(server);
      cluster.processes.push(process);
      sites.agent.push(agentSite(cluster, process));
      return process;
    },
  });
  const all = () => [...masters, ...agents];
  return {
    model,
    masterUrls: ports.masters.map((port) => `http://${IP}:${port}`),
    watch: (told) => {
      witness = told;
    },
    stop: async () => {
      await Promise.all(all().map((server) => server.stop()));
    },
    idle: async () => {
      do await nextTurn();
      while (all().some((server) => server.busy() > 0));
    },
  };
}
