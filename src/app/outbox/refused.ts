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
]);

/** Tries before a temporary refusal counts as final: with the outbox's backoff about half an hour. */
export const maxAttempts = 12;

/** Whether the same message might be taken later. */
export function isTemporary(code: string): boolean {
  return temporary.has(code);
}
