import type { Refusal } from '../../../domain/refusal.ts';
import { wordsOf } from './refusal.ts';

/** Why it stands in the way, in a sentence or two that address nobody. */
export function whyRefused(refusal: Refusal): string {
  return refusal.code === 'bad-command' ? 'Its words were not understood.' : wordsOf(refusal).why;
}

/** What stands in the way, in one sentence without its stop: for one line of many. `of`: the name with which that line begins. */
export function refusalInShort(refusal: Refusal, of: string | null = null): string {
  if (refusal.code === 'bad-command') return 'its words were not understood';
  const { what } = wordsOf(refusal);
  return of !== null && what.startsWith(`${of} `) ? `it${what.slice(of.length)}` : what;
}
