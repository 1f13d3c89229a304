import { typedDuration } from '../../../domain/duration.ts';
import { showDrainId } from '../../../domain/ids.ts';
import type { Preview } from '../../../domain/preview.ts';
import { fullId, rawAgent, typable } from '../text/agent-name.ts';
import { plain } from '../text/escape.ts';
import { heading, note, type Part, text } from '../text/part.ts';
import { spoken, when } from '../text/time.ts';
import { roomWords } from './held.ts';
import { beyondNotes } from './preview-beyond.ts';
import { fullPreviewText } from './preview-full.ts';
import { heldParts } from './preview-gone.ts';
import { graceCaveats } from './preview-grace.ts';
import { groupParts, groupsInShort } from './preview-groups.ts';
import { drainState, named, tasksIn, verdict } from './preview-verdict.ts';
import { warningParts } from './preview-warnings.ts';
import { usualLine } from './usual.ts';

/** The answer to `preview` and `--dry-run`: verdict, how long, what stands in the way, tasks by framework, the
 * command that would do it; the agent's particulars as small print. */
export function previewParts(preview: Preview, { dryRun, file }: { dryRun: boolean; file: boolean }): Part[] {
  const already = drainState(preview);
  const lasts = duration(preview);
  return [
    heading(`${rawAgent(named(preview))}${already === null ? '' : `: ${already} already`}`),
    text(`${verdict(preview)}.`),
    ...(lasts === null ? [] : [text(lasts, history(preview), ...graceCaveats(preview))]),
    ...warningParts(preview),
    ...notesBeyond(preview),
    ...groupParts(preview),
    ...heldParts(preview),
    text(`*Next:* ${nextCommand(preview)}`),
    note(...particulars(preview)),
    ...(file ? [note('The whole lists come to you as a file, in your conversation with the bot.')] : []),
    note(
      `${dryRun ? 'Dry run: nothing' : 'Only looked: nothing'} was sent to the master. As read at ${when(preview.at, preview.at)}.`,
    ),
  ];
}

/** The preview at the head of a drain's card, or on a prompt. `title`: as of when. */
export function previewInShort(preview: Preview, title = 'At the start'): Part[] {
  return [
    ...verdictAndWarnings(preview, title),
    ...groupsInShort(preview),
    ...notesBeyond(preview),
    ...fileNote(preview),
  ];
}

/** The same without the tasks, which a prompt may show as loss already. */
export function previewWithoutTasks(preview: Preview, title: string): Part[] {
  return [...verdictAndWarnings(preview, title), ...notesBeyond(preview), ...fileNote(preview)];
}

/** Older bots sent none. */
function fileNote(preview: Preview): Part[] {
  return preview.beyond === null || fullPreviewText(preview) === null
    ? []
    : [note('The whole lists are in a file in the thread.')];
}

function verdictAndWarnings(preview: Preview, title: string): Part[] {
  return [
    text(`*${title}:* ${verdict(preview)}`, history(preview), ...graceCaveats(preview)),
    ...warningParts(preview),
  ];
}

/** Not of one that drains already, nor of one that is away, where nothing begins now. */
function history(preview: Preview): string | null {
  if (drainState(preview) !== null || preview.subject.kind === 'away') return null;
  return usualLine(preview.beyond?.usual);
}

function notesBeyond(preview: Preview): Part[] {
  const notes = beyondNotes(preview);
  return notes.length === 0 ? [] : [note(...notes)];
}

/** How long it would take at most, by the grace periods; null where nothing runs, nobody knows what does, or it is
 * being drained already, with other grace periods. */
function duration(preview: Preview): string | null {
  const { expectedEnd, at, maxGrace } = preview;
  if (drainState(preview) !== null || tasksIn(preview) === 0) return null;
  const grace =
    maxGrace === null ? 'each task with its own grace period' : `max grace period ${spoken(maxGrace)}`;
  return expectedEnd === null
    ? `How long a drain would take is not known; ${grace}.`
    : `A drain would take up to about ${spoken(Math.max(0, expectedEnd - at) / 1000)}, ${grace}.`;
}

/** What else is known of the agent: what it has, and where it is. */
function particulars({ subject, at, cluster }: Preview): string[] {
  const agent = subject.kind === 'registered' ? subject.agent : subject.known;
  const attributes = Object.entries(agent.attributes).map(([key, value]) => plain(`${key}=${value}`, 60));
  const has = [
    attributes.length === 0 ? null : attributes.slice(0, 6).join(', '),
    subject.kind === 'registered'
      ? `in use ${roomWords(subject.agent.used, subject.agent.total)}`
      : `last seen ${when(subject.known.lastSeenAt, at)}`,
  ];
  const is = [
    `Agent ID: ${fullId(agent.agentId)}`,
    agent.address === null ? null : plain(`${agent.address.ip}:${agent.address.port}`),
    subject.kind === 'registered' ? `Mesos ${plain(subject.agent.version, 40)}` : null,
    plain(cluster),
  ];
  return [has, is].map((line) => line.filter((each) => each !== null).join(' · '));
}

function nextCommand(preview: Preview): string {
  if (preview.openDrain !== null) return `\`/mesos status ${showDrainId(preview.openDrain)}\``;
  const { subject } = preview;
  if (drainState(preview) !== null) {
    const about = shortTarget(preview);
    return about === null
      ? '`/mesos status`'
      : `\`/mesos audit --agent ${about}\` shows whether the bot did that.`;
  }
  if (subject.kind === 'away' && subject.state !== 'unreachable' && subject.state !== 'recovered') {
    return '`/mesos agents` lists the agents that can be drained.';
  }
  if (preview.markGone && subject.kind === 'away')
    return subject.state === 'recovered'
      ? 'wait until the master has it back, or calls it unreachable.'
      : `if the machine is dead and powered off: \`/mesos mark-gone ${shortTarget(preview) ?? 'TARGET'} --reason "…"\``;
  const words = [
    '/mesos drain',
    shortTarget(preview) ?? 'TARGET',
    preview.maxGrace === null ? '' : `--max-grace-period ${typedDuration(preview.maxGrace)}`,
    preview.markGone ? '--mark-gone' : '',
    preview.unattended ? '--unattended' : '',
    '--reason "…"',
  ];
  return `\`${words.filter((word) => word !== '').join(' ')}\``;
}

/** The hostname, which people know by heart, where it means this agent alone; else the whole id. What can't be undone
 * wants the id where a hostname had several. */
function shortTarget(preview: Preview): string | null {
  const { agentId, hostname } = named(preview);
  const alone = preview.alsoKnownAs.length === 0 && preview.subject.kind === 'registered';
  return alone && /^[a-z][\w.-]{0,100}$/i.test(hostname) ? hostname : typable(agentId);
}
