import pRetry from 'p-retry';
import type { Clock, Log } from '../app/ports.ts';
import type { Leader } from '../domain/agent.ts';
import { breathing } from './breathe.ts';
import { documentReader } from './document-reader.ts';
import { endpoint, type LeaderTrail } from './leader.ts';
import { inWords, mayPass, projected, type ReadResult } from './projection.ts';
import { ReadFault } from './read-fault.ts';
import { apiHeaders, apiQuery, type Query } from './requests.ts';
import { leader as leaderShape } from './shapes/leader.ts';
import { type HttpResult, isSuccess, type Wire } from './wire.ts';

/** Reads of whoever leads, or of one given server. They throw a ReadFault. */
export interface Reads {
  /** Asks the leader, wherever it is. */
  ask<T>(query: Query<T>): Promise<T>;
  /** Asks this server and no other. */
  askAt<T>(base: URL, query: Query<T>): Promise<T>;
  /** Who leads, recovered and ready (before that GET_MASTER is a 503), and its own base address. */
  leader(): Promise<LeaderAt>;
  /** GET_MASTER of this server and no other. */
  leaderAt(base: URL): Promise<LeaderAt>;
}

/** A leader with the base address that answers for it. */
export interface LeaderAt {
  leader: Leader;
  base: URL;
}

/** How reads leave. */
export interface ReadOptions {
  wire: Wire;
  authorization: Record<string, string>;
  deadlineMs: number;
  maxBytes: number;
  clock: Clock;
  log: Log;
}

/** Reads of one server only, tried again a little where that can help. */
export function serverReads(options: ReadOptions) {
  async function send(url: URL, query: Query<unknown>): Promise<ReadResult> {
    const reader = documentReader(query.shape);
    const from = options.clock.now();
    const result = await options.wire.send({
      url,
      method: query.method,
      headers: {
        ...(query.body === null ? { accept: 'application/json' } : apiHeaders),
        'accept-encoding': 'gzip',
        ...options.authorization,
      },
      body: query.body,
      signal: AbortSignal.timeout(options.deadlineMs),
      maxBytes: options.maxBytes,
      into: breathing(options.clock, reader.take),
    });
    const outcome = result.kind === 'answered' ? result.status : result.kind;
    options.log.debug({ host: url.host, query: query.name, outcome, ms: options.clock.now() - from }, 'read');
    return { ...result, reader };
  }

  return {
    send,
    async askAt<T>(base: URL, query: Query<T>): Promise<T> {
      const url = endpoint(base, query.pathAndQuery);
      return await patiently(async () => projected(query, url, await send(url, query)));
    },
  };
}

/** Reads of a cluster's masters. */
export function masterReads(options: ReadOptions, trail: LeaderTrail): Reads {
  const { send, askAt } = serverReads(options);
  const who = apiQuery('GET_MASTER', leaderShape);

  async function askAnywhere<T>(query: Query<T>): Promise<{ value: T; base: URL }> {
    return await patiently(async () => {
      const walk = await trail.walk(query.pathAndQuery, (url) => send(url, query), settlesRead);
      if (walk.settled === null) {
        const told = walk.stops.map(({ url, result }) => `${url.host}: ${inWords(result)}`);
        const passing = walk.stops.every(({ result }) => mayPass(result));
        throw new ReadFault(`${query.name}: no master answers (${told.join('; ')})`, passing);
      }
      const { url, base, result } = walk.settled;
      return { value: projected(query, url, result), base };
    });
  }

  return {
    askAt,
    ask: async (query) => (await askAnywhere(query)).value,
    async leader() {
      const { value, base } = await askAnywhere(who);
      return { leader: { ...value, url: base.href }, base };
    },
    async leaderAt(base) {
      return { leader: { ...(await askAt(base, who)), url: base.href }, base };
    },
  };
}

/** An answer that another master would not better: a success, or a refusal of ourselves. */
function settlesRead(result: HttpResult): result is Extract<HttpResult, { kind: 'answered' }> {
  return result.kind === 'answered' && (isSuccess(result.status) || isRefusal(result.status));
}

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

/** Three tries within half a second, for reads only; never after a 4xx, a deadline or an unexpected shape. */
async function patiently<T>(read: () => Promise<T>): Promise<T> {
  return await pRetry(read, {
    retries: 2,
    minTimeout: 100,
    factor: 3,
    shouldRetry: ({ error }) => error instanceof ReadFault && error.passing,
  });
}
