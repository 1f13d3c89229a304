import type { Log } from '../app/ports.ts';
import { type KnownHosts, whereTo } from './redirects.ts';
import { type HttpResult, isSuccess } from './wire.ts';

/** A redirect that is not followed. */
export interface Misdirected {
  kind: 'misdirected';
  why: string;
}

/** One master's part in a walk. */
export interface Stop {
  url: URL;
  result: HttpResult | Misdirected;
}

/** Where asking the masters in turn ended: at an answer that settles it, or nowhere. */
export type Walk<R extends HttpResult> =
  | { settled: { url: URL; base: URL; result: R } }
  | { settled: null; stops: Stop[] };

/** Finds the leader by asking, and remembers it. */
export interface LeaderTrail {
  /** Asks the leader as last known, then each master in turn, none twice, and follows redirects by hand. It ends
   * at the first result that `settles`; whatever does not settle must allow for asking somebody else. */
  walk<R extends HttpResult>(
    pathAndQuery: string,
    send: (url: URL) => Promise<R>,
    settles: (result: HttpResult) => boolean,
  ): Promise<Walk<R>>;
}

const mostRedirects = 3;

/** Starts with nobody known to lead. */
export function leaderTrail(known: KnownHosts, log: Log): LeaderTrail {
  let leader: URL | null = null;

  function remember(base: URL): void {
    if (leader?.href !== base.href) log.info({ master: base.host }, 'following a leader');
    leader = base;
  }

  return {
    async walk(pathAndQuery, send, settles) {
      const asked = new Set<string>();
      const stops: Stop[] = [];
      for (const start of leader === null ? known.masters : [leader, ...known.masters]) {
        if (asked.has(start.href)) continue;
        let base = start;
        for (let redirects = 0; ; redirects += 1) {
          asked.add(base.href);
          const url = endpoint(base, pathAndQuery);
          const result = await send(url);
          if (result.kind !== 'answered' || result.status !== 307) {
            if (settles(result)) {
              if (result.kind === 'answered' && isSuccess(result.status)) remember(base);
              return { settled: { url, base, result } };
            }
            if (leader?.href === base.href) leader = null;
            stops.push({ url, result });
            break;
          }
          const next = whereTo(result.location, url, known);
          if ('refused' in next) {
            stops.push(misdirected(url, next.refused));
            break;
          }
          if (asked.has(next.base.href)) {
            stops.push(misdirected(url, `redirects to ${next.base.host}, which was asked already`));
            break;
          }
          if (redirects === mostRedirects) {
            stops.push(misdirected(url, `more than ${mostRedirects} redirects, the first at ${start.host}`));
            break;
          }
          base = next.base;
        }
      }
      return { settled: null, stops };
    },
  };
}

/** The address of an endpoint under a master's base address. */
export function endpoint(base: URL, pathAndQuery: string): URL {
  return new URL(`${base.pathname.replace(/\/+$/, '')}${pathAndQuery}`, base.origin);
}

function misdirected(url: URL, why: string): Stop {
  return { url, result: { kind: 'misdirected', why } };
}
