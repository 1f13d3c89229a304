import type { Machine } from '../../domain/agent.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import type { AgentDeed } from '../../domain/outside/agents.ts';
import type { MachineDeed } from '../../domain/outside/machines.ts';
import type { OutsideLine } from '../../domain/outside/news.ts';
import type { Service } from '../../domain/outside/service.ts';
import { machineName, noRecord } from './drains/ending.ts';
import { agentName, reactivateLine, targetOf } from './text/agent-name.ts';
import { code, plain } from './text/escape.ts';
import { count, list, type Part, text } from './text/part.ts';
import { spoken, when } from './text/time.ts';

type Outside = Extract<Notice, { kind: 'outside' }>;
type OnAgent = Extract<OutsideLine, { on: 'agent' }>;
type OnMachine = Extract<OutsideLine, { on: 'machine' }>;

/** Changes that this bot did not make, with what to do about them. Mentions nobody. */
export function outsideParts({ cluster, at, away, restored, lines, more }: Outside): Part[] {
  const [then, now] = [lines.filter(({ wasAway }) => wasAway), lines.filter(({ wasAway }) => !wasAway)];
  const all = lines.length + more;
  return [
    text(
      `*Changed outside the bot*, on ${plain(cluster)}, seen at ${when(at, at)}: ${count(all, 'change')}.`,
      restored
        ? "The bot's database was restored from the past: some of this may be its own doing, which that database does not know."
        : `It was not this bot. ${noRecord}`,
    ),
    ...(then.length === 0 || away === null
      ? []
      : [
          text(`*While I was away*, from ${when(away.from, at)} to ${when(away.to, at)}:`),
          list(then.map((line) => lineWords(line, at))),
        ]),
    ...(now.length === 0
      ? []
      : [
          ...(then.length === 0 ? [] : [text('*Since then:*')]),
          list(now.map((line) => lineWords(line, at))),
        ]),
    ...(more === 0 ? [] : [text(`…and ${more} more: \`/mesos audit\` has all of them.`)]),
    text(`*What to do:* ask whoever works on the cluster. ${whatToType(lines)}`),
  ];
}

/** What was done, in a word of the log; a newer version's as it is. */
export function outsideWord(outcome: string | undefined): string {
  const words: Record<AgentDeed | MachineDeed, string> = {
    'drain-begun': 'a drain was begun',
    'drain-changed': 'its drain was changed',
    deactivated: 'it was deactivated',
    reactivated: 'it was reactivated',
    gone: 'it was marked gone',
    scheduled: 'its machine was scheduled for maintenance',
    rescheduled: 'the maintenance of its machine was moved',
    unscheduled: 'its machine was taken out of the maintenance schedule',
    'taken-down': 'its machine was taken down for maintenance',
    'brought-up': 'its machine was brought up again',
  };
  return words[outcome as AgentDeed] ?? plain(outcome ?? 'in an unknown way', 60);
}

function lineWords(line: OutsideLine, near: Instant): string {
  const words = line.on === 'agent' ? agentWords(line, near) : machineWords(line, near);
  return `${words} (last seen otherwise: ${when(line.since, near)}).`;
}

function agentWords(line: OnAgent, near: Instant): string {
  const { deed, now, before, goneAt } = line;
  const was = before === null ? 'not seen before' : `before: ${serviceWords(before)}`;
  const name = agentName(line);
  switch (deed) {
    case 'drain-begun':
      return `${name} *is being drained*: ${serviceWords(now)}; ${was}`;
    case 'drain-changed':
      return `The drain of ${name} *was changed*: ${serviceWords(now)}; ${was}`;
    case 'deactivated':
      return `${name} *was deactivated*: it gets no new tasks; ${was}`;
    case 'reactivated':
      return `${name} *was reactivated*: it takes tasks again; ${was}`;
    case 'gone':
      return `${name} *was marked gone*${goneAt === null ? '' : ` at ${when(goneAt, near)}`}: its id never comes back; ${was}`;
  }
}

function serviceWords(service: Service | 'gone'): string {
  if (service === 'active') return 'in service';
  if (typeof service === 'string') return service;
  const grace =
    service.maxGraceNs === null
      ? 'no max grace period'
      : `a max grace period of ${spoken(service.maxGraceNs / 1e9)}`;
  return `${service.state}, with ${grace}${service.markGone ? ', *to be marked gone once it is empty*' : ''}`;
}

function machineWords({ deed, machine, before, now, agent }: OnMachine, near: Instant): string {
  const which = nameOf(machine, agent);
  const named = `Machine ${which}`;
  const window = windowWords(now, near);
  switch (deed) {
    case 'scheduled':
      return `${named} *was scheduled for maintenance*, ${window}: no drain is taken for it meanwhile`;
    case 'rescheduled':
      return `The maintenance of machine ${which} *was moved*: ${window}; before: ${windowWords(before, near)}`;
    case 'unscheduled':
      return `${named} *was taken out of the maintenance schedule*`;
    case 'taken-down':
      return `${named} *was taken DOWN for maintenance*: its agent was shut down and removed, its drain or deactivation forgotten`;
    case 'brought-up':
      return `${named} *was brought UP again*: its agent comes back active`;
  }
}

function nameOf(machine: Machine, agent: OnMachine['agent']): string {
  return `${code(machineName(machine), 200)}${agent === null ? '' : `, which is ${agentName(agent)},`}`;
}

function windowWords(window: OnMachine['now'], near: Instant): string {
  if (window === null) return 'none';
  const { start, durationMs } = window;
  return `from ${when(start, near)}${durationMs === null ? ', without an end' : `, for ${spoken(durationMs / 1000)}`}`;
}

/** Of the first agent that there is something to type for. */
function whatToType(lines: OutsideLine[]): string {
  const agents = lines.flatMap((line) => (line.on === 'agent' ? [line] : (line.agent ?? [])));
  const [first] = agents;
  if (first === undefined) return '`/mesos agents` shows how the agents stand.';
  const out = lines.find(
    (line): line is OnAgent => line.on === 'agent' && line.now !== 'active' && line.now !== 'gone',
  );
  return `${code(`/mesos status ${targetOf(first)}`, 300)} shows more${
    out === undefined ? '' : `; ${code(reactivateLine(out), 300)} puts that one back into service`
  }.`;
}
