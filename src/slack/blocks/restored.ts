import type { Anchor, Found } from '../../domain/anchor.ts';
import { writeAnchor } from '../../domain/audit/kept-anchors.ts';
import { iso, showApprovalId, showDrainId } from '../../domain/ids.ts';
import type { Notice, OpsMatter, UnsentLine } from '../../domain/notice.ts';
import { agentName } from './text/agent-name.ts';
import { channelRef, code, link } from './text/escape.ts';
import { count, enumerate, list, type Part, text } from './text/part.ts';
import { stamp } from './text/time.ts';

/** What ends the state in which nothing is changed. */
export const acceptLine = 'npm run audit -- accept-restore --reason "…"';

/** A head of the log, so that a person can read it off and hand it to `verify`. */
export function anchorParts(anchor: Anchor): Part[] {
  const { seq, at, signature } = anchor;
  return [
    text(
      `*Audit log:* ${count(seq, 'entry', 'entries')}, the last of ${stamp(iso(at), null)}.`,
      `Head: ${headOf(anchor)}`,
      ...(signature === undefined ? [] : [`Signed with the key ${code(signature.key, 64)}`]),
    ),
  ];
}

/** To whoever asked for it. */
export function anchoredParts({ anchor, channel }: Extract<Notice, { kind: 'anchored' }>): Part[] {
  return [
    text(
      `*The head of the audit log goes to ${channelRef(channel)}:* entry ${anchor.seq}, which is this command.`,
      `Head: ${headOf(anchor)}`,
      'Keep it elsewhere, and whoever has the file can hold the log against it: `npm run audit -- verify FILE --anchor …`',
    ),
  ];
}

function headOf({ database, seq, hash, signature }: Anchor): string {
  return code(writeAnchor({ database, seq, hash, signature: signature?.value ?? null }), 300);
}

/** In a drain's thread: what it says from here on is an old database's word. */
export function onlyWatchedParts(notice: Extract<Notice, { kind: 'only-watched' }>): Part[] {
  return [
    text(
      `*From here on ${agentName(notice)} is only watched:* the bot's database was restored from the past, as of ${stamp(iso(notice.knows), null)}.`,
      `What this thread tells of the time after that, the bot does not know any more: where it now says otherwise of the past, that counts. No call leaves for drain ${showDrainId(notice.drain)}.`,
    ),
  ];
}

/** For those who run the bot: what was found, what it means, and the way out. */
export function restoredParts({ restored, unsent }: Extract<OpsMatter, { matter: 'restored' }>): Part[] {
  const { voided, watched } = restored;
  return [
    text(
      "*The bot's database was restored from the past: nothing is changed until somebody accepts that.*",
      foundWords(restored),
    ),
    text(
      `Void, and not asked again: ${voided.length === 0 ? 'no question was open' : enumerate(voided.map(showApprovalId), 20)}.`,
      `Only watched: ${watched.length === 0 ? 'no drain was open' : enumerate(watched.map(showDrainId), 20)}. What the lost part began is not among them: compare \`/mesos agents\`.`,
    ),
    ...(unsent.length === 0
      ? [text('No old message was left to be sent.')]
      : [
          text(
            `*${count(restored.unsent, 'old message')} of this database ${restored.unsent === 1 ? 'was' : 'were'} not sent any more:* the lost part may have told ${restored.unsent === 1 ? 'it' : 'them'}, or things have moved on.`,
          ),
          list(unsent.map(unsentLine)),
        ]),
    text(
      `*What to do:* if a newer file exists, stop the bot and put that one back. Else stop the bot, run \`${acceptLine}\`, and start it again. Until then \`/mesos status\` and other reads answer.`,
    ),
  ];
}

/** How it shows that the database was set back. */
export function foundWords({ how, anchor, head }: Found): string {
  const ours = head === null ? 'this one is empty' : `this one ends at ${head.seq}`;
  const there = `entry ${anchor.seq}, of ${stamp(iso(anchor.at), null)}`;
  switch (how) {
    case 'behind':
      return `Slack holds an anchor of ${there}, and this log does not reach that far: ${ours}.`;
    case 'other-history':
      return `Slack holds an anchor of ${there}, and this log has another entry in its place: it was written again after a restore, or rebuilt.`;
    case 'another-database':
      return `Slack holds an anchor of another database, of ${there}; ${ours}.`;
  }
}

function unsentLine({ drain, approval, permalink, messages }: UnsentLine): string {
  const whose =
    drain !== null
      ? `the thread of ${showDrainId(drain)}`
      : approval !== null
        ? `the thread of ${showApprovalId(approval)}`
        : permalink !== null
          ? 'a thread'
          : 'answers, and messages outside of threads';
  return `${count(messages, 'message')}: ${link(permalink, whose)}`;
}
