import type { ExportContent } from '../../../app/ports.ts';
import { sharedLimits } from '../../../domain/audit/export/formats.ts';
import type { AuditFilter } from '../../../domain/audit/filter.ts';
import { type Instant, iso } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { code, mention, plain } from '../text/escape.ts';
import { count, heading, type Part, text } from '../text/part.ts';

type Export = Extract<Notice, { kind: 'audit-export' }>;

const named = { csv: 'CSV', jsonl: 'JSON lines' } as const;

/** The answer: that a file comes, with what, and where there is more. */
export function exportingParts(notice: Extract<Notice, { kind: 'audit-exporting' }>): Part[] {
  const about = aboutWords(notice.filter);
  if (!notice.found) return [text(`*The audit log has no entry${about}.* So there is no file either.`)];
  return [
    text(
      `*The audit log${about} comes to you as a file*, ${named[notice.format]}, in a direct message from the bot.`,
      `It ends with entry #${notice.upTo} of the log at most, and has the newest ${sharedLimits.entries / 1000},000 entries, or ${sharedLimits.bytes / 1_000_000} MB. ${allOfIt(notice.format)}`,
    ),
  ];
}

/** The same where it can't go as a file. */
export function exportParts(notice: Export): Part[] {
  return [heading(exportTitle(notice)), text(allOfIt(notice.format))];
}

export function exportTitle({ upTo }: Export): string {
  return `Audit log up to #${upTo}`;
}

/** What the message with the file says: what is in it, and what is not. */
export function exportComment(
  { format, filter }: Export,
  { entries, from, more, closedUpTo }: Omit<ExportContent, 'bytes'>,
): string {
  const about = aboutWords(filter);
  const closed =
    closedUpTo === null
      ? ''
      : ` Entries up to #${closedUpTo} stand in a file that was closed: \`npm run audit -- export\` takes its name.`;
  if (from === null) return `The audit log has no entry${about}.${closed}`;
  if (more)
    return `The audit log: the *newest* ${count(entries, 'entry', 'entries')}${about}, from #${from} on. There are older ones, too many for a file here. ${allOfIt(format)}${closed}`;
  const all = entries === 1 ? 'the one entry' : `all ${entries} entries`;
  return `The audit log: ${all}${about}, from #${from} on.${closed}`;
}

function allOfIt(format: Export['format']): string {
  return `For any number of entries: \`npm run audit -- export --format ${format}\` on the bot's machine.`;
}

/** Which entries, after a noun. */
function aboutWords({ agent, cluster, by, command, since, until }: AuditFilter): string {
  return [
    agent === null ? '' : ` about ${code(agent)}`,
    cluster === null ? '' : ` of cluster ${plain(cluster, 64)}`,
    by === null ? '' : ` by ${mention(by)}`,
    command === null ? '' : ` with the command ${plain(command)}`,
    since === null ? '' : ` from ${hour(since)} on`,
    until === null ? '' : ` before ${hour(until)}`,
  ].join('');
}

/** In UTC, as the file has it. */
function hour(at: Instant): string {
  return `${iso(at).slice(0, 16).replace('T', ' ')} UTC`;
}
