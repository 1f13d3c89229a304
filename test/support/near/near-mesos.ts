import type { AppliedCall } from '../../../playground/mesos/state.ts';
import type { Clock, Log } from '../../../src/app/ports.ts';
import type { Parts } from '../../../src/bot.ts';
import type { Config } from '../../../src/config.ts';
import type { Call } from '../../../src/domain/call.ts';
import type { MasterId } from '../../../src/domain/ids.ts';
import { callsOf } from '../../../src/mesos/calls.ts';
import { endpoint, leaderTrail } from '../../../src/mesos/leader.ts';
import { masterOf } from '../../../src/mesos/master.ts';
import { agentGate } from '../../../src/mesos/networks.ts';
import { nothingApplied } from '../../../src/mesos/outcome.ts';
import { inWords, mayPass, projected, type ReadResult } from '../../../src/mesos/projection.ts';
import { ReadFault } from '../../../src/mesos/read-fault.ts';
import type { Reads } from '../../../src/mesos/reads.ts';
import { apiQuery, callBody, type Query } from '../../../src/mesos/requests.ts';
import { isExact } from '../../../src/mesos/shapes/exact.ts';
import { leader as leaderShape } from '../../../src/mesos/shapes/leader.ts';
import { type HttpRequest, type HttpResult, isSuccess, type Wire } from '../../../src/mesos/wire.ts';
import type { Delivered, NearCluster } from './near-cluster.ts';

/** One call on its way through the door: whom it reached, and what it changed there. */
export interface Submission {
  call: Call;
  body: string;
  at: number;
  /** Attempts that may have changed something where they went. */
  attempts: Attempt[];
}

export interface Attempt {
  at: number;
  url: string;
  /** Certainly without effect: no connection, a redirect, or one of the two 503s that send it elsewhere. */
  passedOn: boolean;
  /** What took effect by it, also long after. */
  applied: AppliedCall[];
}

/** The bot's adapter to Mesos over a cluster in this process. Looks, calls, leaders and shapes are the production ones;
 * the wire, its deadlines and the reading of JSON are not. */
export function connectNear(
  cluster: NearCluster,
  config: Config,
  { clock, log }: { clock: Clock; log: Log },
  onSubmit: (submission: Submission) => void,
): Parts['connectMesos'] {
  return ({ name, masters, allowedHosts, agents }) => {
    const trail = leaderTrail({ masters, allowedHosts }, log);
    const ids = new Map<string, MasterId>();
    const wire = wireTo(cluster, clock, config.timing.callDeadlineMs);
    const reads = readsOver(wireTo(cluster, clock, config.timing.readDeadlineMs), masters, clock, log);
    return {
      master: masterOf(
        name,
        {
          ...reads,
          leader: async () => {
            const found = await reads.leader();
            ids.set(found.base.href, found.leader.id);
            return found;
          },
        },
        { gate: agentGate(agents.networks, masters), https: false, askAt: reads.askAt },
      ),
      calls: {
        bodyOf: callBody,
        submit: (call) => {
          const submission: Submission = { call, body: callBody(call), at: clock.now(), attempts: [] };
          onSubmit(submission);
          const door = callsOf({
            wire: witnessed(wire, cluster, submission, clock),
            authorization: {},
            // A real one, beside the clock's: nothing here takes that long.
            deadlineMs: 600_000,
            trail,
            idAt: (base) => ids.get(base.href) ?? null,
          });
          return door.submit(call);
        },
      },
      close: async () => {},
    };
  };
}

function witnessed(wire: Wire, cluster: NearCluster, submission: Submission, clock: Clock): Wire {
  return {
    ...wire,
    send: async (request) => {
      const attempt: Attempt = { at: clock.now(), url: request.url.href, passedOn: false, applied: [] };
      submission.attempts.push(attempt);
      cluster.sending(attempt.applied);
      const result = await wire.send(request);
      attempt.passedOn = nothingApplied(result) || (result.kind === 'answered' && result.status === 307);
      return result;
    },
  };
}

type NearResult = Exclude<Delivered, 'never'>;
/** A wire that may hand a document over as it is. */
type NearWire = { send(request: HttpRequest): Promise<NearResult>; close(): Promise<void> };

function wireTo(cluster: NearCluster, clock: Clock, deadlineMs: number): NearWire {
  const timedOut: HttpResult = {
    kind: 'broken',
    status: null,
    timedOut: true,
    why: 'no whole answer within the deadline',
  };
  return {
    send: async ({ url, method, body }) => {
      const delivered = cluster.deliver(url, { method, body: body ?? '' });
      if (delivered !== 'never') return delivered;
      return new Promise((resolve) => {
        clock.after(deadlineMs, () => resolve(timedOut));
      });
    },
    close: async () => {},
  };
}

/** As src/mesos/reads.ts, but for its retries on the wall's clock and its reading in passing. */
function readsOver(wire: NearWire, masters: URL[], clock: Clock, log: Log): Reads {
  const trail = leaderTrail({ masters, allowedHosts: [] }, log);
  const who = apiQuery('GET_MASTER', leaderShape);
  const signal = new AbortController().signal;

  async function send({ method, body, shape }: Query<unknown>, url: URL): Promise<ReadResult> {
    const result = await wire.send({ url, method, headers: {}, body, signal, maxBytes: 0 });
    const { document } = result;
    return {
      ...result,
      reader: {
        take: () => {},
        finish: () => (document === undefined ? null : { document: document(isExact(shape)) }),
      },
    };
  }

  async function anywhere<T>(query: Query<T>): Promise<{ value: T; base: URL }> {
    const walk = await trail.walk(query.pathAndQuery, (url) => send(query, url), settles);
    if (walk.settled === null) {
      const told = walk.stops.map(({ url, result }) => `${url.host}: ${inWords(result)}`);
      throw new ReadFault(
        told.join('; '),
        walk.stops.every(({ result }) => mayPass(result)),
      );
    }
    const { url, base, result } = walk.settled;
    return { value: projected(query, url, result), base };
  }

  /** Three tries within half a second, where that can help. */
  async function patiently<T>(read: () => Promise<T>): Promise<T> {
    for (const waitMs of [100, 300]) {
      try {
        return await read();
      } catch (fault) {
        if (!(fault instanceof ReadFault) || !fault.passing) throw fault;
        await new Promise<void>((resolve) => {
          clock.after(waitMs, resolve);
        });
      }
    }
    return await read();
  }

  const askAt: Reads['askAt'] = (base, query) => {
    const url = endpoint(base, query.pathAndQuery);
    return patiently(async () => projected(query, url, await send(query, url)));
  };
  return {
    askAt,
    ask: async (query) => (await patiently(() => anywhere(query))).value,
    leader: async () => {
      const { value, base } = await patiently(() => anywhere(who));
      return { leader: { ...value, url: base.href }, base };
    },
    leaderAt: async (base) => ({ leader: { ...(await askAt(base, who)), url: base.href }, base }),
  };
}

function settles(result: HttpResult): boolean {
  if (result.kind !== 'answered') return false;
  const { status } = result;
  return isSuccess(status) || (status >= 400 && status < 500 && status !== 408);
}
