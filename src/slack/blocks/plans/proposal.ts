import { showPlanId } from '../../../domain/ids.ts';
import type { ChangedLine } from '../../../domain/plan/as-shown.ts';
import type { Proposal, ProposedLine } from '../../../domain/plan/proposal.ts';
import type { AgentsWork } from '../../../domain/plan.ts';
import type { Hour } from '../../../domain/time/hour.ts';
import { openWorkWords } from '../answers/open-work-words.ts';
import { beyondNotes, beyondWarnings } from '../drains/preview-beyond.ts';
import { collisionWords } from '../refusals/collision-words.ts';
import { refusalInShort } from '../refusals/in-short.ts';
import { reasonWords } from '../refusals/refusal-of-policy.ts';
import { agentName } from '../text/agent-name.ts';
import { plain } from '../text/escape.ts';
import { buttons, count, enumerate, list, note, type Part, text } from '../text/part.ts';
import { hourWords, spoken, when, zoneNote } from '../text/time.ts';
import { changeWords } from './change-words.ts';

/** What a command over several agents would do, each and together, and the button that says yes. */
export function proposalParts(proposal: Proposal): Part[] {
  const { plan, lines, totals, work, because, cluster, at, changed, hour } = proposal;
  const able = lines.filter(({ refusal }) => refusal === null);
  const unable = lines.length - able.length;
  return [
    ...changedParts(changed),
    text(
      able.length === 0
        ? `*None of ${count(lines.length, 'agent')} on ${plain(cluster)} can be ${done(work)} now.* Nothing was done.`
        : `*${doing(work)} ${count(able.length, 'agent')} on ${plain(cluster)}:* nothing was done yet.`,
      toBegin(hour),
      unable === 0 || able.length === 0
        ? null
        : `*${count(unable, 'other is', 'others are')} left out*, as ${unable === 1 ? 'its line tells' : 'their lines tell'}.`,
      ...totalLines(proposal),
    ),
    // Those left out first: what was asked for and will not be done must not be what is cut.
    list(
      [...lines.filter(({ refusal }) => refusal !== null), ...able].map((line) => lineWords(line, work)),
      (left) => `…and ${left} more. \`/mesos agents\` filters in the same way, and has pages.`,
    ),
    ...besideParts(proposal),
    ...(because.length === 0 || able.length === 0
      ? []
      : [text(`*Needs a second person:* ${because.map(reasonWords).join('; ')}. Confirming asks for one.`)]),
    ...(plan === null
      ? []
      : [
          buttons({
            label:
              because.length > 0
                ? 'Confirm and ask'
                : `${hour === undefined ? 'Confirm' : 'Schedule'}: ${word(work)} ${totals.agents}`,
            words: `confirm ${showPlanId(plan.id)}`,
            style: work.do === 'reactivate' ? 'primary' : 'danger',
          }),
          note(
            `Plan ${showPlanId(plan.id)}, only seen by you. Until ${when(plan.expiresAt, at)} you can confirm it; everything is looked at again then.`,
          ),
        ]),
  ];
}

/** Beside whose open work it would go on; empty: nobody's. */
export function besideParts({ collisions = [] }: Pick<Proposal, 'collisions'>): Part[] {
  if (collisions.length === 0) return [];
  return [
    text(
      '*Beside the open work of others*, which you say you know of (`--anyway`); confirming goes on beside all of it:',
    ),
    list(collisions.map(collisionWords)),
  ];
}

/** Why a list is shown anew; empty: it is shown for the first time. */
export function changedParts(changed: ChangedLine[]): Part[] {
  if (changed.length === 0) return [];
  return [
    text('*Not everything is as it was shown, so nothing was done.* This is the list as it is now. Changed:'),
    list(
      changed.map(({ hostname, changes }) => `${plain(hostname)}: ${enumerate(changes.map(changeWords))}`),
    ),
  ];
}

function totalLines({ totals, work, at, reason }: Proposal): (string | null)[] {
  const { tasks, tasksNotKnown, expectedEnd, room, spread, limit } = totals;
  if (totals.agents === 0) return [];
  const beside = { beyond: { spread, room, work: [] }, at, openDrain: null };
  const unknown =
    tasksNotKnown === 0 ? '' : `, as far as is known: of ${count(tasksNotKnown, 'agent')} it is *not known*`;
  const end = expectedEnd === null ? '' : `; the last has to end by ${when(expectedEnd, at)}`;
  return [
    work.do === 'reactivate'
      ? null
      : `*Together:* ${count(tasks, 'task')}${unknown}${work.do === 'drain' ? end : '; nothing is killed, their frameworks move them'}.`,
    work.do === 'drain' && work.maxGrace !== null ? `Max grace period: ${spoken(work.maxGrace)}.` : null,
    work.do === 'reactivate' || work.outFor === undefined
      ? null
      : `Each is out of service for ${spoken(work.outFor)}, and then comes back by itself.`,
    ...beyondWarnings(beside),
    ...beyondNotes(beside),
    limit === null
      ? null
      : `Under way at once: ${limit.open} now, ${totals.agents} more by this, ${limit.allowed} allowed.`,
    reason === null ? null : `Reason: ${plain(reason, 200)}`,
  ];
}

function lineWords(line: ProposedLine, work: AgentsWork): string {
  const { refusal, state, tasks, others, open } = line;
  const facts = [
    plain(state, 30),
    work.do === 'reactivate' ? null : tasks === null ? 'tasks *not known*' : count(tasks, 'task'),
    open === null ? null : openWorkWords(open),
    others === 0 ? null : `${count(others, 'older id')} of this host left alone`,
  ].filter((each) => each !== null);
  const name = agentName(line);
  return refusal === null
    ? `${name}: ${facts.join(', ')}`
    : `${name}: *left out:* ${refusalInShort(refusal, name)} (${plain(state, 30)})`;
}

/** At the head of a list. */
function doing(work: AgentsWork): string {
  switch (work.do) {
    case 'drain':
      return 'Drain';
    case 'deactivate':
      return 'Deactivate';
    case 'reactivate':
      return 'Reactivate';
  }
}

function word(work: AgentsWork): string {
  return doing(work).toLowerCase();
}

function done(work: AgentsWork): string {
  return work.do === 'drain' ? 'drained' : `${work.do}d`;
}

/** When a plan that is confirmed begins; null: at once. */
export function toBegin(hour: Hour | undefined): string | null {
  return hour === undefined
    ? null
    : `*To begin ${hourWords(hour)}${zoneNote(hour)}*, once it is confirmed. It is looked at and judged again then: this is how it is now.`;
}
