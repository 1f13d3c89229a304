import { showApprovalId, showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { FrameworkThere, MachineTold, WorkThere } from '../../../domain/maintenance/standing.ts';
import type { Notice } from '../../../domain/notice.ts';
import { isRegistered } from '../../../domain/target.ts';
import { machineName } from '../drains/ending.ts';
import { agentName, fullId, targetOf } from '../text/agent-name.ts';
import { clause, code, link, plain } from '../text/escape.ts';
import { count, enumerate, list, note, type Part, text } from '../text/part.ts';
import { spoken, when } from '../text/time.ts';

type Told = Extract<Notice, { kind: 'maintenance-status' }>;

/** The machines of the maintenance schedule: what is to come, what has come of it, and what never will. */
export function maintenanceStatusParts(notice: Told): Part[] {
  const { machines, more, cluster, at } = notice;
  const lost = machines.filter(({ is, agents }) => is !== 'down' && is !== 'up' && agents.length === 0);
  const down = machines.filter(({ is }) => is === 'down');
  const up = machines.filter(({ is }) => is === 'up');
  const coming = machines.filter((each) => !lost.includes(each) && each.is !== 'down' && each.is !== 'up');
  return [
    text(headline(notice, coming.length, down.length, lost.length)),
    ...section('To go down', coming, at),
    ...section('DOWN', down, at),
    ...section('In the schedule, and fit no agent', lost, at),
    ...section('Not scheduled', up, at),
    ...(more === 0 ? [] : [text(`…and ${count(more, 'more machine')}: name one to see it.`)]),
    ...meanings(notice, coming, down),
    machines.length === 0
      ? note(
          `A machine of ${plain(cluster)} that the bot's principal may not see is left out by the master, without a word.`,
        )
      : note(
          'One machine alone: `/mesos maintenance status TARGET`. What the bot may not see, the master leaves out.',
        ),
  ];
}

function headline({ cluster, narrowed, machines }: Told, coming: number, down: number, lost: number): string {
  if (machines.length === 0) return `*No machine of ${plain(cluster)} is in the maintenance schedule.*`;
  if (narrowed && coming + down + lost === 0)
    return `*On ${plain(cluster)}, that machine is not in the maintenance schedule.*`;
  const parts = [
    coming === 0 ? null : count(coming, 'machine is to go down', 'machines are to go down'),
    down === 0 ? null : count(down, 'machine is DOWN', 'machines are DOWN'),
    lost === 0 ? null : count(lost, 'entry fits no agent', 'entries fit no agent'),
  ].filter((each) => each !== null);
  return `*Maintenance of ${plain(cluster)}: ${enumerate(parts)}.*`;
}

function section(title: string, machines: MachineTold[], at: Told['at']): Part[] {
  if (machines.length === 0) return [];
  return [
    text(`*${title}:*`),
    list(
      machines.map((machine) => oneMachine(machine, at)),
      (left) => `…and ${count(left, 'more')}: name one to see it.`,
    ),
  ];
}

function oneMachine(told: MachineTold, at: Told['at']): string {
  const { machine } = told;
  return [
    `${code(machineName(machine), 200)}: ${windowWords(told, at)}`,
    agentWords(told),
    ...runningWords(told, at),
    ...told.work.map(workWords),
  ]
    .filter((each) => each !== null)
    .join('; ');
}

/** When it is to be away, seen from now. Nothing happens by the clock: a window that has begun or ended changes nothing. */
function windowWords({ is, window }: MachineTold, at: Told['at']): string {
  if (window === null) return is === 'up' ? 'up' : 'the schedule no longer has it';
  const { start, durationMs } = window;
  const begun = start <= at;
  const from = begun ? `its window began ${when(start, at)},` : `from ${when(start, at)}`;
  if (durationMs === null) return `${from}${begun ? '' : ','} without an end`;
  const end = start + durationMs;
  const length = spoken(durationMs / 1000);
  return end < at
    ? `its window of ${length} *ended ${when(end as typeof at, at)}*`
    : `${from} until ${when(end as typeof at, at)} (${length})`;
}

function agentWords(told: MachineTold): string | null {
  const { machine, is, agents, alike } = told;
  if (agents.length > 0)
    return enumerate(
      agents.map((agent) =>
        is === 'down' && !isRegistered(agent)
          ? `${agentName(agent)} was its agent`
          : `${agentName(agent)}, ${agent.state}`,
      ),
    );
  const near = alike.map(
    (agent) =>
      `${agentName(agent)} is registered from ${plain(agent.address?.ip ?? 'an unknown address', 40)}`,
  );
  const meant = near.length === 0 ? '' : ` (${enumerate(near, 2)})`;
  if (machine.hostname === null || machine.ip === null)
    return `*half of a name: it never fits an agent*, and nothing comes of it${meant}`;
  return is === 'down' ? null : `*no agent is known by this hostname and IP*${meant}`;
}

function runningWords({ is, frameworks, runsNotKnown, agents }: MachineTold, at: Told['at']): string[] {
  const each = frameworks.map((framework) => frameworkWords(framework, is === 'draining', at));
  const words = each.length === 0 ? [] : [enumerate(each, 6)];
  if (runsNotKnown !== null) return [...words, `what runs there is not known: ${clause(runsNotKnown, 150)}`];
  return each.length > 0 || is === 'down' || agents.length === 0 ? words : ['no tasks run there'];
}

function frameworkWords(
  { id, name, tasks, answer }: FrameworkThere,
  isAsked: boolean,
  at: Told['at'],
): string {
  const what = `${name === null ? fullId(id) : plain(name, 60)}${tasks === null ? '' : ` with ${count(tasks, 'task')}`}`;
  if (answer === null || answer.answer === 'UNKNOWN') return isAsked ? `${what}: no answer` : what;
  return `${what}: ${answer.answer} ${when(answer.at, at)}`;
}

function workWords({ on, permalink }: WorkThere): string {
  switch (on.what) {
    case 'drain':
      return `${wayWord(on.way)} ${link(permalink, showDrainId(on.drain))} is open`;
    case 'drained':
      return `${wayWord(on.way)} ${link(permalink, showDrainId(on.drain))} keeps its agent out of service`;
    case 'approval':
      return `question ${link(permalink, showApprovalId(on.approval))} waits for a second person`;
    case 'plan':
      return `plan ${link(permalink, showPlanId(on.plan))} is at work on it`;
    case 'mark-gone':
      return `its agent is being ${link(permalink, 'marked gone')}`;
    case 'reactivation':
      return `its agent is being ${link(permalink, 'reactivated')}`;
  }
}

function wayWord(way: 'drain' | 'deactivate'): string {
  return way === 'deactivate' ? 'deactivation' : 'drain';
}

/** What the lines above do and don't say; each where it applies. */
function meanings({ narrowed }: Told, coming: MachineTold[], down: MachineTold[]): Part[] {
  const silent = coming.some(({ frameworks }) => frameworks.some(({ answer }) => answer === null));
  const out = coming.some(({ agents }) => agents.some(({ state }) => notAsked.includes(state)));
  const [one] = down;
  const back = one === undefined ? null : (one.agents[0] ?? null);
  const said = [
    coming.length === 0
      ? null
      : 'Nothing goes down by the clock, and Mesos kills nothing there until somebody starts the maintenance. Until then no drain is taken for these agents.',
    silent
      ? 'No answer: most frameworks know no inverse offers. The leader keeps answers in its memory only: a failover or any write of the schedule forgets them, and asks anew.'
      : null,
    out
      ? 'Frameworks are not asked about an agent that is deactivated, draining or drained. Once its maintenance starts, the master removes it and forgets that: it comes back active.'
      : null,
    one === undefined
      ? null
      : `No agent of a DOWN machine may register. ${code(`/mesos maintenance stop ${back === null ? 'TARGET' : targetOf(back)}`, 300)} brings ${narrowed || down.length === 1 ? 'it' : 'one'} up again, and its agent comes back active.`,
  ];
  return said.some((each) => each !== null) ? [note(...said)] : [];
}

const notAsked: readonly string[] = ['deactivated', 'draining', 'drained'];
