import type { Anchor } from '../../domain/anchor.ts';
import type { PlanPrompt } from '../../domain/approval/prompt.ts';
import type {
  ChannelId,
  Instant,
  MessageTs,
  NoticeId,
  TeamId,
  UserGroupId,
  UserId,
} from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import type { ChannelFacts, PersonFacts } from '../../domain/person.ts';
import type { Preview } from '../../domain/preview.ts';

/** What came of handing Slack a message. `doubtful`: it may have been posted. */
export type Delivery =
  | { kind: 'sent'; ts: MessageTs | null }
  | { kind: 'limited'; retryAfterMs: number }
  | { kind: 'refused'; code: string }
  | { kind: 'doubtful'; why: string };

/** What came of it where nothing was sent for certain. */
export type NotSent = Exclude<Delivery, { kind: 'sent' }>;

/** Messages out. Never throws; never tries twice by itself: the outbox does. */
export interface Chat {
  /** A snippet and an export go as files, and with no other notice. `anchor`: a committed head of the audit log that the
   * message carries. `content`: what an export holds. */
  post(
    to: PostTo,
    notice: Notice,
    ids: NoticeId[],
    anchor?: Anchor | null,
    content?: ExportContent | null,
  ): Promise<Delivery>;
  /** Edits a message of ours; latest wins. Without `ids` it goes on carrying what it carried. */
  edit(channel: ChannelId, ts: MessageTs, notice: Notice, ids: NoticeId[]): Promise<Delivery>;
  /** Answers by the `response_url` of a slash command or a click, visible to its user only. `replaces`: in the place of the
   * message that was clicked, which must be one that only they see. */
  answer(responseUrl: string, notice: Notice, replaces?: boolean): Promise<Delivery>;
  /** Shows one person something in a channel that they are in. */
  whisper(channel: ChannelId, user: UserId, notice: Notice): Promise<Delivery>;
  /** The conversation with one person alone, made where there is none; for `post`. */
  openDirect(user: UserId): Promise<{ channel: ChannelId } | NotSent>;
  /** Looks whether a doubtful post arrived: in its thread, or in its channel from `since`. */
  findPosted(to: PostTo, id: NoticeId, since: Instant): Promise<Found>;
  permalink(channel: ChannelId, ts: MessageTs): Promise<string | null>;
}

/** A file out of the audit log, never empty. `from`: its first entry; null: it has none. `more`: older ones pass too, and
 * are left out. `closedUpTo`: entries up to there stand in a file that was closed; null: there is none. */
export interface ExportContent {
  bytes: Uint8Array<ArrayBuffer>;
  entries: number;
  from: number | null;
  more: boolean;
  closedUpTo: number | null;
}

/** All that a message about a preview cuts, to go as a file; null: it cuts nothing. */
export type PreviewFile = (shown: Preview | PlanPrompt) => Extract<Notice, { kind: 'snippet' }> | null;

/** Where a doubtful post is. `found` null: nowhere. `unknown`: Slack won't say (no such scope); `later`: it may well
 * say so in a moment. */
export type Found = { found: MessageTs | null } | { unknown: string } | { later: string };

export interface PostTo {
  channel: ChannelId;
  threadTs: MessageTs | null;
  /** Shown in the channel too. */
  broadcast: boolean;
}

/** Who is who, asked of Slack. Throws a ChatFault (app/faults.ts) where Slack could not be asked. */
export interface People {
  /** Null: Slack knows no such user. */
  person(user: UserId): Promise<PersonFacts | null>;
  membersOf(group: UserGroupId): Promise<UserId[]>;
  /** Null: not visible to the bot (a private channel it isn't in). */
  channel(channel: ChannelId): Promise<ChannelFacts | null>;
  /** The bot's own workspace. */
  readonly team: TeamId;
}

/** The heads of the audit log that messages of this very bot carry. Throws a ChatFault where Slack does not let them be
 * read. */
export interface Anchors {
  /** From the newest message of a channel back, at most so many pages; replies in threads are not looked at. */
  read(channel: ChannelId, pages: number): Promise<Anchor[]>;
}

/** Slack's own copy of a prompt: what decides. Throws a ChatFault where Slack could not be asked, or did not tell all. */
export interface Prompts {
  read(channel: ChannelId, ts: MessageTs): Promise<PromptRead>;
}

/** `open`: the message still says that it is open for votes. */
export type PromptRead =
  | { kind: 'gone' }
  | { kind: 'there'; open: boolean; reactions: { name: string; users: UserId[] }[] };

/** A message that somebody reacted to, or took a reaction from. It only wakes: what counts is then read from Slack. */
export interface Reacted {
  channel: ChannelId;
  ts: MessageTs;
}

/** A slash command as it came, before anybody read its words; or the words that a button carries, clicked by `user`. */
export interface TypedCommand {
  via: 'typed' | 'button';
  /** The button stood on a message that only `user` sees. */
  ephemeral?: true;
  triggerId: string;
  user: UserId;
  userName: string;
  team: TeamId;
  channel: ChannelId;
  text: string;
  responseUrl: string;
  receivedAt: Instant;
}
