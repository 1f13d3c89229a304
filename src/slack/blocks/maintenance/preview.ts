import { showPlanId } from '../../../domain/ids.ts';
import type { MaintenancePreview } from '../../../domain/maintenance/news.ts';
import type { MachinesWork } from '../../../domain/plan.ts';
import { howPlanWords } from '../plans/work-words.ts';
import { agentName } from '../text/agent-name.ts';
import { code, plain } from '../text/escape.ts';
import { buttons, count, enumerate, heading, list, note, type Part, text } from '../text/part.ts';
import { when } from '../text/time.ts';
import { lineWords, machinesWords, machinesWorkRaw, spanWords } from './words.ts';

/** What the asker is shown before anything is done: the change to the schedule, what it costs, and the button. */
export function maintenancePreviewParts(preview: MaintenancePreview): Part[] {
  const { about, reason, because, difference, changedSince, agents, at, expiresAt } = preview;
  const plan = showPlanId(about.plan);
  const work = machinesWorkRaw(about.work, about.machines);
  return [
    heading(`${plan}: ${work}?`),
    ...(changedSince === null
      ? []
      : [
          text(
            '*Nothing was written: somebody else changed the maintenance schedule since you were shown it.* This is what they changed:',
          ),
          list(changedSince.map((line) => lineWords(line, at))),
          text('What it comes to now:'),
        ]),
    text(
      `Machines: ${machinesWords(about.machines)}.`,
      'window' in about.work && about.work.window !== null
        ? `Taken as: ${spanWords(about.work.window, at)}.`
        : null,
      `*How:* ${howPlanWords({ of: 'machines', work: about.work })}`,
      orderWords(about.work),
      `Reason: ${reason === null ? 'none given' : plain(reason, 300)}`,
    ),
    ...(difference === null
      ? []
      : [
          text(
            `*In the schedule:* ${difference.lines.length === 0 ? 'nothing changes' : 'this changes'}; ${
              difference.others === 0
                ? 'it holds nothing else'
                : `${count(difference.others, 'other machine')} in it ${difference.others === 1 ? 'stays' : 'stay'} as ${difference.others === 1 ? 'it is' : 'they are'}`
            }.`,
          ),
          ...(difference.lines.length === 0
            ? []
            : [list(difference.lines.map((line) => lineWords(line, at)))]),
        ]),
    ...(agents.length === 0 ? [] : [list(agents.map(agentLine))]),
    text(
      because.length === 0
        ? null
        : 'A second person has to approve it: confirming asks in this channel, and nothing is done before.',
      `Nothing is done yet. Until ${when(expiresAt, at)} you can confirm it; everything is looked at again then.`,
    ),
    buttons({
      label: `Confirm ${plan}`,
      words: `confirm ${plan}`,
      style: about.work.do === 'start' ? 'danger' : 'primary',
    }),
    note(`Plan ${plan} on ${plain(about.cluster)}`),
  ];
}

/** The order of calls, where there is more than one. */
function orderWords(work: MachinesWork): string | null {
  if (work.do !== 'start') return null;
  const steps = [
    ...(work.drainFirst === null ? [] : ['drain each agent, until that is proven']),
    ...(work.window === null
      ? []
      : ['put the machines into the maintenance schedule, where they are not now']),
    'take them down',
  ];
  return steps.length === 1 ? null : `*In this order:* ${steps.join('; then ')}.`;
}

function agentLine({ agentId, hostname, state, cost }: MaintenancePreview['agents'][number]): string {
  const agent = `${agentName({ agentId, hostname })} ${code(agentId, 200)}: ${plain(state, 40)}`;
  if (cost === null) return agent;
  const { tasks, volumes } = cost;
  const holds = [
    tasks === null ? 'tasks *not known*' : count(tasks, 'task'),
    volumes === null ? 'volumes *not known*' : volumes === 0 ? null : count(volumes, 'volume'),
  ].filter((each) => each !== null);
  return `${agent}, ${enumerate(holds)}`;
}
