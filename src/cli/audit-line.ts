import type { AuditEntry } from '../domain/audit.ts';

const widths = [5, 24, 18, 20, 26];

/** The head of the table that {@link auditLine} writes. */
export const auditHeading = pad(['SEQ', 'TIME (UTC)', 'WHO', 'EVENT', 'AGENT', 'WORDS']);

/** An entry in one line of a table. Foreign text can't move the cursor or hide what follows it. */
export function auditLine(entry: AuditEntry): string {
  return pad([
    String(entry.seq),
    entry.at,
    who(entry),
    entry.event,
    entry.agent?.hostname ?? '',
    words(entry),
  ]);
}

/** Text from anywhere, made fit for a terminal: no control characters, no change of direction, at most `limit` long. */
export function plain(text: string, limit = 200): string {
  const clean = text.replace(/[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu, '\uFFFD');
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean;
}

function who({ actor }: AuditEntry): string {
  switch (actor.kind) {
    case 'person':
      return `${actor.name} ${actor.user}`;
    case 'bot':
      return 'the bot';
    case 'outside':
      return 'outside the bot';
  }
}

/** What was said or came of it; the whole entry stands in `--json`. */
function words({ command, request, response, decision, outcome, reason }: AuditEntry): string {
  const status = response?.status ?? null;
  return [
    command?.typed,
    request?.call,
    decision,
    outcome,
    status === null ? undefined : `HTTP ${status}`,
    reason === undefined ? undefined : `“${reason}”`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function pad(cells: string[]): string {
  return cells
    .map((cell, index) => plain(cell).padEnd(widths[index] ?? 0))
    .join('  ')
    .trimEnd();
}
