/** Waits for all of them, and only then throws what the first failed one threw: nothing of a pass may run on past its
 * end, and past the stop of the bot. */
export async function allToTheirEnd(work: Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(work);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
