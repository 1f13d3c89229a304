import { clusterFlag } from '../../commands/everywhere.ts';
import { factsOf } from '../../domain/audit/facts.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import type { Command } from '../../domain/command.ts';
import { after, type Instant, noticeId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Clock, InboxCommand, NewId, Tx } from '../ports.ts';

/** Slack takes answers by `response_url` for half an hour. */
const answerableMs = 30 * 60_000;

/** The fields that every entry about a command has. */
export function auditOfCommand(
  typed: InboxCommand,
  parsed: Command | null,
): Pick<AuditDraft, 'actor' | 'correlation' | 'command' | 'place'> {
  return {
    actor: { kind: 'person', person: { userId: typed.user, teamId: typed.team, name: typed.userName } },
    correlation: typed.correlation,
    command: {
      typed: typed.text,
      ...(typed.via === 'button' ? { via: typed.via } : {}),
      ...(parsed === null ? {} : { parsed: factsOf(parsed) }),
    },
    place: { channel: typed.channel },
  };
}

/** An answer that only the typist sees. */
export async function queueAnswer(
  tx: Tx,
  typed: InboxCommand,
  notice: Notice,
  { clock, newId }: { clock: Clock; newId: NewId },
): Promise<void> {
  const expiresAt: Instant = after(typed.receivedAt, answerableMs);
  const replaces = typed.ephemeral === true && isPage(notice) ? { replaces: true as const } : {};
  await tx.queue({
    id: noticeId(newId()),
    to: { kind: 'answer', responseUrl: typed.responseUrl, expiresAt, ...replaces },
    notice: withCluster(typed, notice),
    createdAt: clock.now(),
  });
}

/** Whether it is one page of several, of which a reader wants to see one at a time. Only pages have buttons to such. */
function isPage({ kind }: Notice): boolean {
  return kind === 'audit-deeds' || kind === 'audit-story' || kind === 'agents';
}

/** Where there are several clusters: with the name of the one that the answer is about, and with it in the words of a button that
 * name no work of ours. */
function withCluster({ onCluster }: InboxCommand, answer: Notice): Notice {
  if (onCluster === undefined) return answer;
  switch (answer.kind) {
    case 'agents':
      return { ...answer, words: `${answer.words} --${clusterFlag.name} ${onCluster}` };
    case 'status':
    case 'status-of-drain':
    case 'status-of-approval':
    case 'preview':
    case 'maintenance-status':
    case 'maintenance-preview':
      return answer;
    default:
      return { kind: 'on-cluster', cluster: onCluster, answer };
  }
}
