import type { Problem, Refusal } from '../refusal.ts';

/** A refusal as an entry's `facts` hold it. Where in the words each objection stands is left out: the words stand beside it,
 * and a place in them is no time. */
export function refusalInLog(
  refusal: Refusal,
):
  | Exclude<Refusal, { code: 'bad-command' }>
  | { code: 'bad-command'; problems: Omit<Problem, 'at' | 'length'>[] } {
  if (refusal.code !== 'bad-command') return refusal;
  const problems = refusal.problems.map(({ what, allowed, nearest }) => ({ what, allowed, nearest }));
  return { code: refusal.code, problems };
}
