import { ReadFault } from './read-fault.ts';

/** Reads that wait for the one that runs; a further one is refused. */
const mayWait = 4;

/** Runs reads one after another. A whole cluster's tasks take a GB while they are looked through, and block the master
 * meanwhile (mesos-api 10.21): a few people asking at once must not add that up. Throws a ReadFault where too many
 * wait already. */
export function inTurn() {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async <T>(name: string, read: () => Promise<T>): Promise<T> => {
    if (waiting > mayWait) throw new ReadFault(`${name}: too many ask for it at once`, true);
    waiting += 1;
    const result = last.then(read).finally(() => {
      waiting -= 1;
    });
    // Whoever asked gets the fault; the next in turn only waits for the end.
    last = Promise.allSettled([result]);
    return await result;
  };
}

/** The same read for all who ask: one runs at a time, and whoever asks meanwhile shares the next one, which begins
 * after they asked. */
export function sharedRead<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<void> | null = null;
  let next: Promise<T> | null = null;
  function start(): Promise<T> {
    next = null;
    const result = read();
    const ended = result.then(
      () => {},
      () => {},
    );
    running = ended;
    void ended.then(() => {
      if (running === ended) running = null;
    });
    return result;
  }
  return () => {
    if (running === null) return start();
    next ??= running.then(start);
    return next;
  };
}
