import type { AgentSpec, ClusterSpec, FrameworkSpec, TaskSpec } from '../mesos/spec.ts';

/** Two racks of three agents, two masters, and three frameworks of the usual kinds. */
export const agents: AgentSpec[] = ['r1', 'r2'].flatMap((rack, r) =>
  [1, 2, 3].map((n) => ({
    hostname: `agent${r * 3 + n}.example`,
    attributes: { rack, zone: `z${n % 2}` },
    resources: { cpus: 16, mem: 65_536, disk: 262_144, ports: [[31_000, 32_000]] as const },
  })),
);

export const frameworks: FrameworkSpec[] = [
  { name: 'marathon', failoverTimeoutSeconds: 604_800, webuiUrl: 'http://marathon.example:8080' },
  { name: 'chronos', failoverTimeoutSeconds: 86_400 },
  { name: 'cassandra', failoverTimeoutSeconds: 604_800, webuiUrl: 'http://cassandra.example' },
];

const size = { cpus: 1, mem: 2_048 };

/** A task that obeys SIGTERM after so many milliseconds. */
export function task(
  name: string,
  framework: string,
  agent: string,
  exitsAfterSigtermMs: number,
  killPolicySeconds?: number,
): TaskSpec {
  return {
    name,
    framework,
    agent: `${agent}.example`,
    resources: size,
    exitsAfterSigtermMs,
    ...(killPolicySeconds === undefined ? {} : { killPolicySeconds }),
  };
}

/** The work on agent3, gone over about `lastMs`; some on its neighbours that nobody touches. */
export function smallCluster(lastMs: number): ClusterSpec {
  const at = (share: number) => Math.round(lastMs * share);
  /** Marathon names the instances of an app alike. */
  const app = (...[name, ...rest]: Parameters<typeof task>): TaskSpec => ({
    ...task(name, ...rest),
    shownAs: name.replace(/\.\d+$/, ''),
  });
  return {
    masters: 2,
    agents,
    frameworks,
    tasks: [
      app('web.1', 'marathon', 'agent3', at(0.15), 30),
      app('web.2', 'marathon', 'agent3', at(0.3), 30),
      app('api.1', 'marathon', 'agent3', at(0.45), 60),
      app('api.2', 'marathon', 'agent3', at(0.5), 60),
      app('api.3', 'marathon', 'agent3', at(0.65), 60),
      app('worker.7', 'marathon', 'agent3', at(0.75), 120),
      task('billing-cron', 'chronos', 'agent3', at(0.85), 120),
      task('node-2', 'cassandra', 'agent3', at(1), 900),
      app('web.3', 'marathon', 'agent1', 2_000, 30),
      app('web.4', 'marathon', 'agent2', 2_000, 30),
      task('node-0', 'cassandra', 'agent4', 5_000, 900),
      task('node-1', 'cassandra', 'agent5', 5_000, 900),
    ],
  };
}

/** Two agents in two racks and two masters; agent3 runs two tasks of marathon, gone 4 and 9 s after SIGTERM, or these. */
export function twoAgents(
  tasks: readonly TaskSpec[] = [
    task('web.1', 'marathon', 'agent3', 4_000, 30),
    task('web.2', 'marathon', 'agent3', 9_000, 30),
  ],
  over: Partial<ClusterSpec> = {},
): ClusterSpec {
  return {
    masters: 2,
    agents: agents.filter(({ hostname }) => /agent[34]/.test(hostname)),
    frameworks: frameworks.slice(0, 1),
    tasks,
    ...over,
  };
}

/** What mara types in most stories. */
export const drainAgent3 = '/mesos drain agent3 --max-grace-period 10m --reason "kernel upgrade"';
