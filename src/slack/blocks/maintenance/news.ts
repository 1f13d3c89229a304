import { instant, showPlanId } from '../../../domain/ids.ts';
import type { Beside } from '../../../domain/maintenance/events.ts';
import type { MaintenanceAbout } from '../../../domain/maintenance/news.ts';
import type { Notice } from '../../../domain/notice.ts';
import { shortId } from '../text/agent-name.ts';
import { clause, code, mention, plain } from '../text/escape.ts';
import { enumerate, list, type Part, text } from '../text/part.ts';
import { when } from '../text/time.ts';
import { endWords } from './ending.ts';
import { callName, exactLine, lineWords, machinesWords, spanWords } from './words.ts';

/** A message may be read days later: so far from any time that the day is always shown. */
const anyDay = instant(0);

/** What is told in the thread of a plan over machines: the verdict first; the end mentions the person who asked. */
export function maintenanceParts({ about, news }: Extract<Notice, { kind: 'maintenance' }>): Part[] {
  const machines = machinesWords(about.machines);
  switch (news.news) {
    case 'unknown':
      return [
        text(
          `*Not known yet* what became of ${callName(news.call)} for ${machines}: ${clause(news.why, 300)}.`,
          'The call is not sent again. The bot looks at the master to find out, and says so here.',
        ),
      ];
    case 'effect-seen':
      return [text(`*Found out:* the master shows that ${callName(news.call)} did take effect.`)];
    case 'unseen':
      return [
        text(
          `*Still not known* what became of ${callName(news.call)}: nobody could look since ${when(news.since, anyDay)}. ${mention(about.requester)}`,
          `*Why:* ${clause(news.why, 300)}.`,
          'The call is not sent again: it may have taken effect, or not.',
        ),
      ];
    case 'still-there':
      return [
        text(
          `*DOWN, and still registered:* ${enumerate(news.agents.map((id) => code(id, 200)))}. ${mention(about.requester)}`,
          "The master shows the machine as DOWN, and has not removed its agent. Don't work on the machine yet.",
        ),
      ];
    case 'step-done':
      return [...doneParts(about, news.call), ...besideParts(news.beside)];
    case 'back':
      return [
        text(
          backWords(
            news.machine.hostname,
            shortId(news.agentId),
            news.was.includes(news.agentId),
            news.was.map(shortId),
          ),
          `Agent ID ${code(news.agentId, 200)}.`,
        ),
      ];
    case 'not-back':
      return [
        text(
          `*Not back yet:* ${machinesWords(news.machines)}, up since ${when(news.since, anyDay)}. ${mention(about.requester)}`,
          'The master lets its agent register, and none has. *What to do:* start the agent on the machine; it must report the same hostname and IP.',
        ),
      ];
    case 'outside':
      return [
        text(
          '*Changed outside the bot:* somebody else has changed the maintenance of machines of this plan.',
        ),
        list(news.lines.map((line) => lineWords(line, anyDay))),
      ];
    case 'ended': {
      const { verdict, means, toDo } = endWords(about, news.end);
      return [
        text(
          `*${verdict}* ${mention(about.requester)}`,
          means,
          toDo === null ? null : `*What to do:* ${toDo}`,
          `Its record: \`/mesos audit ${showPlanId(about.plan)}\`.`,
        ),
      ];
    }
  }
}

function doneParts({ work, machines }: MaintenanceAbout, call: Parameters<typeof callName>[0]): Part[] {
  const names = machinesWords(machines);
  switch (call) {
    case 'schedule': {
      const span = 'window' in work && work.window !== null ? `, ${spanWords(work.window, anyDay)}` : '';
      return [
        text(
          `*Scheduled:* ${names}${span}. A read after the write shows it.`,
          'Nothing is killed by that. While a machine is scheduled, the master takes no drain for its agent.',
        ),
      ];
    }
    case 'clear':
      return [text(`*Taken out of the schedule:* ${names}. A read after the write shows it.`)];
    case 'start':
      return [
        text(
          `*DOWN:* ${names}. The master shows it in its maintenance status, and no agent is registered there.`,
          `${work.do === 'start' && work.drainFirst !== null ? 'Nothing ran there any more.' : 'Tasks that ran there are lost.'} No agent may register until the maintenance is stopped.`,
        ),
      ];
    case 'stop':
      return [
        text(
          `*UP:* ${names}, and no longer scheduled.`,
          'Its agent may register again, and takes tasks at once: no reactivation is needed.',
        ),
      ];
  }
}

/** What others had or have in the schedule around our write. */
function besideParts(beside: Beside | null): Part[] {
  if (beside === null) return [];
  const lostTo = (byUs: boolean) => beside.lost.filter((each) => each.byUs === byUs);
  return [
    ...lostParts(
      '*Our write may have overwritten others’ windows.* The master can’t compare before it writes, and these were there shortly before; tell whoever they belong to. To put them back:',
      lostTo(true),
    ),
    ...lostParts(
      'Somebody else wrote at about the same time, and these are not in the schedule as they were. They were:',
      lostTo(false),
    ),
    ...(beside.added.length === 0
      ? []
      : [
          text('Others wrote at about the same time, and ours stands beside it:'),
          list(beside.added.map((line) => lineWords(line, anyDay))),
        ]),
  ];
}

function lostParts(lead: string, lost: Beside['lost']): Part[] {
  return lost.length === 0 ? [] : [text(lead), list(lost.map(exactLine))];
}

function backWords(hostname: string, id: string, isSame: boolean, was: string[]): string {
  const name = `${plain(hostname)} (${plain(id, 20)})`;
  if (isSame) return `*Back:* ${name} is registered again, under the same id, and takes tasks.`;
  return was.length === 0
    ? `*Registered:* ${name}. No agent was known on this machine before. It takes tasks.`
    : `*Back under a new id:* ${name} is registered, and takes tasks. Before it was ${enumerate(was.map((each) => plain(each, 20)))}, which does not come back.`;
}
