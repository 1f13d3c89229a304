import { ChatFault } from '../../../src/app/faults.ts';
import type { Chat, Delivery, People, PostTo, Prompts, TypedCommand } from '../../../src/app/ports.ts';
import type { Parts } from '../../../src/bot.ts';
import type { Anchor } from '../../../src/domain/anchor.ts';
import * as ids from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { PersonFacts } from '../../../src/domain/person.ts';
import { openForVotes } from '../../../src/slack/blocks/approvals/open-for-votes.ts';
import { fullText } from '../../../src/slack/blocks/full-text.ts';
import { render } from '../../../src/slack/blocks/render.ts';

/** A message of the bot as Slack has it now. */
export interface NearMessage {
  ts: ids.MessageTs;
  threadTs: ids.MessageTs | null;
  at: number;
  notice: Notice;
  text: string;
  ids: ids.NoticeId[];
  /** By emoji, who reacted. */
  reactions: Map<string, ids.UserId[]>;
  deleted: boolean;
  anchor: Anchor | null;
}

/** What befalls a post or an edit: `lost` and `kept` are both in doubt for whoever sent it. */
export type SlackFault = 'lost' | 'kept' | 'limited';

/** The people, their channel, and what is said in it: as much of Slack as the ports of the bot need. */
export interface NearSlack {
  messages: NearMessage[];
  /** Answers to one person alone, as they came. */
  told: Notice[];
  connect: Parts['connectSlack'];
  type(user: PersonName, text: string): void;
  /** A person reacts to a message, or takes it back. */
  react(user: PersonName, message: NearMessage, emoji: string, undo?: boolean): void;
  /** The newest message that takes votes; null: none. */
  prompt(): NearMessage | null;
  delete(message: NearMessage): void;
  /** While deaf, no event and no command reaches the bot. */
  deaf(isDeaf: boolean): void;
  fault(what: 'post' | 'edit', kind: SlackFault, times: number): void;
  /** Questions that Slack does not answer from now on. */
  mute(what: 'people' | 'prompts' | 'history', times: number): void;
  heal(): void;
  person(user: PersonName): PersonFacts;
  become(user: PersonName, standing: PersonFacts['standing']): void;
  approvers: Set<ids.UserId>;
  /** When the bot was last told who this is. */
  askedAt: Map<ids.UserId, number>;
  /** Told of each message when it is posted, whether anybody hears of that or not. */
  onPosted(heard: (message: NearMessage) => void): void;
}

export const people = ['mara', 'dev', 'ines', 'sam'] as const;
export type PersonName = (typeof people)[number];

export const channel = ids.channelId('C0MESOSOPS');
const team = ids.teamId('T0LOCAL001');
export const groups = { operators: 'S0OPERATOR', approvers: 'S0APPROVER' } as const;
export const userOf = (name: PersonName) => ids.userId(`U0${name.toUpperCase()}`);
const limitedMs = 5_000;

