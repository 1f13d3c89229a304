import { describe, expect, it } from '@jest/globals';
import { staleAfterMs } from '../../src/app/commands/run-command.ts';
import { commitDeadlineMs, makeTakeIn } from '../../src/app/take-in.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { fakeLog } from '../support/fake-log.ts';
import { fakeStore, storeDown } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import { typed } from '../support/samples.ts';

const help: Notice = { kind: 'not-logged', answer: { kind: 'help', topic: null, clusters: [] } };

/** A commit that ends when the test says so. */
function gate() {
  let open = () => {};
  let fail = (_fault: unknown) => {};
  const waits = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { waits, open: () => open(), fail: (fault: unknown) => fail(fault) };
}

function inbox(unlogged: Notice | null = null) {
  const { store, committed, door } = fakeStore();
  const { clock, advance, settled, nextDue } = portClock();
  const { log, lines } = fakeLog();
  let taken = 0;
  let count = 0;
  const insert = { wait: Promise.resolve() };
  const takeIn = makeTakeIn({
    store: {
      ...store,
      transact: (work) =>
        store.transact((tx) =>
          work({ ...tx, takeIn: async (...row) => insert.wait.then(() => tx.takeIn(...row)) }),
        ),
    },
    clock,
    log,
    newId: () => `id-${count++}`,
    onTaken: () => {
      taken += 1;
    },
    answerUnlogged: async () => unlogged,
    onUnrecorded: () => {},
  });
  return { takeIn, insert, committed, door, advance, settled, nextDue, lines, wakes: () => taken };
}

const slow = { kind: 'refused', refusal: { code: 'not-recorded', why: 'slow' }, typed: 'drain agent3' };
const down = {
  kind: 'refused',
  refusal: { code: 'not-recorded', why: { code: 'FAULT', toDo: "The bot's log says more." } },
  typed: 'drain agent3',
};

describe('taking a command in', () => {
  it('commits it, then answers nothing and wakes the pass', async () => {
    const { takeIn, committed, wakes, nextDue } = inbox();
    expect(await takeIn.take(typed())).toBeNull();
    expect(committed.taken).toEqual([typed()]);
    expect(wakes()).toBe(1);
    expect(takeIn.holds('trigger-1')).toBe(false);
    expect(nextDue()).toBeNull();
  });

  it('answers nothing and wakes nobody before the commit is back', async () => {
    const { takeIn, door, settled, wakes } = inbox();
    const { waits, open } = gate();
    door.commit = () => waits;
    let answered = false;
    const answer = takeIn.take(typed()).then(() => {
      answered = true;
    });
    await settled();
    expect([answered, wakes(), takeIn.holds('trigger-1')]).toEqual([false, 0, true]);
    open();
    await answer;
    expect([wakes(), takeIn.holds('trigger-1')]).toEqual([1, false]);
  });

  it('takes a repeat of the same trigger once', async () => {
    const { takeIn, committed } = inbox();
    await Promise.all([takeIn.take(typed()), takeIn.take(typed())]);
    await takeIn.take(typed());
    expect(committed.taken).toHaveLength(1);
  });

  it('takes the same words with another trigger again', async () => {
    const { takeIn, committed } = inbox();
    await takeIn.take(typed());
    await takeIn.take(typed({ triggerId: 'trigger-2' }));
    expect(committed.taken).toHaveLength(2);
  });
});

describe('a commit that is not back after 2 s', () => {
  async function late() {
    const all = inbox();
    const { waits, open, fail } = gate();
    all.door.commit = (transaction) => (transaction === 1 ? waits : undefined);
    const answer = all.takeIn.take(typed());
    await all.settled();
    all.advance(commitDeadlineMs - 1);
    await all.settled();
    const early = await Promise.race([answer, Promise.resolve('still waiting')]);
    all.advance(1);
    return { ...all, open, fail, early, answer: await answer };
  }

  it('is answered as not recorded, and not a millisecond sooner', async () => {
    const { early, answer, wakes } = await late();
    expect(early).toBe('still waiting');
    expect(answer).toEqual(slow);
    expect(wakes()).toBe(0);
  });

  it('is held until it is back, then withdrawn', async () => {
    const { takeIn, open, settled, committed, wakes } = await late();
    expect(takeIn.holds('trigger-1')).toBe(true);
    open();
    await settled();
    expect(committed.voided).toEqual(['trigger-1']);
    expect(takeIn.holds('trigger-1')).toBe(false);
    expect(wakes()).toBe(0);
  });

  it('writes nothing when its row was not even written by then', async () => {
    const { takeIn, insert, settled, advance, committed, wakes } = inbox();
    const { waits, open } = gate();
    insert.wait = waits;
    const answer = takeIn.take(typed());
    await settled();
    advance(commitDeadlineMs);
    expect(await answer).toEqual(slow);
    open();
    await settled();
    expect(committed).toMatchObject({ taken: [], voided: [] });
    expect([takeIn.holds('trigger-1'), wakes()]).toEqual([false, 0]);
  });

  it('needs no withdrawal when it failed after all', async () => {
    const { takeIn, fail, settled, committed } = await late();
    fail(storeDown());
    await settled();
    expect(committed).toMatchObject({ taken: [], voided: [] });
    expect(takeIn.holds('trigger-1')).toBe(false);
  });

  it('is held until it is too old to be run when it can not be withdrawn', async () => {
    const { takeIn, open, settled, door, advance, lines } = await late();
    door.commit = () => {
      throw storeDown();
    };
    open();
    await settled();
    expect(lines.at(-1)).toMatchObject({ level: 'error' });
    advance(staleAfterMs);
    expect(takeIn.holds('trigger-1')).toBe(true);
    advance(1);
    expect(takeIn.holds('trigger-1')).toBe(false);
  });

  it('gives a repeat the same answer, before and after the withdrawal', async () => {
    const { takeIn, open, settled, wakes } = await late();
    expect(await takeIn.take(typed())).toEqual(slow);
    open();
    await settled();
    expect(await takeIn.take(typed())).toEqual(slow);
    expect(wakes()).toBe(0);
  });
});

describe('a commit that fails', () => {
  it('is answered as not recorded, by name of the store', async () => {
    const { takeIn, door, committed, wakes } = inbox();
    door.commit = () => {
      throw storeDown();
    };
    expect(await takeIn.take(typed())).toEqual(down);
    expect(committed.taken).toEqual([]);
    expect(wakes()).toBe(0);
    expect(takeIn.holds('trigger-1')).toBe(false);
  });

  it('is answered all the same where a read may be answered without the log', async () => {
    const { takeIn, door } = inbox(help);
    door.commit = () => {
      throw storeDown();
    };
    expect(await takeIn.take(typed({ text: 'help' }))).toEqual(help);
  });

  it('can be typed again', async () => {
    const { takeIn, door, committed } = inbox();
    door.commit = (transaction) => {
      if (transaction === 1) throw storeDown();
    };
    await takeIn.take(typed());
    expect(await takeIn.take(typed())).toBeNull();
    expect(committed.taken).toHaveLength(1);
  });

  it('is not explained away when it is a bug', async () => {
    const { takeIn, door } = inbox(help);
    door.commit = () => {
      throw new RangeError('a bug');
    };
    await expect(takeIn.take(typed())).rejects.toThrow(RangeError);
    expect(takeIn.holds('trigger-1')).toBe(false);
  });
});
