/** What the listeners have under way: a stop waits for it, and from then on turns away what comes. */
export interface UnderWay {
  readonly closed: boolean;
  track(work: Promise<void>): Promise<void>;
  /** Answers when the last of it is done. */
  close(): Promise<void>;
}

export function makeUnderWay(): UnderWay {
  const running = new Set<Promise<void>>();
  let closed = false;
  return {
    get closed() {
      return closed;
    },
    track(work) {
      running.add(work);
      return work.finally(() => running.delete(work));
    },
    async close() {
      closed = true;
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
