import type { HaltReason } from '../../../domain/rolling.ts';

/** Why a rolling drain begins no further wave, in a clause without names: where there is no room for all of it. */
export function haltInShort(code: HaltReason['code']): string {
  return shorts[code];
}

const shorts: Record<HaltReason['code'], string> = {
  paused: 'somebody paused it',
  'line-failed': 'an agent came to another end than was meant',
  'line-refused': 'an agent was refused at its turn',
  stuck: 'an agent is stuck',
  refused: 'a rule is against it',
  wave: 'the next wave would take too much at once',
  gate: 'the gate does not let it through',
  votes: 'its approval does not stand any more',
  unreadable: 'the cluster can’t be read',
};
