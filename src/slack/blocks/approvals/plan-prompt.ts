import type { CoveredAgent, CoveredMachine, Covers } from '../../../domain/approval/covers.ts';
import { coveredAgents } from '../../../domain/approval/covers.ts';
import type { Loss } from '../../../domain/approval/loss.ts';
import type { PlanPrompt } from '../../../domain/approval/prompt.ts';
import { showApprovalId, showPlanId } from '../../../domain/ids.ts';
import { spanWords } from '../maintenance/words.ts';
import { howPlanWords } from '../plans/work-words.ts';
import { agentName, fullId } from '../text/agent-name.ts';
import { code, mention, plain } from '../text/escape.ts';
import { count, enumerate, heading, list, note, type Part, text } from '../text/part.ts';
import { when } from '../text/time.ts';
import { becauseLine } from './because.ts';
import { lossWords } from './loss.ts';
import { faceWords } from './prompt-face.ts';

/** A question about a plan: what is asked of which agents or machines, where it stands, who asks and why, what it costs
 * in all and line by line, how it is done, how to vote. */
export function planPromptParts(prompt: PlanPrompt): Part[] {
  const face = faceWords(prompt);
  const settled = prompt.state.status === 'settled';
  return [
    heading(face.verdict),
    // A text of its own, right under the heading: what the bot looks for stands here.
    text(...face.stands),
    ...face.because,
    text(
      `Asked by ${mention(prompt.requester.userId)}: ${plain(prompt.reason, 300)}`,
      settled ? null : becauseLine(prompt),
    ),
    ...coverParts(prompt),
    ...windowParts(prompt),
    ...(settled ? [] : [text(`*How:* ${howPlanWords(prompt.does)}`)]),
    ...(face.toVote.length === 0 ? [] : [text(...face.toVote)]),
    planParticulars(prompt),
  ];
}

/** When its machines are to be unavailable, where it writes that into the schedule. */
function windowParts({ does: { work }, at }: PlanPrompt): Part[] {
  const window = 'window' in work ? work.window : null;
  return window === null ? [] : [text(`*In the schedule:* unavailable ${spanWords(window, at)}.`)];
}

/** What is on the list, with what it costs: in all, and each line. */
export function coverParts({ covers, state }: PlanPrompt): Part[] {
  const agents = coveredAgents(covers);
  const verb = state.status === 'settled' ? 'Shown as lost for good:' : 'Lost for good:';
  return [
    text(`*${verb}* ${lossOfAll(agents)}`, `*It covers* exactly ${subjects(covers)}; ${costOfAll(agents)}.`),
    list(coverLines(covers), (left) => `…and ${left} more: a file in the thread has them all.`),
  ];
}

/** A line for each agent or machine; also what the file with all of them is made of. */
export function coverLines(covers: Covers): string[] {
  return covers.of === 'agents' ? covers.lines.map(agentLine) : covers.lines.map(machineLine);
}

export function planParticulars(prompt: PlanPrompt): Part {
  const { approval, cluster, plan, follows, askedAt, at } = prompt;
  return note(
    [
      `Question ${showApprovalId(approval)} on ${plain(cluster)}`,
      `plan ${showPlanId(plan)}`,
      follows === null ? null : `asks ${showApprovalId(follows)} again`,
      `asked ${when(askedAt, at)}`,
    ]
      .filter((each) => each !== null)
      .join(' · '),
  );
}

function subjects(covers: Covers): string {
  if (covers.of === 'agents') return count(covers.lines.length, 'agent');
  const agents = coveredAgents(covers).length;
  return `${count(covers.lines.length, 'machine')} with ${agents === 0 ? 'no agent' : count(agents, 'agent')}`;
}

/** Where each agent loses nothing, that is said once. */
function lossOfAll(agents: CoveredAgent[]): string {
  const losses = agents.map(({ loss }) => loss);
  if (losses.every(({ held, tasks }) => held.known && (tasks === null || tasks.known)))
    return lossWords(losses.reduce(both, { alive: true, held: { known: true, value: [] }, tasks: null }));
  const known = losses
    .map(knownOf)
    .reduce(both, { alive: true, held: { known: true, value: [] }, tasks: null });
  return `${lossWords(known)} *Not known of some:* their lines tell.`;
}

function knownOf({ alive, held, tasks }: Loss): Loss {
  return {
    alive,
    held: held.known ? held : { known: true, value: [] },
    tasks: tasks === null || tasks.known ? tasks : { known: true, value: [] },
  };
}

function both(a: Loss, b: Loss): Loss {
  const held = [a, b].flatMap((each) => (each.held.known ? each.held.value : []));
  const counted = [a.tasks, b.tasks].flatMap((tasks) => (tasks?.known ? tasks.value : []));
  const tasks = a.tasks === null && b.tasks === null ? null : { known: true as const, value: counted };
  return { alive: a.alive, held: { known: true, value: held }, tasks };
}

function costOfAll(agents: CoveredAgent[]): string {
  const known = agents.flatMap(({ cost }) => cost.tasks ?? []);
  const sum = known.reduce((all, tasks) => all + tasks, 0);
  const tasks = `${count(sum, 'task')} ${sum === 1 ? 'runs' : 'run'} there now`;
  return known.length === agents.length ? tasks : `${tasks}, as far as is known`;
}

function agentLine(agent: CoveredAgent): string {
  return `${agentName(agent)} ${fullId(agent.agentId)}: ${agentWords(agent)}`;
}

function machineLine({ machine, agents }: CoveredMachine): string {
  const name = `${plain(machine.hostname)} (${code(machine.ip, 60)})`;
  if (agents.length === 0) return `${name}: no agent there`;
  return `${name}: ${agents.map((agent) => `agent ${fullId(agent.agentId)}: ${agentWords(agent)}`).join('; ')}`;
}

function agentWords({ cost, loss }: CoveredAgent): string {
  const { tasks, frameworks, soleInstances, drainShown } = cost;
  const run =
    tasks === null
      ? 'its tasks are *not known*'
      : tasks === 0
        ? 'no task'
        : `${count(tasks, 'task')}${frameworks === null ? '' : ` of ${count(frameworks, 'framework')}`}`;
  return [
    run,
    soleInstances === null || soleInstances === 0
      ? null
      : `*${soleInstances} of them ${soleInstances === 1 ? 'runs' : 'run'} nowhere else*`,
    loss.alive ? null : '*away now*',
    heldOf(cost),
    drainShown ? 'its drain state is erased' : null,
  ]
    .filter((each) => each !== null)
    .join(', ');
}

function heldOf({ volumes, reservations }: CoveredAgent['cost']): string | null {
  if (volumes === null || reservations === null) return 'volumes and reservations *not known*';
  const held = [
    ...(volumes === 0 ? [] : [count(volumes, 'volume')]),
    ...(reservations === 0 ? [] : [count(reservations, 'reservation')]),
  ];
  return held.length === 0 ? null : enumerate(held);
}
