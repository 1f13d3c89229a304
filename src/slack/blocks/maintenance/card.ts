import { showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { MaintenanceCard } from '../../../domain/maintenance/news.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { MachineLine, MachinesStep } from '../../../domain/plan.ts';
import { approvedBy } from '../approvals/approved.ts';
import { machineName } from '../drains/ending.ts';
import { shortId } from '../text/agent-name.ts';
import { code, link, mention, plain } from '../text/escape.ts';
import { enumerate, heading, list, note, type Part, text } from '../text/part.ts';
import { when } from '../text/time.ts';
import { endWords } from './ending.ts';
import { callName, machinesWorkRaw, spanWords } from './words.ts';

/** The root of a plan over machines: what it does, how far it has come, a line for each machine. */
export function maintenanceCardParts(card: MaintenanceCard): Part[] {
  const { about, lines, reason, approved, state, at } = card;
  const work = machinesWorkRaw(about.work, about.machines);
  const end = state.status === 'ended' ? endWords(about, state.end) : null;
  return [
    heading(`${showPlanId(about.plan)}: ${work}`),
    text(
      `*${end?.verdict ?? (state.status === 'running' ? stepWords(state.step) : 'Not begun.')}*`,
      end?.means ?? null,
      `Asked by ${mention(about.requester)}${reason === null ? ', no reason given' : `: ${plain(reason, 300)}`}`,
      approved === null ? null : approvedBy(approved.by, approved.approval),
      'window' in about.work && about.work.window !== null
        ? `Unavailable ${spanWords(about.work.window, at)}`
        : null,
      end?.toDo == null ? null : `*Next:* ${end.toDo}`,
    ),
    list(lines.map((line) => lineOf(line, card))),
    note(
      `Plan ${showPlanId(about.plan)} on ${plain(about.cluster)}${state.status === 'running' ? ` · since ${when(state.since, at)}` : ''}`,
    ),
  ];
}

/** The same as an answer. One that only its asker has seen has no thread. */
export function statusOfMachinesParts({
  card,
  permalink,
}: Extract<Notice, { kind: 'status-of-machines' }>): Part[] {
  const thread =
    permalink === null ? [] : [note(`Its thread: ${link(permalink, showPlanId(card.about.plan))}`)];
  return [...maintenanceCardParts(card), ...thread];
}

function stepWords(step: MachinesStep): string {
  switch (step.at) {
    case 'draining':
      return 'Its agents are being drained first.';
    case 'next':
      return step.call === 'start'
        ? 'About to take the machines down, once everything is checked anew.'
        : `About to send ${callName(step.call)}.`;
    case 'calling':
      return `${callName(step.call)} is on its way.`;
    case 'checking':
      return `Not known what became of ${callName(step.call)}; being found out.`;
    case 'following':
      return `The master took ${callName(step.call)}; waiting to see it.`;
    case 'returning':
      return 'UP again; waiting for the agents to register.';
  }
}

function lineOf({ machine, agents }: MachineLine, { back }: MaintenanceCard): string {
  const come = back.filter(
    (each) => each.machine.hostname === machine.hostname && each.machine.ip === machine.ip,
  );
  const known = agents.map(({ agentId, drain }) =>
    drain === null ? plain(shortId(agentId), 20) : `${plain(shortId(agentId), 20)} (${showDrainId(drain)})`,
  );
  return [
    code(machineName(machine), 200),
    known.length === 0 ? 'no agent known there' : `agent ${enumerate(known)}`,
    come.length === 0 ? null : `back as ${enumerate(come.map(({ agentId }) => plain(shortId(agentId), 20)))}`,
  ]
    .filter((each) => each !== null)
    .join(', ');
}
