import { entryOf } from './drain.ts';
import { agentAmounts, taskAmounts } from './shapes/resources.ts';
import { type Cluster, isTerminal, processOf, type Task } from './state.ts';

/** What a fleet that is taken out of service in turns must never show, whoever asks for it. */
export interface FleetRules {
  /** Agents DRAINING at the same moment. */
  atOnce: number;
  /** Of these, agents with the same value of an attribute. */
  per: readonly { attribute: string; allowed: number }[];
  /** Hostnames: one that takes new tasks when the first of these is drained is not drained later. */
  set: readonly string[];
}

/** Judges each call at the moment at which it takes effect, by what the cluster is then; knows nothing of whoever calls. */
export interface FleetObserver {
  /** What was not as it must be; empty: nothing. */
  readonly objections: string[];
  /** The most that were DRAINING at one moment. */
  mostAtOnce(): number;
  /** From here on no drain may begin, for this reason; null: again they may. */
  forbid(why: string | null): void;
}

/** Attends the cluster from now on. */
export function observeFleet(cluster: Cluster, rules: FleetRules): FleetObserver {
  const objections: string[] = [];
  /** By agent that drains, what of it stood in for what when it began. */
  const had = new Map<string, Set<string>>();
  const keptAway = new Set<string>();
  let inTime: Set<string> | null = null;
  let most = 0;
  let forbidden: string | null = null;

  const hostOf = (id: string) => entryOf(cluster, id)?.host.spec.hostname ?? id;
  const object = (id: string, what: string) => {
    const at = new Date(cluster.clock.now()).toISOString().slice(11, 19);
    objections.push(`${at} ${hostOf(id)}: ${what}`);
  };

  cluster.witnesses.push((type, id) => {
    const entry = entryOf(cluster, id);
    if (entry === null) return undefined;
    const was = { deactivated: entry.deactivated, drain: entry.drain, tasks: tasksOn(cluster, id).length };
    return () => {
      switch (type) {
        case 'DEACTIVATE_AGENT':
          if (was.deactivated) object(id, 'deactivated, and was so already');
          break;
        case 'DRAIN_AGENT':
          // Once more, with nothing left on it, is a nudge.
          if (was.drain?.state === 'DRAINING' && was.tasks > 0)
            object(id, 'drained, and was DRAINING already');
          judgeDrain(id);
          break;
      }
      if (entryOf(cluster, id)?.deactivated === true) keptAway.add(hostOf(id));
    };
  });

  function judgeDrain(id: string): void {
    if (forbidden !== null) object(id, `drained, though ${forbidden}`);
    const draining = drainingIn(cluster);
    for (const each of had.keys()) if (!draining.includes(each)) had.delete(each);
    had.set(id, new Set(tasksOn(cluster, id).map(groupOf)));
    most = Math.max(most, draining.length);
    if (draining.length > rules.atOnce)
      object(id, `${draining.length} agents are DRAINING, ${rules.atOnce} may at once`);
    for (const { attribute, allowed } of rules.per) {
      const value = attributeOf(cluster, id, attribute);
      if (value === undefined) continue;
      const same = draining.filter((each) => attributeOf(cluster, each, attribute) === value);
      if (same.length > allowed)
        object(id, `${same.length} agents of ${attribute}=${value} are DRAINING, ${allowed} may at once`);
    }
    judgeSet(id);
    judgeLast(id, draining);
    judgeRoom(id, draining);
  }

  /** Whatever was left out, and takes tasks again, is not drained later. */
  function judgeSet(id: string): void {
    if (!rules.set.includes(hostOf(id))) return;
    inTime ??= new Set(keptAway);
    if (!inTime.has(hostOf(id)))
      object(id, 'drained, and took new tasks when the first of its list was drained');
  }

  /** What several agents that drain have between them, and nobody else. */
  function judgeLast(id: string, draining: string[]): void {
    const elsewhere = new Set(
      [...cluster.registry.agents.keys()]
        .filter((each) => !draining.includes(each))
        .flatMap((each) => tasksOn(cluster, each).map(groupOf)),
    );
    for (const group of had.get(id) ?? []) {
      const on = [...had].filter(([, groups]) => groups.has(group));
      if (on.length > 1 && !elsewhere.has(group))
        object(id, `drained with ${on.length - 1} more that ran ${group}, which runs nowhere else`);
    }
  }

  function judgeRoom(id: string, draining: string[]): void {
    const others = [...cluster.registry.agents].filter(([, { deactivated }]) => !deactivated);
    for (const kind of ['cpus', 'mem'] as const) {
      const free = others.reduce(
        (sum, [each, { host }]) => sum + (agentAmounts(host.spec)[kind] ?? 0) - usedOn(cluster, each, kind),
        0,
      );
      const needed = draining.reduce((sum, each) => sum + usedOn(cluster, each, kind), 0);
      if (needed > free + 1e-6) object(id, `what drains needs ${needed} ${kind}, and the rest has ${free}`);
    }
  }

  return {
    objections,
    mostAtOnce: () => most,
    forbid: (why) => {
      forbidden = why;
    },
  };
}

/** As the registry has it, which outlives a failover. */
function drainingIn({ registry }: Cluster): string[] {
  return [...registry.agents, ...registry.unreachable].flatMap(([id, { drain }]) =>
    drain?.state === 'DRAINING' ? [id] : [],
  );
}

/** What runs on the machine itself, whatever a master knows of it. */
function tasksOn(cluster: Cluster, id: string): Task[] {
  return [...(processOf(cluster, id)?.tasks.values() ?? [])]
    .map(({ task }) => task)
    .filter(({ state }) => !isTerminal(state));
}

function groupOf({ spec }: Task): string {
  return `${spec.shownAs ?? spec.name} of ${spec.framework}`;
}

function usedOn(cluster: Cluster, id: string, kind: 'cpus' | 'mem'): number {
  return tasksOn(cluster, id).reduce((sum, { spec }) => sum + (taskAmounts(spec)[kind] ?? 0), 0);
}

function attributeOf(cluster: Cluster, id: string, name: string) {
  return entryOf(cluster, id)?.host.spec.attributes?.[name];
}
