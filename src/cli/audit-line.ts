import { plain as asTyped } from '../commands/slack-escapes.ts';
import type { AuditEntry, Json } from '../domain/audit.ts';

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
    case 'os-user':
      return `${actor.name} on ${actor.host}`;
  }
}

/** On whose word it was done. */
function approvedBy({ approval }: AuditEntry): string | undefined {
  if (approval === undefined) return undefined;
  const by = approval.by.map(({ name }) => name).join(', ');
  return by === '' ? `a${approval.id}` : `approved by ${by} (a${approval.id})`;
}

/** What was said or came of it; the whole entry stands in `--json`. What was typed stands once, where it was let in
 * or refused: the call that follows from it needs no second copy. */
function words(entry: AuditEntry): string {
  const { event, drain, command, request, response, decision, outcome, reason } = entry;
  const status = response?.status ?? null;
  const isAnswer = event.startsWith('call.') && event !== 'call.intended';
  // Slack's own marks undone: what was typed, not what was sent.
  const typed = command === undefined || isAnswer ? undefined : asTyped(command.typed);
  // `answered` of `command.answered` needs no second word.
  const isInEvent = (code: string | undefined) => event.endsWith(`.${code}`);
  return [
    drain === undefined ? undefined : `d${drain}`,
    typed,
    request === undefined ? undefined : callOf(request),
    isAnswer || isInEvent(decision) ? undefined : decision,
    isInEvent(outcome) ? undefined : outcome,
    tasksLeft(entry.facts),
    status === null ? undefined : `HTTP ${status}`,
    // Whose vote it is stands in its own column.
    event === 'approval.vote' ? undefined : approvedBy(entry),
    reason === undefined || typed?.includes(reason) ? undefined : `“${reason}”`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** Two calls of one name, of which the second can't be undone, must not read alike. */
function callOf({ call, body }: NonNullable<AuditEntry['request']>): string {
  return body.includes('"mark_gone":true') ? `${call} with mark_gone` : call;
}

function tasksLeft(facts: Json | undefined): string | undefined {
  if (facts === undefined || facts === null || typeof facts !== 'object' || Array.isArray(facts))
    return undefined;
  const { left, of } = facts;
  if (typeof left !== 'number') return undefined;
  return typeof of === 'number' ? `${left} of ${of} tasks left` : `${left} tasks left`;
}

function pad(cells: string[]): string {
  return cells
    .map((cell, index) => plain(cell).padEnd(widths[index] ?? 0))
    .join('  ')
    .trimEnd();
}