export function nearSlack(now: () => number): NearSlack {
  const messages: NearMessage[] = [];
  const told: Notice[] = [];
  const askedAt = new Map<ids.UserId, number>();
  const standings = new Map<PersonName, PersonFacts['standing']>();
  const operators = new Set(['mara', 'dev', 'ines'].map((name) => userOf(name as PersonName)));
  const approvers = new Set(operators);
  const faults = { post: [] as SlackFault[], edit: [] as SlackFault[] };
  const muted = { people: 0, prompts: 0, history: 0 };
  let link: Parameters<Parts['connectSlack']>[0] | null = null;
  let deaf = false;
  let count = 0;
  let triggers = 0;
  let heard: (message: NearMessage) => void = () => {};

  const nextTs = () => ids.messageTs(`${Math.floor(now() / 1000)}.${String(++count).padStart(6, '0')}`);
  const find = (ts: ids.MessageTs) => messages.find((message) => message.ts === ts && !message.deleted);
  const unanswered = (what: keyof typeof muted) => {
    if (muted[what] <= 0) return;
    muted[what] -= 1;
    throw new ChatFault('Slack gave no answer');
  };

  function deliver(what: 'post' | 'edit', keep: () => ids.MessageTs): Delivery {
    const fault = faults[what].shift();
    if (fault === 'limited') return { kind: 'limited', retryAfterMs: limitedMs };
    if (fault === 'lost') return { kind: 'doubtful', why: 'no answer' };
    const ts = keep();
    return fault === 'kept' ? { kind: 'doubtful', why: 'no answer' } : { kind: 'sent', ts };
  }

  function post(to: PostTo, notice: Notice, notices: ids.NoticeId[], anchor: Anchor | null): ids.MessageTs {
    const ts = nextTs();
    const { text } = render(notice);
    const message: NearMessage = {
      ts,
      threadTs: to.threadTs,
      at: now(),
      notice,
      text,
      ids: notices,
      reactions: new Map(),
      deleted: false,
      anchor,
    };
    messages.push(message);
    heard(message);
    return ts;
  }

  const chat: Chat = {
    post: async (to, notice, notices, anchor = null) =>
      deliver('post', () => post(to, notice, notices, anchor)),
    openDirect: async () => ({ kind: 'refused', code: 'not_played' }),
    edit: async (_channel, ts, notice, notices) => {
      const message = find(ts);
      if (message === undefined) return { kind: 'refused', code: 'message_not_found' };
      return deliver('edit', () => {
        Object.assign(
          message,
          { notice, text: render(notice).text },
          notices.length === 0 ? {} : { ids: notices },
        );
        return ts;
      });
    },
    answer: async (_url, notice) => {
      render(notice);
      told.push(notice);
      return { kind: 'sent', ts: null };
    },
    whisper: async (_channel, _user, notice) => {
      render(notice);
      told.push(notice);
      return { kind: 'sent', ts: null };
    },
    findPosted: async ({ threadTs }, id) => {
      if (muted.history > 0) {
        muted.history -= 1;
        return { later: 'Slack gave no answer' };
      }
      const found = messages.find(
        (each) => each.threadTs === threadTs && each.ids.includes(id) && !each.deleted,
      );
      return { found: found?.ts ?? null };
    },
    permalink: async (_channel, ts) => `https://slack.example/${ts}`,
  };

  const prompts: Prompts = {
    read: async (_channel, ts) => {
      unanswered('prompts');
      const message = find(ts);
      if (message === undefined) return { kind: 'gone' };
      const reactions = [...message.reactions].map(([name, users]) => ({ name, users: [...users] }));
      return { kind: 'there', open: message.text.includes(openForVotes), reactions };
    },
  };

  function person(name: PersonName): PersonFacts {
    const standing = standings.get(name) ?? 'full';
    return { userId: userOf(name), teamId: team, enterpriseUserId: null, name, timeZone: null, standing };
  }

  const who: People = {
    team,
    person: async (user) => {
      unanswered('people');
      askedAt.set(user, now());
      const name = people.find((each) => userOf(each) === user);
      return name === undefined ? null : person(name);
    },
    membersOf: async (group) => {
      unanswered('people');
      return [...(group === groups.approvers ? approvers : operators)];
    },
    channel: async (id) => ({
      id,
      kind: 'channel',
      botIsMember: true,
      archived: false,
      externallyShared: false,
    }),
  };

  return {
    messages,
    told,
    connect: async (use) => ({
      chat,
      people: who,
      prompts,
      previewFile: fullText,
      anchors: { read: async () => messages.flatMap(({ anchor }) => (anchor === null ? [] : [anchor])) },
      start: async () => {
        link = use;
        use.onLink(true);
      },
      stop: async () => {
        if (link === use) link = null;
      },
      linkUp: () => !deaf,
    }),
    type: (user, text) => {
      if (deaf || link === null) return;
      const typed: TypedCommand = {
        triggerId: `trigger-${++triggers}`,
        user: userOf(user),
        userName: user,
        team,
        channel,
        text,
        responseUrl: `https://slack.example/answer/${triggers}`,
        receivedAt: ids.instant(now()),
        via: 'typed',
      };
      void link.takeIn(typed).then((notice) => {
        if (notice !== null) told.push(notice);
      });
    },
    react: (user, message, emoji, undo = false) => {
      const before = message.reactions.get(emoji) ?? [];
      const without = before.filter((each) => each !== userOf(user));
      message.reactions.set(emoji, undo ? without : [...without, userOf(user)]);
      if (!deaf) link?.onReacted({ channel, ts: message.ts });
    },
    prompt: () => messages.findLast(({ text, deleted }) => !deleted && text.includes(openForVotes)) ?? null,
    delete: (message) => {
      message.deleted = true;
    },
    deaf: (isDeaf) => {
      if (isDeaf === deaf) return;
      deaf = isDeaf;
      link?.onLink(!deaf);
    },
    fault: (what, kind, times) => void faults[what].push(...Array.from({ length: times }, () => kind)),
    mute: (what, times) => {
      muted[what] = times;
    },
    heal: () => {
      faults.post = [];
      faults.edit = [];
      Object.assign(muted, { people: 0, prompts: 0, history: 0 });
    },
    person,
    become: (user, standing) => void standings.set(user, standing),
    approvers,
    askedAt,
    onPosted: (hear) => {
      heard = hear;
    },
  };
}
