import { describe, expect, it } from '@jest/globals';
import { inTurn, sharedRead } from '../../src/mesos/in-turn.ts';
import { ReadFault } from '../../src/mesos/read-fault.ts';

/** A read that ends when it is told to, and knows how many ran at once. */
function slowRead() {
  const ends: ((fails?: Error) => void)[] = [];
  const seen = { running: 0, most: 0, started: 0 };
  const read = () =>
    new Promise<number>((resolve, reject) => {
      seen.running += 1;
      seen.started += 1;
      seen.most = Math.max(seen.most, seen.running);
      const number = seen.started;
      ends.push((fails) => {
        seen.running -= 1;
        if (fails === undefined) resolve(number);
        else reject(fails);
      });
    });
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { read, seen, settled, end: (fails?: Error) => ends.shift()?.(fails) };
}

describe('reads of all tasks', () => {
  it('run one at a time, also after one failed, and the sixth is refused', async () => {
    const { read, seen, settled, end } = slowRead();
    const turn = inTurn();
    const five = [1, 2, 3, 4, 5].map(() => turn('GET_TASKS', read).catch((fault: Error) => fault.message));
    await expect(turn('GET_TASKS', read)).rejects.toThrow(ReadFault);
    for (let n = 0; n < 5; n++) {
      await settled();
      expect(seen).toMatchObject({ running: 1, most: 1, started: n + 1 });
      end(n === 1 ? new Error('reset') : undefined);
    }
    expect(await Promise.all(five)).toEqual([1, 'reset', 3, 4, 5]);
    const again = turn('GET_TASKS', read);
    await settled();
    end();
    expect(await again).toBe(6);
  });
});

describe('sweeps', () => {
  it('are shared by all who ask while one runs, and begin after the last of them asked', async () => {
    const { read, seen, settled, end } = slowRead();
    const sweep = sharedRead(read);
    const first = sweep();
    const meanwhile = [sweep(), sweep(), sweep()];
    await settled();
    expect(seen.started).toBe(1);
    end();
    expect(await first).toBe(1);
    await settled();
    end();
    expect(await Promise.all(meanwhile)).toEqual([2, 2, 2]);
    const later = sweep();
    end();
    expect(await later).toBe(3);
    expect(seen.most).toBe(1);
  });

  it('go on after one failed', async () => {
    const { read, settled, end } = slowRead();
    const sweep = sharedRead(read);
    const first = sweep().catch((fault: Error) => fault.message);
    const second = sweep();
    end(new Error('reset'));
    expect(await first).toBe('reset');
    await settled();
    end();
    expect(await second).toBe(2);
  });
});
