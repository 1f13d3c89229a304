import type { SimClock } from '../../clock.ts';

/** A source of Slack's `ts`: seconds and microseconds, unique and rising in the workspace even while the clock
 * stands still. */
export function timestamps(clock: SimClock): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, clock.now() * 1000);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
}

/** The same moment in whole microseconds, for comparing; null for what is no `ts`. Slack takes bare seconds too. */
export function microseconds(ts: string): number | null {
  const found = /^(\d{1,10})(?:\.(\d{1,6}))?$/.exec(ts);
  if (found === null) return null;
  return Number(found[1]) * 1_000_000 + Number((found[2] ?? '').padEnd(6, '0'));
}
