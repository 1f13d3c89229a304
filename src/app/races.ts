import { VersionConflict } from './faults.ts';

/** Lost races with the watch before it counts as a fault. */
const mostRaces = 3;

/** Does it again where a look moved the work on meanwhile: the person means it as it stands now. */
export async function asItStands<T>(work: () => Promise<T>): Promise<T> {
  for (let left = mostRaces; ; left -= 1) {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof VersionConflict) || left === 0) throw fault;
    }
  }
}
