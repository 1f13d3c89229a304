/** Our own code: Slack gave no clear answer to a step before the one that shows anything. */
export const notBegun = 'no_clear_answer';

/** Our own code too: the log could not be read to make the file. */
export const notMade = 'export_not_made';

/** Slack's refusals that can pass: someone invites the bot again, a token is renewed, Slack recovers.
 * Source: Slack, error lists of chat.postMessage and chat.update. */
const temporary = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
  'account_inactive',
  'missing_scope',
  'ekm_access_denied',
  notBegun,
  notMade,
]);

/** Tries before a temporary refusal counts as final: with the outbox's backoff about half an hour. */
const maxAttempts = 12;

/** What stands beside the story, a file or a word to one person, must not hold up the story for longer than this: half a
 * minute. */
export const maxAttemptsBeside = 4;

/** How often a message is tried that Slack refuses with this code. */
export function triesFor(code: string, isBeside: boolean): number {
  if (!temporary.has(code)) return 1;
  if (!isBeside) return maxAttempts;
  // The app goes without its scope until somebody installs it again.
  return code === 'missing_scope' ? 1 : maxAttemptsBeside;
}
