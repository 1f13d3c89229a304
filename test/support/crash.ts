import type { Parts } from '../../src/bot.ts';

/** Where a process can die: around each write, each call and each message, before it happens or just after. */
export interface CrashPlan {
  /** Dies at this boundary, counted from 1; Infinity: a clean run that only counts. */
  at: number;
  when: 'before' | 'after';
}

export interface Crash {
  /** Stands between the bot and its parts. Once dead, nothing gets through any more and nothing ever settles. */
  around(parts: Parts): Parts;
  crashed(): boolean;
  /** Resolves at the death. */
  died: Promise<void>;
  /** Boundaries so far, in words. */
  seen: string[];
  /** What a kernel frees when a process dies: the lock, the sockets. */
  bury(): Promise<void>;
}

const never = new Promise<never>(() => {});

export function crash({ at, when }: CrashPlan): Crash {
  const seen: string[] = [];
  const graves: (() => Promise<void>)[] = [];
  let dead = false;
  let tellDeath = () => {};
  const died = new Promise<void>((resolve) => {
    tellDeath = resolve;
  });
  const die = () => {
    dead = true;
    tellDeath();
  };

  /** What fails because its grave was dug meanwhile fails for nobody. */
  async function lastWords<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (fault) {
      if (dead) return never;
      throw fault;
    }
  }

  /** One boundary: lets the work through, or dies on either side of it. */
  async function boundary<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (dead) return never;
    seen.push(name);
    const mine = seen.length === at;
    if (mine && when === 'before') {
      die();
      return never;
    }
    const result = await lastWords(work);
    if (mine) die();
    return dead ? never : result;
  }
  /** Reads are no boundary, but a dead process gets no answer either. */
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    if (dead) return never;
    const result = await lastWords(work);
    return dead ? never : result;
  };

  return {
    seen,
    crashed: () => dead,
    died,
    bury: async () => {
      for (const close of graves.splice(0).reverse()) await close();
    },
    around: (parts) => ({
      ...parts,
      openStore: async (sha256) => {
        const store = await parts.openStore(sha256);
        graves.push(() => store.close());
        const reads = Object.fromEntries(
          Object.entries(store).map(([name, read]) => [
            name,
            (...args: unknown[]) => alive(() => (read as (...args: unknown[]) => Promise<unknown>)(...args)),
          ]),
        ) as unknown as typeof store;
        return { ...reads, transact: (work) => boundary('write', () => store.transact(work)) };
      },
      connectMesos: (of) => {
        const mesos = parts.connectMesos(of);
        graves.push(() => mesos.close());
        const { calls } = mesos;
        return {
          ...mesos,
          calls: {
            bodyOf: (call) => calls.bodyOf(call),
            submit: (call) => boundary('call', () => calls.submit(call)),
          },
        };
      },
      connectSlack: async (use) => {
        // Its grave lets it go, or closing would wait for it for ever; nobody reads what it says then.
        const buried = new Promise<null>((resolve) => graves.push(async () => resolve(null)));
        const slack = await parts.connectSlack({
          ...use,
          // What wakes a dead process wakes nobody.
          onReacted: (to) => {
            if (!dead) use.onReacted(to);
          },
          takeIn: (typed) => Promise.race([alive(() => use.takeIn(typed)), buried]),
        });
        let linking: Promise<void> | null = null;
        graves.unshift(async () => {
          if (linking === null) return;
          await linking; // a socket can be cut cleanly only once it is there
          await slack.stop();
        });
        const { chat } = slack;
        return {
          ...slack,
          prompts: { read: (...args) => alive(() => slack.prompts.read(...args)) },
          anchors: { read: (...args) => alive(() => slack.anchors.read(...args)) },
          start: () => {
            linking = slack.start();
            return linking;
          },
          chat: {
            post: (...args) => boundary(`post ${args[1].kind}`, () => chat.post(...args)),
            edit: (...args) => boundary('edit', () => chat.edit(...args)),
            answer: (url, notice, replaces) =>
              boundary(`answer ${notice.kind}`, () => chat.answer(url, notice, replaces)),
            whisper: (to, user, notice) =>
              boundary(`whisper ${notice.kind}`, () => chat.whisper(to, user, notice)),
            openDirect: (...args) => alive(() => chat.openDirect(...args)),
            findPosted: (...args) => alive(() => chat.findPosted(...args)),
            permalink: (...args) => alive(() => chat.permalink(...args)),
          },
        };
      },
    }),
  };
}
