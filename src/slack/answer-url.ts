import type { Delivery } from '../app/ports.ts';
import type { Rendered } from './blocks/text/part.ts';
import { deliveryOf, failureOf, patience, refusal } from './failure.ts';
import { isSlacks } from './slacks-address.ts';
import { requestDeadlineMs } from './web-client.ts';

/** Answers a slash command by its `response_url`, for its user's eyes only. Good for five answers within 30 minutes
 * (Slack: handling user interaction). `apiUrl` null: the URL must be one of Slack's own. `replaces`: in the
 * place of the message that was clicked; on a message that others see too, they would lose it. */
export async function answerBy(
  responseUrl: string,
  message: Rendered,
  apiUrl: string | null,
  replaces = false,
): Promise<Delivery> {
  if (!isSlacks(responseUrl, apiUrl)) return { kind: 'refused', code: 'foreign_response_url' };
  try {
    const response = await fetch(responseUrl, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...message, response_type: 'ephemeral', replace_original: replaces }),
      signal: AbortSignal.timeout(requestDeadlineMs),
    });
    const said = (await response.text()).slice(0, 4096);
    if (response.ok) return { kind: 'sent', ts: null };
    if (response.status === 429) return { kind: 'limited', retryAfterMs: retryAfterMs(response) };
    if (response.status >= 500) return { kind: 'doubtful', why: `http_${response.status}` };
    return deliveryOf(refusal(errorIn(said) ?? `http_${response.status}`));
  } catch (error) {
    return deliveryOf(failureOf(error));
  }
}

/** Retry-After in milliseconds. */
export function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? patience(seconds) : 5_000;
}

function errorIn(body: string): string | null {
  try {
    const said: unknown = JSON.parse(body);
    const found = typeof said === 'object' && said !== null && 'error' in said ? said.error : null;
    return typeof found === 'string' ? found : null;
  } catch {
    return null;
  }
}
