/** Runs one piece of work after the other, each to its end. */
export type OneAtATime = <T>(work: () => Promise<T>) => Promise<T>;

/** For the writers of one cluster's schedule: between our own read and write no other of ours may write. In memory, for a
 * restart begins with nobody writing. */
export function makeOneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    // Whoever asked gets the fault; the next one only waits for the end.
    last = Promise.allSettled([mine]);
    return mine;
  };
}
