import { expect, it } from '@jest/globals';
import type { Clock } from '../../src/app/ports.ts';
import { instant } from '../../src/domain/ids.ts';
import { breathing } from '../../src/mesos/breathe.ts';

const kb = 1024;

it.each<[string, number[], number, string[]]>([
  ['a chunk at a time', [10, 20, 7], 1, ['10', '20', '7']],
  ['a large chunk in pieces', [40 * kb, 3], 1, [`${16 * kb}`, `${16 * kb}`, `${8 * kb}`, '3']],
  ['the loop free once work has taken 25 ms', [1, 2, 3, 4, 5], 9, ['1', '2', '3', 'pause of 0', '4', '5']],
  [
    'the loop free in the midst of a chunk',
    [40 * kb],
    30,
    [`${16 * kb}`, 'pause of 0', `${16 * kb}`, 'pause of 0', `${8 * kb}`, 'pause of 0'],
  ],
])('takes %s', async (_, chunks, took, order) => {
  let now = 0;
  const seen: string[] = [];
  const clock: Clock = {
    now: () => instant(now),
    after(ms, run) {
      seen.push(`pause of ${ms}`);
      setImmediate(run);
      return () => {};
    },
  };
  const take = breathing(clock, (piece) => {
    seen.push(`${piece.length}`);
    now += took;
  });
  for (const length of chunks) await take(new Uint8Array(length));
  expect(seen).toEqual(order);
});
