import { manualClock } from '../../playground/clock.ts';
import type { ClusterSpec, TaskSpec } from '../../playground/mesos/spec.ts';
import { type SimulatedCluster, startCluster } from '../../playground/mesos/start.ts';
import { exchange } from './exchange.ts';
import { agentIdsIn, type Comparable, type Names, normalise } from './normalise.ts';
import { readRecording } from './recording.ts';

/** What happens between two requests. */
export interface Hand {
  readonly cluster: SimulatedCluster;
  advance(ms: number): void;
  /** Sends a v1 call to a master (default: the first). */
  call(body: object, master?: number): Promise<void>;
}

/** The name of a recording to replay, or something to do. */
export type Step = string | ((hand: Hand) => void | Promise<void>);

/** A cluster in the state of some recordings, and their order. */
export interface Situation {
  readonly name: string;
  readonly spec: ClusterSpec;
  /** Ports of the recordings by role: `master 0`, or an agent's hostname. */
  readonly ports: Readonly<Record<number, string>>;
  /** Agent ids that no answer names. */
  readonly agents?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const RACKS = { agent1: ['r1', 'z0'], agent2: ['r2', 'z1'], agent3: ['r3', 'z0'], agent4: ['r4', 'z1'] };

/** The agents of all recordings. */
export const agents = (...names: (keyof typeof RACKS)[]): ClusterSpec['agents'] =>
  names.map((name) => {
    const [rack = '', zone = ''] = RACKS[name];
    return { hostname: `${name}.example`, attributes: { rack, zone } };
  });

/** Ports of the clusters with one master. */
export const PORTS: Situation['ports'] = {
  5050: 'master 0',
  5051: 'agent1.example',
  5052: 'agent2.example',
  5053: 'agent3.example',
  5054: 'agent4.example',
};

/** The framework of the recordings: mesos-execute, gone with its connection. */
export const EXECUTE = { name: 'mesos-execute instance', checkpoint: false } as const;

/** The task of the recordings: it ignores SIGTERM. */
export const stubborn = (name: string, agent: string, more: Partial<TaskSpec> = {}): TaskSpec => ({
  name,
  framework: EXECUTE.name,
  agent,
  killPolicySeconds: 120,
  command: "sh -c 'trap '' TERM...'",
  ...more,
});

/** A situation that is up. */
export interface Stage {
  replay(name: string): Promise<{ recorded: Comparable; simulated: Comparable }>;
  run(step: Exclude<Step, string>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a situation's cluster. */
export async function stageOf(situation: Situation): Promise<Stage> {
  const clock = manualClock();
  const cluster = await startCluster({ clock, spec: situation.spec });
  const { model, masterUrls } = cluster;
  const roles = new Map<string, number>([
    ...masterUrls.map((url, i): [string, number] => [`master ${i}`, Number(new URL(url).port)]),
    ...situation.spec.agents.map(({ hostname }): [string, number] => [
      hostname,
      Number(new URL(model.agentUrl(hostname)).port),
    ]),
  ]);
  const recordedAgents = new Map(Object.entries(situation.agents ?? {}));
  for (const step of situation.steps) {
    if (typeof step !== 'string') continue;
    for (const [id, hostname] of agentIdsIn(readRecording(step).answer)) recordedAgents.set(id, hostname);
  }
  const ourAgents = new Map<string, string>();
  const remember = () => {
    for (const { id, host } of model.cluster.processes)
      if (id !== null) ourAgents.set(id, host.spec.hostname);
  };
  const recordedNames: Names = {
    agents: recordedAgents,
    ports: new Map(Object.entries(situation.ports).map(([port, role]) => [Number(port), role])),
  };
  const ours = (): Names => ({
    agents: ourAgents,
    ports: new Map([...roles].map(([role, port]) => [port, role])),
  });
  const translate = (request: string): string => {
    const [head = '', body] = request.split('\r\n\r\n', 2);
    let [newHead, newBody] = [head, body];
    for (const [id, hostname] of recordedAgents) {
      const now = [...ourAgents].find(([, name]) => name === hostname)?.[0] ?? id;
      newHead = newHead.replaceAll(id, now);
      newBody = newBody?.replaceAll(id, now);
    }
    newHead = newHead.replace(/Content-Length: \d+/, `Content-Length: ${newBody?.length ?? 0}`);
    return newBody === undefined
      ? newHead
      : `${newHead}\r\n\r\n${newBody}${request.slice(head.length + 4 + (body?.length ?? 0))}`;
  };
  remember();
  return {
    replay: async (name) => {
      const recording = readRecording(name);
      const port = roles.get(situation.ports[recording.port] ?? '');
      if (port === undefined) throw new Error(`${name}: nothing stands for port ${recording.port}`);
      const answer = await exchange(port, translate(recording.request));
      remember();
      // libprocess writes a body even to HEAD; Node's server never does.
      const lacksBody = recording.request.startsWith('HEAD ') ? { body: '' } : {};
      return {
        recorded: { ...normalise(recording.answer, recordedNames), ...lacksBody },
        simulated: { ...normalise(answer, ours()), ...lacksBody },
      };
    },
    run: async (step) => {
      await step({
        cluster,
        advance: (ms) => clock.advance(ms),
        call: async (body, master = 0) => {
          const headers = { 'Content-Type': 'application/json' };
          const response = await fetch(`${masterUrls[master]}/api/v1`, {
            method: 'POST',
            headers,
            body: JSON.stringify(body),
          });
          if (!response.ok) throw new Error(await response.text());
        },
      });
      remember();
    },
    stop: () => cluster.stop(),
  };
}
