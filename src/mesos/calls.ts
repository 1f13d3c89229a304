import type { Calls } from '../app/ports.ts';
import type { Call, CallOutcome } from '../domain/call.ts';
import type { MasterId } from '../domain/ids.ts';
import type { LeaderTrail, Stop } from './leader.ts';
import { nothingApplied, verdictOf } from './outcome.ts';
import { inWords } from './projection.ts';
import { apiHeaders, apiPath, callBody } from './requests.ts';
import type { HttpResult, Wire } from './wire.ts';

/** How calls leave. */
export interface CallOptions {
  wire: Wire;
  authorization: Record<string, string>;
  deadlineMs: number;
  trail: LeaderTrail;
  /** The leader's id as last read at that address; null: never. */
  idAt(base: URL): MasterId | null;
}

/** An answer to a call is a sentence at most; beyond this it is not a master's. */
const maxAnswerBytes = 1024 * 1024;

/** The way out for mutating calls. Nothing is ever sent again that may have been applied: a further master is
 * tried only after {@link nothingApplied} or a redirect. */
export function callsOf({ wire, authorization, deadlineMs, trail, idAt }: CallOptions): Calls {
  return {
    bodyOf: callBody,
    async submit(call) {
      const signal = AbortSignal.timeout(deadlineMs);
      const headers = { ...apiHeaders, ...authorization };
      const body = callBody(call);
      const walk = await trail.walk(
        apiPath,
        async (url): Promise<HttpResult> =>
          signal.aborted
            ? { kind: 'not-connected', why: 'not tried: the deadline had passed' }
            : await wire.send({ url, method: 'POST', headers, body, signal, maxBytes: maxAnswerBytes }),
        (result) => !nothingApplied(result),
      );
      if (walk.settled === null) return nowhereApplied(walk.stops);
      const { url, base, result } = walk.settled;
      return outcomeOf(call.type, url, result, idAt(base));
    },
  };
}

function outcomeOf(call: Call['type'], url: URL, result: HttpResult, master: MasterId | null): CallOutcome {
  const httpStatus = result.kind === 'not-connected' ? null : result.status;
  const body = result.kind === 'answered' ? result.body : '';
  const answer = { body, master: result.kind === 'not-connected' ? null : master, url: url.href };
  switch (verdictOf(result, call)) {
    case 'accepted':
      return { kind: 'accepted', httpStatus: httpStatus ?? 200, ...answer };
    case 'rejected':
      return { kind: 'rejected', httpStatus, ...answer };
    case 'unknown':
      return { kind: 'unknown', httpStatus, why: inWords(result), ...answer };
  }
}

/** No master took it, and each for a reason that leaves the cluster untouched. One master's own words stay as they
 * came; several are told side by side. */
function nowhereApplied(stops: Stop[]): CallOutcome {
  const last = stops.at(-1);
  const [only] = stops;
  const body =
    stops.length === 1 && only?.result.kind === 'answered'
      ? only.result.body
      : stops.map(({ url, result }) => `${url.host}: ${inWords(result)}`).join('; ');
  const answered = stops.findLast(({ result }) => result.kind !== 'not-connected')?.result;
  const httpStatus =
    answered?.kind === 'answered' ? answered.status : answered?.kind === 'misdirected' ? 307 : null;
  return { kind: 'rejected', httpStatus, body, master: null, url: last?.url.href ?? '' };
}
