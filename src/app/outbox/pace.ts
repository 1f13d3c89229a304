import { after, type ChannelId, type Instant } from '../../domain/ids.ts';

/** Slack takes about one post a second in a channel. Source: Slack, rate limits of chat.postMessage. */
export const postEveryMs = 1_000;
/** chat.update is Tier 3: 50 a minute per workspace. */
export const editsPerMinute = 50;
const minuteMs = 60_000;

/** When Slack may be spoken to again. In memory: after a restart Slack's own 429 teaches it anew. */
export interface Pace {
  /** When a post to this channel may leave; reserves its place if that is now. */
  post(channel: ChannelId, now: Instant): Instant;
  /** The same for an edit, of which the workspace has one budget. */
  edit(channel: ChannelId, now: Instant): Instant;
  /** Slack said Retry-After for this method there. */
  limited(method: 'post' | 'edit', channel: ChannelId, until: Instant): void;
}

export function makePace(): Pace {
  const nextPost = new Map<ChannelId, Instant>();
  const blocked = new Map<string, Instant>();
  let edits: Instant[] = [];
  // Edits have one budget for the whole workspace; posts one for each channel.
  const keyOf = (method: 'post' | 'edit', channel: ChannelId) => (method === 'edit' ? method : channel);
  const blockedUntil = (method: 'post' | 'edit', channel: ChannelId) =>
    blocked.get(keyOf(method, channel)) ?? 0;
  return {
    post: (channel, now) => {
      const free = Math.max(nextPost.get(channel) ?? 0, blockedUntil('post', channel)) as Instant;
      if (free > now) return free;
      nextPost.set(channel, after(now, postEveryMs));
      return now;
    },
    edit: (channel, now) => {
      const until = blockedUntil('edit', channel) as Instant;
      if (until > now) return until;
      edits = edits.filter((at) => at > now - minuteMs);
      const [oldest] = edits;
      if (edits.length >= editsPerMinute && oldest !== undefined) return after(oldest, minuteMs);
      edits.push(now);
      return now;
    },
    limited: (method, channel, until) => void blocked.set(keyOf(method, channel), until),
  };
}

/** Until the next try after `attempts` failed ones: 2 s, doubled by each of them, 5 min at most. Milliseconds. */
export function backoffMs(attempts: number): number {
  return Math.min(300_000, 2_000 * 2 ** Math.min(attempts, 10));
}
