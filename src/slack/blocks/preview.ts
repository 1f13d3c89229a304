import { showDrainId } from '../../domain/ids.ts';
import type { Preview } from '../../domain/preview.ts';
import { agentName, fullId, rawAgent, typable } from './agent-name.ts';
import { plain } from './escape.ts';
import { heldWords, roomWords } from './held.ts';
import { count, enumerate, facts, heading, note, type Part, text } from './part.ts';
import { groupParts } from './preview-groups.ts';
import { warningParts } from './preview-warnings.ts';
import { spoken, when } from './time.ts';

/** The answer to `preview` and `--dry-run`: verdict, what stands in the way, tasks by framework, the agent, and
 * the command that would do it. */
export function previewParts(preview: Preview, dryRun: boolean): Part[] {
  const agent = named(preview);
  const ends = ending(preview);
  return [
    heading(`${rawAgent(agent)}: ${verdict(preview)}`),
    ...(ends === null ? [] : [text(`${ends.charAt(0).toUpperCase()}${ends.slice(1)}.`)]),
    ...warningParts(preview),
    ...groupParts(preview),
    ...heldParts(preview),
    agentFacts(preview),
    text(`*Next:* ${nextCommand(preview)}`),
    note(
      `${dryRun ? 'Dry run: nothing' : 'Only looked: nothing'} was sent to the master. As read at ${when(preview.at, preview.at)}.`,
    ),
  ];
}

/** The preview at the head of a drain's card. */
export function previewInShort(preview: Preview): Part[] {
  const ends = ending(preview);
  return [
    text(`*Before:* ${plain(verdict(preview), 200)}${ends === null ? '' : `, ${ends}`}.`),
    ...warningParts(preview),
    ...groupParts(preview),
  ];
}

function named({ subject }: Preview) {
  return subject.kind === 'registered' ? subject.agent : subject.known;
}

function verdict(preview: Preview): string {
  const { groups, subject } = preview;
  if (!groups.known) {
    return subject.kind === 'away'
      ? `${awayWord(subject.state)}; what runs on it is not known`
      : 'what runs on it is not known';
  }
  const tasks = groups.value.reduce((sum, group) => sum + group.tasks.length, 0);
  if (tasks === 0) return 'no tasks run on it';
  return `${count(tasks, 'task')} of ${count(groups.value.length, 'framework')}`;
}

/** When it would be over; null where nothing runs or nobody knows what does. */
function ending({ groups, expectedEnd, at }: Preview): string | null {
  if (!groups.known || groups.value.every((group) => group.tasks.length === 0)) return null;
  if (expectedEnd === null) return 'when they would end is not known';
  return `ends by about ${when(expectedEnd, at)} (within ${spoken(Math.max(0, expectedEnd - at) / 1000)})`;
}

function awayWord(state: 'unreachable' | 'recovered' | 'gone' | 'absent' | 'unexplained'): string {
  switch (state) {
    case 'unreachable':
      return 'unreachable';
    case 'recovered':
      return 'not back since the master changed';
    case 'gone':
      return 'gone';
    case 'absent':
      return 'not listed by the master';
    case 'unexplained':
      return 'not listed, and why is not known';
  }
}

function heldParts({ held, markGone }: Preview): Part[] {
  if (held.length === 0) return [];
  if (!markGone) return [text(`It holds ${heldWords(held)}. A plain drain leaves them where they are.`)];
  return [text(`*Marking it gone would destroy for good:* ${heldWords(held)}.`)];
}

function agentFacts({ subject, maxGrace, at, cluster }: Preview): Part {
  const agent = subject.kind === 'registered' ? subject.agent : subject.known;
  const attributes = Object.entries(agent.attributes).map(([key, value]) => plain(`${key}=${value}`, 60));
  return facts(
    ['Agent', agentName(agent)],
    ['Agent ID', fullId(agent.agentId)],
    ['Address', agent.address === null ? null : plain(`${agent.address.ip}:${agent.address.port}`)],
    ['Cluster', plain(cluster)],
    ['Max grace period', maxGrace === null ? "none: each task's own" : spoken(maxGrace)],
    ['Attributes', attributes.length === 0 ? null : enumerate(attributes, 6)],
    ['Version', subject.kind === 'registered' ? `Mesos ${plain(subject.agent.version, 40)}` : null],
    ['In use', subject.kind === 'registered' ? roomWords(subject.agent.used, subject.agent.total) : null],
    ['Last seen', subject.kind === 'registered' ? null : when(subject.known.lastSeenAt, at)],
  );
}

function nextCommand(preview: Preview): string {
  if (preview.openDrain !== null) return `\`/mesos status ${showDrainId(preview.openDrain)}\``;
  const { subject } = preview;
  if (subject.kind === 'away' && subject.state !== 'unreachable' && subject.state !== 'recovered') {
    return '`/mesos agents` lists the agents that can be drained.';
  }
  const words = [
    '/mesos drain',
    typable(named(preview).agentId) ?? 'TARGET',
    preview.maxGrace === null ? '' : `--max-grace-period ${preview.maxGrace}s`,
    preview.markGone ? '--mark-gone' : '',
    '--reason "…"',
  ];
  return `\`${words.filter((word) => word !== '').join(' ')}\``;
}
