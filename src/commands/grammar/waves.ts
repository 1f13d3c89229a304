import type { Flag } from '../entry.ts';
import { flag } from './parts.ts';

/** `--parallel N` and what goes with it. */
export const inWaves: readonly Flag[] = [
  flag('parallel', 'in waves of so many agents; the whole list is kept away from new tasks first', {
    takes: { kind: 'agents-at-once', shown: 'N' },
  }),
  flag('per', 'of a wave, no more than so many with the same value of an attribute, like `rack 1`', {
    takes: { kind: 'per', shown: 'ATTRIBUTE N' },
    several: true,
  }),
  flag('pause', 'how long to wait between two waves', { takes: { kind: 'duration', shown: 'DUR' } }),
  flag('then', 'once an agent is proven empty: `wait` (out of service), `reactivate` or `mark-gone`', {
    takes: { kind: 'afterwards', shown: 'wait|mark-gone|reactivate' },
  }),
];

/** What those make of a drain. */
export const rolling =
  'With `--parallel`, `--per`, `--pause` or `--then` it rolls: the waves are shown first, and each is judged anew before it begins: limits, freezes, the gate, room on the rest, last instances. At the first trouble it halts and says why; `pause`, `resume` and `cancel` take its number. What is not given is as the policy has it.';
