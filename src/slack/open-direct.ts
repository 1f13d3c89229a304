import type { WebClient } from '@slack/web-api';
import type { NotSent } from '../app/ports.ts';
import { type ChannelId, channelId, type UserId } from '../domain/ids.ts';
import { failureOf, nothingShown } from './failure.ts';

/** The conversation of the bot with one person. To ask twice is harmless: Slack makes it once. */
export async function openDirect(client: WebClient, user: UserId): Promise<{ channel: ChannelId } | NotSent> {
  try {
    const { channel } = await client.conversations.open({ users: user });
    return { channel: channelId(channel?.id ?? '') };
  } catch (error) {
    return nothingShown(failureOf(error));
  }
}
