import type { Changes } from './changes.ts';
import type { File } from './files.ts';

/** A Block Kit block that passed validation. */
export type Block = Record<string, unknown>;

export interface Metadata {
  event_type: string;
  event_payload: Record<string, unknown>;
}

/** A message everyone in the channel can see. */
export interface Message {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  /** Null for what a person wrote. */
  readonly botId: string | null;
  /** The root's ts for a reply, null for a root or a lone message. */
  readonly threadTs: string | null;
  /** A reply that is also shown in the channel (reply_broadcast). */
  readonly isBroadcast: boolean;
  text: string;
  blocks: Block[] | null;
  metadata: Metadata | null;
  /** When a text without blocks was last changed; edits of blocks leave no mark (Slack: chat.update). */
  editedTs: string | null;
  reactions: { name: string; users: string[] }[];
  readonly files: readonly File[];
}

/** A message one person can see, for as long as the page lives. */
export interface Ephemeral {
  readonly ts: string;
  readonly channel: string;
  readonly to: string;
  readonly user: string;
  readonly botId: string | null;
  readonly threadTs: string | null;
  text: string;
  blocks: Block[] | null;
}

export interface Draft {
  channel: string;
  user: string;
  botId: string | null;
  text: string;
  blocks?: Block[] | null;
  threadTs?: string | null;
  isBroadcast?: boolean;
  metadata?: Metadata | null;
  files?: readonly File[];
}

export interface Edit {
  text: string;
  /** Null takes the blocks away, as `text` without `blocks` does. */
  blocks: Block[] | null;
  /** Absent keeps what is there. */
  metadata?: Metadata | null;
}

/** Every message of the workspace, oldest first. */
export class MessageLog {
  readonly #nextTs: () => string;
  readonly #changes: Changes;
  #messages: Message[] = [];
  #ephemerals: Ephemeral[] = [];

  constructor(nextTs: () => string, changes: Changes) {
    this.#nextTs = nextTs;
    this.#changes = changes;
  }

  post(draft: Draft): Message {
    const message: Message = {
      ts: this.#nextTs(),
      channel: draft.channel,
      user: draft.user,
      botId: draft.botId,
      threadTs: draft.threadTs ?? null,
      isBroadcast: draft.isBroadcast ?? false,
      text: draft.text,
      blocks: draft.blocks ?? null,
      metadata: draft.metadata ?? null,
      editedTs: null,
      reactions: [],
      files: draft.files ?? [],
    };
    this.#messages.push(message);
    this.#changes.tell({ kind: 'posted', message });
    return message;
  }

  edit(message: Message, edit: Edit): void {
    message.text = edit.text;
    message.blocks = edit.blocks;
    if (edit.metadata !== undefined) message.metadata = edit.metadata;
    if (edit.blocks === null) message.editedTs = this.#nextTs();
    this.#changes.tell({ kind: 'edited', message });
  }

  remove(message: Message): void {
    this.#messages = this.#messages.filter((each) => each !== message);
    this.#changes.tell({ kind: 'removed', message });
  }

  whisper(draft: Draft & { to: string }): Ephemeral {
    const ephemeral: Ephemeral = {
      ts: this.#nextTs(),
      channel: draft.channel,
      to: draft.to,
      user: draft.user,
      botId: draft.botId,
      threadTs: draft.threadTs ?? null,
      text: draft.text,
      blocks: draft.blocks ?? null,
    };
    this.#ephemerals.push(ephemeral);
    this.#changes.tell({ kind: 'whispered', ephemeral });
    return ephemeral;
  }

  /** Replaces an ephemeral in place, as a response_url with replace_original does. */
  rewhisper(ephemeral: Ephemeral, edit: Edit): void {
    ephemeral.text = edit.text;
    ephemeral.blocks = edit.blocks;
    this.#changes.tell({ kind: 'whispered', ephemeral });
  }

  find(channel: string, ts: string): Message | null {
    return this.#messages.find((each) => each.channel === channel && each.ts === ts) ?? null;
  }

  /** All messages of a channel, replies included, oldest first. */
  inChannel(channel: string): Message[] {
    return this.#messages.filter((each) => each.channel === channel);
  }

  /** What stands in the channel itself: roots, lone messages and broadcast replies, oldest first. */
  timeline(channel: string): Message[] {
    return this.inChannel(channel).filter((each) => each.threadTs === null || each.isBroadcast);
  }

  /** The replies under a root, oldest first, without the root. */
  replies(channel: string, rootTs: string): Message[] {
    return this.inChannel(channel).filter((each) => each.threadTs === rootTs);
  }

  /** What only this person saw in the channel, oldest first. */
  ephemerals(channel: string, to: string): Ephemeral[] {
    return this.#ephemerals.filter((each) => each.channel === channel && each.to === to);
  }
}
