import { describe, expect, it } from '@jest/globals';
import { makeOneAtATime } from '../../src/app/maintenance/one-at-a-time.ts';

describe('one at a time', () => {
  it('begins nothing before what came first has ended, also where that fails', async () => {
    const oneAtATime = makeOneAtATime();
    const order: string[] = [];
    const doing = (name: string, end: () => void) => async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      end();
      return name;
    };
    const fails = oneAtATime(
      doing('first', () => {
        throw new Error('no master');
      }),
    );
    const second = oneAtATime(doing('second', () => {}));
    await expect(fails).rejects.toThrow('no master');
    expect(await second).toBe('second');
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });
});
