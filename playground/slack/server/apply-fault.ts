import type { ServerResponse } from 'node:http';
import type { Fault } from '../rules/faults.ts';
import { sendJson, sendText } from './http.ts';

/** Does to a request what the fault says. `work` is called only where something gets applied. */
export function applyFault(fault: Fault, response: ServerResponse, work: () => void): void {
  switch (fault.fault) {
    case 'hang':
      break; // the socket stays open until the client or the end of the server closes it
    case '500':
      sendText(response, 500, 'text/plain', 'internal error');
      break;
    case 'html':
      sendText(response, 200, 'text/html', '<html><body>A proxy speaking</body></html>');
      break;
    case '429':
      sendRateLimited(response, fault.retryAfter);
      break;
    case 'drop-after-apply':
      work();
      response.destroy();
      break;
    default:
      fault.fault satisfies never;
  }
}

/** Slack's answer to too many requests; `retryAfter` in seconds. */
export function sendRateLimited(response: ServerResponse, retryAfter: number): void {
  sendJson(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(retryAfter) });
}
