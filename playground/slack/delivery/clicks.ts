import type { SlackModel } from '../model.ts';
import { isRecord } from '../rules/checks.ts';
import { messageJson } from '../workspace/message-json.ts';
import type { Block, Ephemeral, Message } from '../workspace/messages.ts';
import type { SlackChannel, SlackUser } from '../workspace/workspace.ts';
import type { Outcome } from './delivery.ts';
import { channelName, type SlashCommands, slackbot } from './slash-commands.ts';

/** What came of a click. */
export interface Clicked {
  acked: boolean;
}

/** A button as it stands on a message. */
interface Standing {
  on: Message | Ephemeral;
  block: Block;
  button: Record<string, unknown>;
}

/** A person clicks a button. What Slack shows as a warning at the button is told here by Slackbot: to them alone. Throws
 * where they see no such button. */
export async function clickButton(
  slack: SlashCommands,
  user: SlackUser,
  channel: SlackChannel,
  ts: string,
  actionId: string,
): Promise<Clicked> {
  const { model } = slack;
  const standing = buttonAt(model, user, channel, ts, actionId);
  if (!model.app.isInteractive) {
    slackbot(model, user, channel, 'This app is not configured to handle interactive responses.');
    return { acked: false };
  }
  const { on } = standing;
  const last =
    'to' in on
      ? ({ kind: 'ephemeral', ephemeral: on } as const)
      : ({ kind: 'message', message: on } as const);
  const ticket = model.responseUrls.issue(channel.id, user.id, { clicked: labelOf(standing) }, last);
  const responseUrl = `${slack.baseUrl}/actions/${model.workspace.team.id}/${ticket.id}`;
  const outcome = await slack.delivery.interaction(payloadOf(model, user, channel, standing, responseUrl));
  return settle(model, user, channel, outcome);
}

function settle(model: SlackModel, user: SlackUser, channel: SlackChannel, outcome: Outcome): Clicked {
  switch (outcome.kind) {
    case 'acked':
      return { acked: true };
    case 'timed out':
    case 'failed': {
      const error = outcome.kind === 'failed' ? 'dispatch_failed' : 'operation_timeout';
      slackbot(model, user, channel, `The button failed with the error "${error}"`);
      return { acked: false };
    }
    default:
      return outcome satisfies never;
  }
}

function buttonAt(
  model: SlackModel,
  user: SlackUser,
  channel: SlackChannel,
  ts: string,
  actionId: string,
): Standing {
  const on =
    model.messages.find(channel.id, ts) ??
    model.messages.ephemerals(channel.id, user.id).find((each) => each.ts === ts);
  for (const block of on?.blocks ?? []) {
    const elements = Array.isArray(block['elements']) ? block['elements'] : [block['accessory']];
    const button = elements
      .filter(isRecord)
      .find((each) => each['type'] === 'button' && each['action_id'] === actionId);
    if (on !== undefined && button !== undefined) return { on, block, button };
  }
  throw new Error(`${user.name} sees no button ${actionId} on the message ${ts} in #${channel.name}`);
}

function labelOf({ button }: Standing): string {
  const text = button['text'];
  return isRecord(text) ? String(text['text']) : '';
}

/** Slack: block_actions payload. An ephemeral message is not in it, only where it stands. */
function payloadOf(
  model: SlackModel,
  user: SlackUser,
  channel: SlackChannel,
  { on, block, button }: Standing,
  responseUrl: string,
): Record<string, unknown> {
  const { team, bot } = model.workspace;
  const isEphemeral = 'to' in on;
  const { type, action_id, text, value, style } = button;
  return {
    type: 'block_actions',
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: bot.appId,
    token: 'local-verification-token',
    container: {
      type: 'message',
      message_ts: on.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(on.threadTs === null ? {} : { thread_ts: on.threadTs }),
    },
    trigger_id: model.newId(),
    team: { id: team.id, domain: team.domain },
    enterprise: team.enterpriseId === null ? null : { id: team.enterpriseId, name: team.name },
    is_enterprise_install: false,
    channel: { id: channel.id, name: channelName(channel) },
    ...(isEphemeral
      ? {}
      : { message: messageJson(model.workspace, model.messages, on, { withMetadata: true }) }),
    state: { values: {} },
    response_url: responseUrl,
    actions: [
      {
        action_id,
        block_id: block['block_id'],
        text,
        ...(value === undefined ? {} : { value }),
        ...(style === undefined ? {} : { style }),
        type,
        action_ts: model.nextTs(),
      },
    ],
  };
}
