import { plain as asTyped } from '../../../commands/slack-escapes.ts';
import type { AuditEntry, AuditEvent, Json } from '../../../domain/audit.ts';
import type { AuditLine, Notice } from '../../../domain/notice.ts';
import { causeOfCode } from '../drains/cause.ts';
import { agentName } from '../text/agent-name.ts';
import { code, link, mention, plain } from '../text/escape.ts';
import { count, list, note, type Part, text } from '../text/part.ts';
import { stamp } from '../text/time.ts';

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

/** Number, time, who did what, to which agent, why. `before`: the line above; the day is told when it may differ. */
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
    why === null ? null : `reason: ${plain(why, 100)}`,
  ]
    .filter((each) => each !== null)
    .join(', ');
}

function actorWords({ actor }: AuditEntry): string {
  switch (actor.kind) {
    case 'person':
      return mention(actor.user);
    case 'bot':
      return 'the bot';
    case 'outside':
      return 'somebody outside the bot';
  }
}

/** Whether the line shows the command as typed. */
function tellsCommand({ event }: AuditEntry): boolean {
  return event.startsWith('command.') || event === 'call.intended';
}

/** Who did what, and what came of it. */
function eventWords(entry: AuditEntry): string {
  const who = actorWords(entry);
  // Slack's own marks undone: what was typed, not what was sent.
  const typed =
    entry.command === undefined ? 'a command' : code(`/mesos ${asTyped(entry.command.typed)}`, 120);
  const call = plain(entry.request?.call ?? 'a call', 40);
  const status = entry.response?.status == null ? '' : ` (${entry.response.status})`;
  const decision = spelled(entry.decision);
  const outcome = spelled(entry.outcome);
  const words: Record<AuditEvent, string> = {
    'bot.started': `${who} started`,
    'bot.stopped': `${who} stopped`,
    'command.accepted': `${who} typed ${typed}: accepted`,
    'command.answered': `${who} typed ${typed}: answered`,
    'command.refused': `${who} typed ${typed}: refused${decision.replace(':', ',')}`,
    'command.failed': `${who} typed ${typed}: failed${outcome.replace(':', ',')}`,
    'command.late': `${who} typed ${typed}: picked up too late, not run`,
    'commands.limited': `${who} typed too many commands`,
    'call.intended': `${who} typed ${typed}: allowed, about to send ${call}`,
    'call.accepted': `${call} for ${who}: accepted by the master${status}`,
    'call.rejected': `${call} for ${who}: rejected by the master${status}`,
    'call.unknown': `${call} for ${who}: no clear answer${status}`,
    'drain.effect-seen': `${who} saw on the master that the call took effect`,
    'drain.progressed': `${who} saw ${tasksLeft(entry.facts)}`,
    'drain.waiting': `${who} found the drain stuck${outcome}`,
    'drain.moving-again': `${who} saw the drain move again`,
    'drain.drained': `${who} proved it DRAINED${outcome}`,
    'drain.ended': `${who} ended the drain${outcome}`,
    'reactivation.effect-seen': `${who} saw on the master that the reactivation took effect`,
    'reactivation.waiting': `${who} found the reactivated agent not back yet${outcome}`,
    'reactivation.ended': `${who} ended the reactivation${outcome}`,
    'notice.undeliverable': `${who} could not deliver a message${outcome}`,
  };
  // A newer version of the bot may have written events that this one has no words for.
  return words[entry.event] ?? `${who}: ${plain(entry.event, 60)}`;
}

/** `5 of 8 tasks left`; the first look finds all of them. */
function tasksLeft(facts: Json | undefined): string {
  const { left = null, of = null } =
    facts !== null && typeof facts === 'object' && !Array.isArray(facts) ? facts : {};
  if (typeof left !== 'number') return 'tasks end';
  if (typeof of !== 'number') return `${count(left, 'task')} left`;
  return left === of ? `all ${count(of, 'task')} still there` : `${left} of ${count(of, 'task')} left`;
}

const proofs: Record<string, string> = {
  'master-and-agent': 'master and agent both say so',
  'master-only': 'only the master says so',
};

/** A stable code as words: `not-operator` → `not operator`. */
function spelled(code: string | undefined): string {
  if (code === undefined) return '';
  return `: ${causeOfCode(code) ?? proofs[code] ?? plain(code.replaceAll('-', ' '), 160)}`;
}
