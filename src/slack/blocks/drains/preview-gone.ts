import type { Preview, TaskGroup } from '../../../domain/preview.ts';
import { howWords } from '../approvals/act-words.ts';
import { fullId } from '../text/agent-name.ts';
import { clause, plain } from '../text/escape.ts';
import { count, enumerate, list, type Part, text } from '../text/part.ts';
import { heldOrNot } from './held.ts';
import { beyondWarnings, openDrainLink } from './preview-beyond.ts';
import { unlistedWords } from './preview-groups.ts';

/** What an agent holds, and what marking it gone does with that and how. */
export function heldParts(preview: Preview): Part[] {
  const { held, markGone, unattended, maxGrace, subject } = preview;
  if (!markGone)
    return held.known && held.value.length === 0
      ? []
      : [text(`It holds ${heldOrNot(held)}. A plain drain leaves them where they are.`)];
  // Nothing is left to be marked gone.
  if (subject.kind === 'away' && (subject.state === 'gone' || subject.state === 'absent')) return [];
  const act = { kind: unattended ? ('drain-unattended' as const) : ('drain-then-gone' as const), maxGrace };
  return [
    text(
      held.known && held.value.length === 0
        ? '*Marking it gone would destroy* nothing: no volume, no reservation.'
        : `*Marking it gone would destroy for good:* ${heldOrNot(held)}.`,
      subject.kind === 'away'
        ? 'A drain that marks it gone is refused while it is away: the order would wait, and fire when the repaired machine returns.'
        : `*How:* ${howWords(act, null)} A second person has to approve it.`,
    ),
  ];
}

/** The frameworks whose tasks may lose their grace when the master is told of `mark_gone` before they have ended: the
 * first “killing” update then counts as the end. Source: mesos-api 2.3 and 11 (recorded on a real master). */
export function graceLost({ unattended, groups, subject }: Preview): string[] {
  if (!unattended || !groups.known || subject.kind === 'away') return [];
  const running = groups.value.filter(({ tasks }) => tasks.length > 0);
  const losing = running.filter(({ framework }) => framework.name !== null && knowsKilling(framework));
  const unknown = running.filter(({ framework }) => framework.name === null);
  return [
    ...(losing.length === 0
      ? []
      : [
          `Tasks of ${enumerate(losing.map(({ framework }) => plain(framework.name ?? framework.id, 60)))} may lose their grace: their first “killing” update counts as the end (PARTITION_AWARE, TASK_KILLING). Recorded: the agent was gone after 0.2 s of a 10 s grace, with the task still running 22 s later.`,
        ]),
    ...(unknown.length === 0
      ? []
      : [
          `Whether tasks of ${enumerate(unknown.map(({ framework }) => fullId(framework.id)))} may lose their grace is not known.`,
        ]),
  ];
}

/** What to mind about MARK_AGENT_GONE, which waits for nothing. */
export function goneInTheWay(preview: Preview): Part[] {
  const { pendingOperations, alsoKnownAs, openDrain } = preview;
  const warnings = [
    openDrain === null ? null : `Drain ${openDrainLink(openDrain, preview)} is open on this agent.`,
    unlistedWords(preview),
    ...beyondWarnings(preview),
    pendingOperations.known
      ? pendingOperations.value === 0
        ? null
        : `${count(pendingOperations.value, 'operation')} pending on it: nothing waits for them.`
      : `Whether operations are pending on it is not known: ${clause(pendingOperations.why, 200)}.`,
    alsoKnownAs.length === 0
      ? null
      : `Not meant, though of the same hostname: ${enumerate(
          alsoKnownAs.map((each) => `${fullId(each.agentId)} (${plain(each.state, 40)})`),
          3,
        )}.`,
  ].filter((each) => each !== null);
  return warnings.length === 0 ? [] : [list(warnings.map((each) => `*Mind:* ${each}`))];
}

function knowsKilling(framework: TaskGroup['framework']): boolean {
  return framework.name !== null && framework.partitionAware && framework.knowsTaskKilling;
}
