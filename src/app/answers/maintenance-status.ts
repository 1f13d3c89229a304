import type { AgentSighting, FrameworkFacts, KnownAgent } from '../../domain/agent.ts';
import type { Command } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import {
  type FrameworkThere,
  type MachineTold,
  machinesNamed,
  type Standing,
  standingsOf,
} from '../../domain/maintenance/standing.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Known } from '../../domain/preview.ts';
import { ok, type Result } from '../../domain/refusal.ts';
import { isRegistered } from '../../domain/target.ts';
import { knownFrom } from '../agents/find-agent.ts';
import { workOnMachines } from '../agents/work-on-machine.ts';
import { known } from '../known.ts';
import type { Master, Store } from '../ports.ts';

/** The most machines that are told of, and of those the most whose agents are asked what runs there. */
const most = { told: 100, asked: 10 };

/** `maintenance status`: the schedule and what has come of it, machine by machine. Throws a MasterFault where the master
 * shows neither. */
export async function maintenanceStatus(
  { store, master }: { store: Store; master: Master },
  { target }: Extract<Command, { verb: 'maintenance status' }>,
  now: Instant,
): Promise<Result<Notice>> {
  const [seen, remembered, frameworks] = await Promise.all([
    master.maintenance(),
    store.directory(master.cluster),
    known(() => master.frameworks()),
  ]);
  const agents = remembered.length > 0 ? remembered : knownFrom(await master.sweep(), now, remembered);
  const all = standingsOf(seen, agents);
  const meant = target === null ? ok(all) : machinesNamed(target.typed, all, seen, agents);
  if (!meant.ok) return meant;
  const workOn = await workOnMachines(store, master.cluster);
  const shown = meant.value.slice(0, most.told);
  const machines = await Promise.all(
    shown.map(async (standing, at): Promise<MachineTold> => {
      const runs =
        at < most.asked
          ? await running(master, standing)
          : ({ known: false, why: 'not asked about, there are too many machines' } as const);
      return {
        ...standing,
        frameworks: frameworksThere(standing, runs, frameworks.known ? frameworks.value : []),
        runsNotKnown: runs.known ? null : runs.why,
        work: await workOn(standing),
      };
    }),
  );
  return ok({
    kind: 'maintenance-status',
    cluster: master.cluster,
    at: now,
    machines,
    more: meant.value.length - shown.length,
    narrowed: target !== null,
  });
}

/** How many tasks each framework has there, by its id, in the agents' own words. */
async function running(master: Master, { is, agents }: Standing): Promise<Known<Map<string, number>>> {
  const tasks = new Map<string, number>();
  if (is === 'down') return { known: true, value: tasks };
  for (const agent of agents) {
    const told = await tasksOf(master, agent);
    if (!told.known) return told;
    for (const { framework } of told.value) tasks.set(framework, (tasks.get(framework) ?? 0) + 1);
  }
  return { known: true, value: tasks };
}

async function tasksOf(
  master: Master,
  agent: KnownAgent,
): Promise<Known<Extract<AgentSighting, { kind: 'asked' }>['tasks']>> {
  if (!isRegistered(agent) || agent.address === null)
    return { known: false, why: `the agent is ${agent.state}` };
  const sighting = await master.askAgent(agent.agentId, agent.address);
  if (sighting.kind === 'not-asked') return { known: false, why: sighting.why };
  const used = agent.room?.used;
  // An agent leaves out, without a word, what the bot may not see (mesos-api 10.17).
  if (sighting.tasks.length === 0 && used !== undefined && (used.cpus > 0 || used.mem > 0))
    return {
      known: false,
      why: 'the agent lists no task, though something is in use there: the bot may not be allowed to see it',
    };
  return { known: true, value: sighting.tasks.filter((task) => !task.terminalUnacknowledged) };
}

function frameworksThere(
  { answers }: Standing,
  runs: Known<Map<string, number>>,
  facts: readonly FrameworkFacts[],
): FrameworkThere[] {
  const running = runs.known ? runs.value : new Map<string, number>();
  const ids = new Set([...running.keys(), ...answers.map(({ framework }) => framework)]);
  return [...ids].map((id) => {
    const answer = answers.find(({ framework }) => framework === id);
    return {
      id,
      name: facts.find((each) => each.id === id)?.name ?? null,
      tasks: runs.known ? (running.get(id) ?? 0) : null,
      answer: answer === undefined ? null : { answer: answer.answer, at: answer.at },
    };
  });
}
