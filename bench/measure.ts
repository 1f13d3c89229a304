/** Milliseconds that `work` took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** The middle one; of an even number, the upper of the two. */
export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Median milliseconds of both, measured in turn, so that whatever else the machine does meets both alike. The first
 * round only warms up and doesn't count. */
export async function sideBySide(
  rounds: number,
  small: () => Promise<unknown>,
  large: () => Promise<unknown>,
): Promise<[small: number, large: number]> {
  const took: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const pair = [await timed(small), await timed(large)] as const;
    if (round === 0) continue;
    took[0].push(pair[0]);
    took[1].push(pair[1]);
  }
  return [median(took[0]), median(took[1])];
}
