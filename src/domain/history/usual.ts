import type { TaskGroup } from '../preview.ts';

/** How long the last task of one framework took to leave an agent before, by the log. Of few there are no quantiles: they
 * are told one by one, the latest first. */
export type Usual =
  | { told: 'nothing' }
  | { told: 'few'; seconds: number[] }
  | { told: 'quantiles'; of: number; p50: number; p90: number };

/** A framework with how long it took before. `usual` null: not known, for nobody knows its name, by which the log tells
 * frameworks apart (an id changes whenever one registers anew). */
export interface FrameworkUsual {
  framework: string;
  name: string | null;
  usual: Usual | null;
}

/** So far back, and so many of the latest, count as usual. */
export const history = { backMs: 180 * 86_400_000, most: 50 } as const;

/** Below this there are no quantiles, and below this nothing is called slow by them. */
const enoughToTell = 3;
const enoughToJudge = 5;

/** What looks miss between them, and a start misses before the first: nobody is called slow for that. */
const slackSeconds = 15;

/** What these lengths come to, in seconds, the latest first. Quantiles by nearest rank: each is a length that was seen. */
export function usualOf(seconds: readonly number[]): Usual {
  if (seconds.length === 0) return { told: 'nothing' };
  if (seconds.length < enoughToTell) return { told: 'few', seconds: [...seconds] };
  const sorted = seconds.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { told: 'quantiles', of: sorted.length, p50: rank(0.5), p90: rank(0.9) };
}

/** Whether a framework that is still there after so many seconds takes longer than nine in ten times before; false also
 * where there is too little to judge by. */
export function isSlow(usual: Usual | null, seconds: number): usual is Extract<Usual, { told: 'quantiles' }> {
  return (
    usual?.told === 'quantiles' &&
    usual.of >= enoughToJudge &&
    seconds > usual.p90 + Math.max(slackSeconds, usual.p90 / 10)
  );
}

/** The names to look up of frameworks that run there, each once. */
export function namesToFind(groups: readonly TaskGroup[]): string[] {
  return [...new Set(groups.flatMap(({ framework }) => (framework.name === null ? [] : [framework.name])))];
}

/** Each framework with what was found of its name. */
export function usualOfEach(
  groups: readonly TaskGroup[],
  found: ReadonlyMap<string, readonly number[]>,
): FrameworkUsual[] {
  return groups.map(({ framework: { id, name } }) => ({
    framework: id,
    name,
    usual: name === null ? null : usualOf(found.get(name) ?? []),
  }));
}
