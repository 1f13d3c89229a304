import type { FrameworkLoss, Loss } from '../../../domain/approval/loss.ts';
import type { Act } from '../../../domain/approval.ts';
import { heldTally, oneHeld } from '../drains/held.ts';
import { fullId } from '../text/agent-name.ts';
import { clause, plain } from '../text/escape.ts';
import { count, enumerate, list, type Part, text } from '../text/part.ts';

/** What a call would destroy: the verdict in bold, then each volume, reservation and framework on a line of its own.
 * What is not known is said as such, never as none. */
export function lossParts(act: Act, loss: Loss): Part[] {
  if (act.kind === 'drain')
    return [
      text('*Lost for good:* nothing: volumes and reservations stay. What it costs is the end of its tasks.'),
    ];
  const items = [
    ...(loss.held.known ? loss.held.value.map(oneHeld) : []),
    ...(loss.tasks?.known ? loss.tasks.value.filter(({ tasks }) => tasks > 0).map(ofFramework) : []),
  ];
  return [
    text(`*Lost for good:* ${items.length === 1 ? `${items[0]}.` : verdict(loss)}`, ...unknowns(loss)),
    ...(items.length < 2
      ? []
      : [list(items, (left) => `…and ${left} more: \`/mesos preview\` with \`--mark-gone\` shows them.`)]),
  ];
}

/** The same in a few words, for looking back; null where nothing is destroyed. */
export function lossInShort(act: Act, loss: Loss): string | null {
  return act.kind === 'drain' ? null : lossWords(loss);
}

/** What is lost, as one or two sentences. */
export function lossWords(loss: Loss): string {
  return [verdict(loss), ...unknowns(loss)].join(' ');
}

function verdict({ held, tasks }: Loss): string {
  const sum = tasks?.known ? tasks.value.reduce((all, each) => all + each.tasks, 0) : 0;
  const known = [
    ...(held.known ? heldTally(held.value) : []),
    ...(sum > 0 ? [count(sum, 'running task')] : []),
  ];
  if (known.length > 0) return `*${enumerate(known)}.*`;
  if (!held.known) return '*not known.*';
  if (tasks === null) return 'nothing: no volume, no reservation.';
  return tasks.known
    ? 'nothing: no volume, no reservation, no task.'
    : 'no volume, no reservation; its tasks are *not known.*';
}

function unknowns({ held, tasks }: Loss): string[] {
  return [
    held.known
      ? null
      : `*Not known,* and so perhaps lost too: its volumes and reservations (${clause(held.why, 200)}).`,
    tasks === null || tasks.known
      ? null
      : `*Not known,* and so perhaps lost too: its running tasks (${clause(tasks.why, 200)}).`,
  ].filter((each) => each !== null);
}

function ofFramework(loss: FrameworkLoss): string {
  return `${count(loss.tasks, 'task')} of ${frameworkOf(loss)}`;
}

/** A framework by its name, or by its id where the master tells none. */
export function frameworkOf({ framework, name }: Pick<FrameworkLoss, 'framework' | 'name'>): string {
  return name === null ? `${fullId(framework)} (name not known)` : plain(name, 80);
}
