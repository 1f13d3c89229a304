import type { AuditEntry, AuditEvent, Json } from '../../domain/audit.ts';
import type { AuditLine, Notice } from '../../domain/notice.ts';
import { agentName } from './agent-name.ts';
import { causeOfCode } from './cause.ts';
import { code, link, mention, plain } from './escape.ts';
import { count, list, note, type Part, text } from './part.ts';
import { stamp } from './time.ts';

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
            entries.length < total ? `; the latest ${entries.length}` : ''
          }.`,
    ),
    list(
      withLinks(newest).map(lineWords),
      (left) => `…and ${left} older: narrow it with --agent, --by or --since.`,
    ),
    note(
      chainHead === null
        ? 'The log is empty.'
        : `Head of the chain: entry ${chainHead.seq}, ${code(chainHead.hash, 64)}. To check it: \`npm run audit -- verify FILE\`.`,
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

function lineWords({ entry, permalink }: AuditLine): string {
  const drain = entry.drain === undefined ? null : `drain d${entry.drain}`;
  return [
    `#${entry.seq} ${stamp(entry.at)} ${actorWords(entry)} ${eventWords(entry)}`,
    entry.agent === undefined ? null : agentName({ agentId: entry.agent.id, hostname: entry.agent.hostname }),
    drain === null ? null : link(permalink, drain),
    entry.reason === undefined ? null : `reason: ${plain(entry.reason, 100)}`,
    drain === null && permalink !== null ? link(permalink, 'thread') : null,
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

/** What happened, as the rest of a sentence that begins with who did it. */
function eventWords(entry: AuditEntry): string {
  const typed = entry.command === undefined ? 'a command' : code(`/mesos ${entry.command.typed}`, 120);
  const call = plain(entry.request?.call ?? 'a call', 40);
  const status = entry.response?.status == null ? '' : ` (${entry.response.status})`;
  const decision = spelled(entry.decision);
  const outcome = spelled(entry.outcome);
  const words: Record<AuditEvent, string> = {
    'bot.started': 'started',
    'bot.stopped': 'stopped',
    'command.accepted': `was allowed ${typed}`,
    'command.answered': `was answered ${typed}`,
    'command.refused': `was refused ${typed}${decision}`,
    'command.failed': `had ${typed} fail${outcome}`,
    'command.late': `typed ${typed}, picked up too late and not run`,
    'commands.limited': 'typed too many commands',
    'call.intended': `intended to send ${call}`,
    'call.accepted': `had ${call} accepted by the master${status}`,
    'call.rejected': `had ${call} rejected by the master${status}`,
    'call.unknown': `got no clear answer to ${call}${status}`,
    'drain.effect-seen': 'saw on the master that the call took effect',
    'drain.progressed': `saw tasks end${left(entry.facts)}`,
    'drain.waiting': `found the drain stuck${outcome}`,
    'drain.moving-again': 'saw the drain move again',
    'drain.drained': `proved the agent DRAINED${outcome}`,
    'drain.ended': `ended the drain${outcome}`,
    'reactivation.effect-seen': 'saw on the master that the reactivation took effect',
    'reactivation.waiting': `found the reactivated agent not back yet${outcome}`,
    'reactivation.ended': `ended the reactivation${outcome}`,
    'notice.undeliverable': `could not deliver a message${outcome}`,
  };
  // A newer version of the bot may have written events that this one has no words for.
  return words[entry.event] ?? plain(entry.event, 60);
}

function left(facts: Json | undefined): string {
  if (facts === null || typeof facts !== 'object' || Array.isArray(facts)) return '';
  const { left, of } = facts;
  if (typeof left !== 'number') return '';
  return typeof of === 'number' ? `: ${left} of ${of} left` : `: ${left} left`;
}

const proofs: Record<string, string> = {
  'master-and-agent': "by the master's word and the agent's",
  'master-only': "by the master's word only",
};

/** A stable code as words: `not-operator` → `not operator`. */
function spelled(code: string | undefined): string {
  if (code === undefined) return '';
  return `: ${causeOfCode(code) ?? proofs[code] ?? plain(code.replaceAll('-', ' '), 160)}`;
}
