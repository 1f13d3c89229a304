import type { AuditLine, Notice } from '../../../domain/notice.ts';
import { agentName } from '../text/agent-name.ts';
import { code, link, mention, plain } from '../text/escape.ts';
import { count, enumerate, list, note, type Part, text } from '../text/part.ts';
import { stamp } from '../text/time.ts';
import { eventWords, tellsCommand } from './audit-events.ts';

/** A page of the audit log, newest first, one line an entry, then the head of the chain. */
export function auditParts(notice: Extract<Notice, { kind: 'audit-page' }>): Part[] {
  const { entries, total, filters, chainHead } = notice;
  const about = filters === '' ? '' : ` for ${plain(filters, 200)}`;
  const newest = [...entries].sort((a, b) => b.entry.seq - a.entry.seq);
  return [
    text(
      total === 0
        ? `*The audit log has no entry${about}.*`
        : `*Audit log: ${count(total, 'entry', 'entries')}${about}*, newest first${
            entries.length < total
              ? `; the latest ${entries.length}: narrow it with --agent, --by or --since`
              : ''
          }.`,
    ),
    list(
      withLinks(newest).map((line, at, all) => lineWords(line, all[at - 1])),
      (left) => `…and ${left} older: narrow it with --agent, --by or --since.`,
    ),
    note(
      chainHead === null
        ? 'The log is empty.'
        : `Head of the chain: entry ${chainHead.seq}, ${code(chainHead.hash, 64)}. To check it: \`npm run audit -- verify\`.`,
    ),
  ];
}

/** Each thread is linked once, by its newest entry: links take the room of other entries. */
function withLinks(lines: AuditLine[]): AuditLine[] {
  const linked = new Set<string>();
  return lines.map((line) => {
    if (line.permalink === null || linked.has(line.permalink)) return { ...line, permalink: null };
    linked.add(line.permalink);
    return line;
  });
}

/** Number, time, who did what, to which agent, on whose approval, why. `before`: the line above; the day is told when it may differ. */
function lineWords({ entry, permalink }: AuditLine, before: AuditLine | undefined): string {
  const { agent, drain, reason, command } = entry;
  // The typed command has the reason in it already.
  const why =
    reason === undefined || (tellsCommand(entry) && command?.typed.includes(reason)) ? null : reason;
  return [
    `#${entry.seq} ${stamp(entry.at, before?.entry.at ?? null)} ${eventWords(entry)}`,
    agent === undefined ? null : agentName({ agentId: agent.id, hostname: agent.hostname }),
    drain === undefined
      ? permalink === null
        ? null
        : link(permalink, 'thread')
      : link(permalink, `drain d${drain}`),
    approvalWords(entry),
    why === null ? null : `reason: ${plain(why, 100)}`,
  ]
    .filter((each) => each !== null)
    .join(', ');
}

/** On whose approval. */
function approvalWords({ approval }: AuditLine['entry']): string | null {
  if (approval === undefined) return null;
  const { id, by } = approval;
  return by.length === 0
    ? `question a${id}`
    : `approved by ${enumerate(by.map(({ user }) => mention(user)))} (a${id})`;
}
