import type { SlackModel } from '../model.ts';
import { isRecord } from '../rules/checks.ts';
import type { SlackChannel, SlackUser } from '../workspace/workspace.ts';
import type { Delivery, Outcome } from './delivery.ts';
import type { ResponseTicket } from './response-urls.ts';
import { isEmptyAnswer, showAnswer } from './show-answer.ts';
import { slackText } from './typed-text.ts';

/** What came back for a typed command. */
export interface Typed {
  acked: boolean;
  /** The acknowledgement's text, when it had one. */
  ackText?: string;
}

export interface SlashCommands {
  model: SlackModel;
  delivery: Delivery;
  baseUrl: string;
}

/** A person types a slash command. Slackbot tells them, and only them, when it doesn't get through. */
export async function typeCommand(
  slash: SlashCommands,
  user: SlackUser,
  channel: SlackChannel,
  line: string,
): Promise<Typed> {
  const { model } = slash;
  const [, command = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(line.trim()) ?? [];
  const known = model.app.commands.get(command);
  // Slack Connect guests can't run another workspace's commands.
  if (known === undefined || user.teamId !== model.workspace.team.id) {
    slackbot(model, user, channel, `\`${command}\` is not a valid command.`);
    return { acked: false };
  }
  const ticket = model.responseUrls.issue(channel.id, user.id, { typed: line });
  const text = known.shouldEscape ? slackText(model.workspace, rest, { names: true }) : rest;
  const payload = commandPayload(slash, user, channel, command, text, ticket);
  const outcome = await slash.delivery.command(payload);
  return settle(model, user, channel, { command, line }, ticket, outcome);
}

function settle(
  model: SlackModel,
  user: SlackUser,
  channel: SlackChannel,
  { command, line }: { command: string; line: string },
  ticket: ResponseTicket,
  outcome: Outcome,
): Typed {
  const failed = (error: string) => {
    slackbot(model, user, channel, `${command} failed with the error "${error}"`);
    return { acked: false };
  };
  switch (outcome.kind) {
    case 'timed out':
      return failed('operation_timeout');
    case 'failed':
      return failed('dispatch_failed');
    case 'acked': {
      const { answer } = outcome;
      if (isEmptyAnswer(answer)) return { acked: true };
      if (isRecord(answer) && answer['response_type'] === 'in_channel') {
        model.messages.post({ channel: channel.id, user: user.id, botId: null, text: line });
      }
      const error = showAnswer(model, ticket, answer);
      if (error !== null) return failed(error);
      const text = typeof answer === 'string' ? answer : isRecord(answer) ? answer['text'] : undefined;
      return typeof text === 'string' ? { acked: true, ackText: text } : { acked: true };
    }
    default:
      return outcome satisfies never;
  }
}

/** What Slackbot tells one person alone. */
export function slackbot(model: SlackModel, to: SlackUser, channel: SlackChannel, text: string): void {
  model.messages.whisper({ channel: channel.id, to: to.id, user: 'USLACKBOT', botId: null, text });
}

/** How Slack names a channel to an app. */
export function channelName(channel: SlackChannel): string {
  switch (channel.kind) {
    case 'im':
      return 'directmessage';
    case 'private':
      return 'privategroup';
    case 'public':
      return channel.name;
    default:
      return channel.kind satisfies never;
  }
}

function commandPayload(
  slash: SlashCommands,
  user: SlackUser,
  channel: SlackChannel,
  command: string,
  text: string,
  ticket: ResponseTicket,
): Record<string, string> {
  const { team, bot } = slash.model.workspace;
  return {
    token: 'local-verification-token',
    team_id: team.id,
    team_domain: team.domain,
    ...(team.enterpriseId === null ? {} : { enterprise_id: team.enterpriseId, enterprise_name: team.name }),
    is_enterprise_install: 'false',
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: bot.appId,
    response_url: `${slash.baseUrl}/commands/${team.id}/${ticket.id}`,
    trigger_id: slash.model.newId(),
  };
}
