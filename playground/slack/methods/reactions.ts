import { messageJson } from '../workspace/message-json.ts';
import { botIsIn, channelByReference } from '../workspace/workspace.ts';
import { type Answer, type Call, type Methods, missing, no } from './method.ts';

/** Without `full`, `users` may be cut short while `count` stays right. Slack tells no number; this one is small so
 * that a bot which forgets `full` is found out. */
const USERS_SHOWN = 2;

function get(call: Call): Answer {
  const [reference, ts] = [call.args.text('channel'), call.args.text('timestamp')];
  if (reference === null) return no('no_item_specified');
  if (ts === null) return missing('timestamp');
  const { workspace, messages } = call.model;
  const channel = channelByReference(workspace, reference);
  if (channel === null || !botIsIn(workspace, channel)) return no('channel_not_found');
  const message = messages.find(channel.id, ts);
  if (message === null) return no('message_not_found');
  const shown = call.args.flag('full') ? Number.POSITIVE_INFINITY : USERS_SHOWN;
  const reactions = message.reactions.map((each) => ({
    name: each.name,
    users: each.users.slice(0, shown),
    count: each.users.length,
  }));
  return {
    ok: true,
    type: 'message',
    channel: channel.id,
    message: {
      ...messageJson(workspace, messages, message, { withMetadata: false }),
      ...(reactions.length === 0 ? {} : { reactions }),
      permalink: `${call.baseUrl}/archives/${channel.id}/p${ts.replace('.', '')}`,
    },
  };
}

/** reactions.get. */
export const reactions: Methods = {
  'reactions.get': { token: 'bot', tier: 'tier3', scope: () => 'reactions:read', run: get },
};
