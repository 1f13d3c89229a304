import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { notBegun } from '../app/outbox/refused.ts';
import type { NotSent } from '../app/ports.ts';

/** Why a request to Slack came to nothing. `not-sent`: no connection was made, so nothing can have been applied.
 * `doubtful`: it may have been. */
export type Failure =
  | { kind: 'limited'; retryAfterMs: number }
  | { kind: 'not-sent'; why: string }
  | { kind: 'refused'; code: string }
  | { kind: 'doubtful'; why: string };

/** How long to wait when nothing says for how long. */
const shortWaitMs = 5_000;
const longestWaitMs = 3_600_000;

/** Slack's codes for "I may have done it" (Slack: errors of every Web API method). */
const perhapsDone = new Set(['fatal_error', 'internal_error', 'service_unavailable']);
/** Slack's codes for "too fast" that come with a 200. */
const tooFast = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);

/** Connection errors that come before the first byte of a request. Source: Node, system errors; undici, errors. */
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What an error of the Web API client, or of fetch, means for the request that it ended. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: 'limited', retryAfterMs: patience(error.retryAfter) };
  if (error instanceof WebAPIPlatformError) return refusal(error.data.error);
  if (error instanceof WebAPIHTTPError) return { kind: 'doubtful', why: `http_${error.statusCode}` };
  const cause = error instanceof WebAPIRequestError ? error.original : error;
  const codes = codesOf(cause, 0);
  if (codes.length > 0 && codes.every((code) => beforeSending.has(code))) {
    return { kind: 'not-sent', why: codes.join(', ') };
  }
  return { kind: 'doubtful', why: codes[0] ?? nameOf(cause) };
}

/** Retry-After as it is obeyed, in milliseconds: a proxy's year would silence a thread for good, and its 0 or less
 * would make us ask without a pause. */
export function patience(seconds: number): number {
  return Math.min(longestWaitMs, Math.max(1_000, seconds * 1000));
}

/** Slack's own "no". A code is one word; anything else is a proxy's page, which the client takes for one. */
export function refusal(code: string): Failure {
  if (!/^[a-z][a-z0-9_.-]{0,79}$/i.test(code))
    return { kind: 'doubtful', why: 'an answer that is not from Slack' };
  if (tooFast.has(code)) return { kind: 'limited', retryAfterMs: shortWaitMs };
  if (perhapsDone.has(code)) return { kind: 'doubtful', why: code };
  return { kind: 'refused', code };
}

/** As the outbox takes it: what was not sent is to be tried again, without a look whether it arrived. */
export function deliveryOf(failure: Failure): NotSent {
  return failure.kind === 'not-sent' ? { kind: 'limited', retryAfterMs: shortWaitMs } : failure;
}

/** The same for a step before anything is shown: without doubt nothing is, but it can't be tried for ever either. */
export function nothingShown(failure: Failure): NotSent {
  return failure.kind === 'doubtful' ? { kind: 'refused', code: notBegun } : deliveryOf(failure);
}

/** In a few words, for log and people. */
export function failureInWords(failure: Failure): string {
  switch (failure.kind) {
    case 'limited':
      return 'Slack wants fewer requests for a while';
    case 'not-sent':
      return `Slack can't be reached (${failure.why})`;
    case 'refused':
      return `Slack says ${failure.code}`;
    case 'doubtful':
      return `Slack gave no answer (${failure.why})`;
  }
}

/** The system's or undici's codes at the bottom of a chain of causes; of several addresses tried, each one's. Told by
 * shape: fetch's errors may come from another realm (Jest's). */
function codesOf(error: unknown, depth: number): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  if ('errors' in error && Array.isArray(error.errors)) {
    const each = error.errors.flatMap((one) => codesOf(one, depth + 1));
    if (each.length > 0) return each;
  }
  const below = 'cause' in error ? codesOf(error.cause, depth + 1) : [];
  if (below.length > 0) return below;
  return 'code' in error && typeof error.code === 'string' ? [error.code] : [];
}

/** The name at the bottom of a chain of causes, like `TimeoutError`. */
function nameOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('cause' in error && typeof error.cause === 'object' && error.cause !== null && depth < 5) {
    return nameOf(error.cause, depth + 1);
  }
  return 'name' in error && typeof error.name === 'string' ? error.name.slice(0, 80) : 'unknown';
}
