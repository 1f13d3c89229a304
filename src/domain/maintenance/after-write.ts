import { type Difference, differences, splitBy } from './difference.ts';
import { merged, type ScheduleChange } from './merge.ts';
import type { Window } from './window.ts';

/** What a read shows once our schedule was written, or may have been. */
export interface AfterWrite {
  /** Every machine of ours is as we wrote it. */
  stands: boolean;
  /** Our machines that are not as we wrote them. `before`: what we wrote. */
  undone: Difference[];
  /** What a read showed of others, and this one does not show. `before`: what they had. */
  lost: Loss[];
  /** What others have put in since, or moved. `after`: what they have now. */
  added: Difference[];
}

/** `byUs`: our write may have done it, for it is as in what we wrote; otherwise somebody wrote after us. */
export type Loss = Difference & { byUs: boolean };

/** Holds a read after our write against what we wrote and against the reads before it. The master compares nothing: what
 * somebody wrote between our read and our write is gone, and only a read in between can have shown it.
 *
 * `base`: the read that our schedule was made from. `between`: later reads, from before this one. */
export function afterWrite(
  change: ScheduleChange,
  { base, between, seen }: { base: readonly Window[]; between: readonly Window[][]; seen: readonly Window[] },
): AfterWrite {
  const wrote = merged(base, change);
  const since = splitBy(change.machines, differences(wrote, seen));
  const moved = new Set(since.others.map(({ machine }) => text(machine)));
  const lost = new Map<string, Loss>();
  for (const read of [wrote, ...between])
    for (const each of splitBy(change.machines, differences(read, seen)).others) {
      const what = text([each.machine, each.before]);
      if (each.before !== null && !lost.has(what))
        lost.set(what, { ...each, byUs: !moved.has(text(each.machine)) });
    }
  return {
    stands: since.ours.length === 0,
    undone: since.ours,
    lost: [...lost.values()],
    added: since.others.filter(({ after }) => after !== null),
  };
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}` : part));
}
