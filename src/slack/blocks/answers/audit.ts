import { slash } from '../../../commands/grammar.ts';
import type { AuditFilter } from '../../../domain/audit/filter.ts';
import { iso, showApprovalId, showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { Notice, OpenLine } from '../../../domain/notice.ts';
import type { CommandButton } from '../text/buttons.ts';
import { bold, code, link, mention, plain } from '../text/escape.ts';
import { thatFit } from '../text/limits.ts';
import { buttons, list, note, type Part, text } from '../text/part.ts';
import { minute } from '../text/time.ts';
import { deedWords } from './deed-words.ts';

type Page = Extract<Notice, { kind: 'audit-deeds' }>;

/** A page of the audit log, newest first, a line a deed, with the buttons that turn it. */
export function auditParts(notice: Page): Part[] {
  const { deeds, filter, who, older } = notice;
  const lines = deeds.map((line) =>
    who === null ? deedWords(line, filter.by) : deedWords(line, filter.by, 300),
  );
  const head = [text(...headWords(notice)), note(...footWords(notice))];
  // Both buttons, so that which of them are needed changes nothing in what fits.
  const widest = buttons(older_(notice, Number.MAX_SAFE_INTEGER), newest(notice));
  const shown = Math.max(1, thatFit(lines, [...head, widest]));
  const last = deeds.slice(0, shown).at(-1);
  const turning = [
    ...(last !== undefined && (older || shown < deeds.length) ? [older_(notice, last.place)] : []),
    ...(notice.isFirst ? [] : [newest(notice)]),
  ];
  const [first, foot] = head;
  return [
    ...(first === undefined ? [] : [first]),
    ...(lines.length === 0 ? [] : [list(lines.slice(0, shown))]),
    ...(turning.length === 0 ? [] : [buttons(...turning)]),
    ...(foot === undefined ? [] : [foot]),
  ];
}

function older_({ words }: Page, place: number): CommandButton {
  return { label: 'Older', words: `${words} --before ${place}` };
}

function newest({ words }: Page): CommandButton {
  return { label: 'Newest', words };
}

function headWords({ deeds, filter, who, isFirst }: Page): string[] {
  const by = filterWords(filter, who !== null);
  const narrowed = by.length === 0 ? '' : ` ${by.join(', ')}`;
  const further = isFirst ? '' : ', further back';
  if (who !== null)
    return [
      `*Who did what to ${bold(who.hostname).slice(1, -1)}${narrowed}*${further}, newest first.`,
      who.open.length === 0
        ? 'No work of this bot is under way on it.'
        : `*Under way:* ${who.open.map(openWords).join('; ')}.`,
      ...(deeds.length > 0 ? [] : [isFirst ? 'The log has nothing about it.' : 'Nothing is older.']),
    ];
  if (deeds.length > 0) return [`*Audit log${narrowed}*${further}, newest first.`];
  if (!isFirst) return [`*Audit log${narrowed}:* nothing is older.`];
  return [
    narrowed === ''
      ? '*The audit log has nothing to show yet.*'
      : `*The audit log has nothing${narrowed}.* Leave out a flag to see more.`,
  ];
}

/** What is asked for, in words that follow "Audit log". */
function filterWords(
  { agent, cluster, by, command, since, until }: AuditFilter,
  agentIsTold: boolean,
): string[] {
  return [
    agent === null || agentIsTold ? null : `on ${plain(agent)}`,
    cluster === null ? null : `of cluster ${plain(cluster, 64)}`,
    by === null ? null : `by ${mention(by)}`,
    command === null ? null : `of ${code(command, 40)}`,
    since === null ? null : `since ${minute(iso(since), null)}`,
    until === null ? null : `until ${minute(iso(until), null)}`,
  ].filter((each) => each !== null);
}

function footWords({ filter, deeds, who, archive }: Page): (string | null)[] {
  const drains = deeds.flatMap(({ deed }) =>
    deed.kind === 'command' ? deed.parts.map(({ drain }) => drain) : [],
  );
  const example = drains.find((drain) => drain !== null);
  return [
    archive === null ? null : `What is older is in the closed file ${code(archive, 200)}.`,
    filter.command === null && who === null
      ? `Commands that only read are left out; ${code(`${slash} audit --command status`)} shows such.`
      : null,
    example === undefined
      ? null
      : `What happened in one of them, step by step: ${code(`${slash} audit d${example}`)}.`,
  ];
}

/** Work that is not finished, with the way to its thread. */
function openWords({ work, permalink }: OpenLine): string {
  switch (work.what) {
    case 'drain':
      return `${work.way === 'drain' ? 'drain' : 'deactivation'} ${link(permalink, showDrainId(work.drain))}`;
    case 'drained':
      return `${link(permalink, showDrainId(work.drain))} keeps it out of service`;
    case 'approval':
      return `question ${link(permalink, showApprovalId(work.approval))} waits for a second person`;
    case 'plan':
      return `plan ${link(permalink, showPlanId(work.plan))} has it on its list`;
    case 'mark-gone':
      return `it is being ${link(permalink, 'marked gone')}`;
    case 'reactivation':
      return `it is being ${link(permalink, 'reactivated')}`;
  }
}
