import type { Refusal } from '../../../domain/refusal.ts';
import { wordsOf } from './refusal.ts';

/** What stands in the way, in one sentence without its stop: for one line of many. */
export function refusalInShort(refusal: Refusal): string {
  return refusal.code === 'bad-command' ? 'its words were not understood' : wordsOf(refusal).what;
}
