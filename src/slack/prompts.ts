import type { WebClient } from '@slack/web-api';
import { ChatFault } from '../app/faults.ts';
import type { PromptRead, Prompts } from '../app/ports.ts';
import { userId } from '../domain/ids.ts';
import { read } from './ask.ts';
import { openForVotes } from './blocks/approvals/open-for-votes.ts';

/** Slack's copy of a prompt, with everybody who reacted to it. */
export function slackPrompts(client: WebClient): Prompts {
  return {
    async read(channel, ts) {
      // `full`: else Slack may leave people out of `users` while `count` has them (slack-notes B.5).
      const answer = await read(['message_not_found'], () =>
        client.reactions.get({ channel, timestamp: ts, full: true }),
      );
      if (answer === null) return { kind: 'gone' };
      const { message } = answer;
      if (message?.ts !== ts) throw new ChatFault('Slack told of another message than the one asked for');
      return {
        kind: 'there',
        open: message.text?.includes(openForVotes) ?? false,
        reactions: (message.reactions ?? []).map(shaped),
      };
    },
  };
}

type Told = { name?: string; users?: string[]; count?: number };

function shaped({ name, users, count }: Told): Extract<PromptRead, { kind: 'there' }>['reactions'][number] {
  if (name === undefined || users === undefined || users.length !== count)
    throw new ChatFault('Slack did not tell who reacted');
  try {
    return { name, users: users.map(userId) };
  } catch (cause) {
    throw new ChatFault("Slack's answer makes no sense", { cause });
  }
}
