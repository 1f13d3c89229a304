import { createHmac } from 'node:crypto';

/** Slack's signature headers for a body. Bolt compares the timestamp with the wall clock, so this one is not the
 * simulated time. */
export function signatureHeaders(secret: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
