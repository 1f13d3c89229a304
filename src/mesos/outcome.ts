import type { Call } from '../domain/call.ts';
import type { HttpResult } from './wire.ts';

/** The one place that decides what an answer to a mutating call means (product.md, promise 3). */
export type Verdict = 'accepted' | 'rejected' | 'unknown';

/** Accepted and rejected are certain; every doubt is `unknown` and is resolved by looking. */
export function verdictOf(result: HttpResult, call: Call['type']): Verdict {
  switch (result.kind) {
    case 'not-connected':
      return 'rejected';
    case 'broken':
      return 'unknown';
    case 'answered':
      return verdictOfAnswer(result.status, result.body.trim(), call);
  }
}

/** Whether the call certainly changed nothing where it went, so that another master may be given it. */
export function nothingApplied(result: HttpResult): boolean {
  if (result.kind === 'not-connected') return true;
  return result.kind === 'answered' && result.status === 503 && notLeading.has(result.body.trim());
}

function verdictOfAnswer(status: number, body: string, call: Call['type']): Verdict {
  // A master accepts with an empty body (mesos src/master/http.cpp, `return OK()`). Words under a 200 are
  // somebody else's: a login page, a proxy.
  if (status >= 200 && status < 300) return body === '' ? 'accepted' : 'unknown';
  if (call === 'REACTIVATE_AGENT' && status === 409 && body === appliedWhileAway) return 'accepted';
  // A proxy's 408 may follow a request that was passed on; all other 3xx and 4xx refuse.
  if (status >= 300 && status < 500) return status === 408 ? 'unknown' : 'rejected';
  if (status === 501) return 'rejected';
  if (status === 503 && (notLeading.has(body) || inTransition.test(body))) return 'rejected';
  return 'unknown';
}

/** 503s that come before a call is even read. Source: mesos src/master/http.cpp, Master::Http::api. */
const notLeading = new Set(['No leader elected', 'Master has not finished recovery']);

/** Of an agent that is unreachable or recovered: registry and memory are changed by then (mesos
 * src/master/http.cpp, Http::_reactivateAgent; recordings rec_06, unreach_16). */
const appliedWhileAway = 'Agent removed while processing the call';

/** Source: mesos src/master/http.cpp, Http::_markAgentGone. */
const inTransition =
  /^Agent '[^']*' is (already being transitioned to gone|being transitioned to (removed|unreachable))$/;
