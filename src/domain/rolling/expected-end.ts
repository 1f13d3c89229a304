import { after, type Instant, type Seconds } from '../ids.ts';
import type { Known, TaskGroup } from '../preview.ts';

/** What a wave needs at most until the last of its tasks is killed, in seconds; null: not known. Frameworks'
 * acknowledgements come on top. */
export function longestGrace(groups: readonly Known<TaskGroup[]>[]): number | null {
  let longest = 0;
  for (const each of groups) {
    if (!each.known) return null;
    for (const { tasks } of each.value)
      for (const { graceSeconds } of tasks) longest = Math.max(longest, graceSeconds);
  }
  return longest;
}

/** When each wave is expected to be over, one after the other with a pause between any two. From the first on of which it is
 * not known, null. */
export function endsOfWaves(
  longest: readonly (number | null)[],
  pause: Seconds | null,
  from: Instant,
): (Instant | null)[] {
  let end: Instant | null = from;
  return longest.map((seconds, nth) => {
    if (end === null || seconds === null) {
      end = null;
      return null;
    }
    end = after(end, (seconds + (nth === 0 ? 0 : (pause ?? 0))) * 1000);
    return end;
  });
}
