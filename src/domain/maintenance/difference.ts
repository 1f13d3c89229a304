import type { Machine } from '../agent.ts';
import { isAmong, machineKey } from './machine.ts';
import { type Span, sameSpan } from './merge.ts';
import type { Window } from './window.ts';

/** One machine that two schedules don't have alike. Null: it is not in that one. */
export interface Difference {
  machine: Machine;
  before: Span | null;
  after: Span | null;
}

/** What the second schedule has otherwise than the first, machine by machine. How machines are put together in windows means
 * nothing to the master. */
export function differences(before: readonly Window[], after: readonly Window[]): Difference[] {
  const was = byMachine(before);
  const is = byMachine(after);
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const old = was.get(key) ?? [];
    const fresh = is.get(key) ?? [];
    const gone = old.filter(({ span }) => !fresh.some((other) => sameSpan(span, other.span)));
    const come = fresh.filter(({ span }) => !old.some((other) => sameSpan(span, other.span)));
    return Array.from({ length: Math.max(gone.length, come.length) }, (_, at): Difference[] => {
      const [from, to] = [gone[at], come[at]];
      const machine = (to ?? from)?.machine;
      return machine === undefined ? [] : [{ machine, before: from?.span ?? null, after: to?.span ?? null }];
    }).flat();
  });
}

/** Those that are about some machines, and those that are not. */
export function splitBy<D extends { machine: Machine }>(
  machines: readonly Machine[],
  all: readonly D[],
): { ours: D[]; others: D[] } {
  return {
    ours: all.filter(({ machine }) => isAmong(machine, machines)),
    others: all.filter(({ machine }) => !isAmong(machine, machines)),
  };
}

interface Entry {
  machine: Machine;
  span: Span;
}

function byMachine(windows: readonly Window[]): Map<string, Entry[]> {
  const all = new Map<string, Entry[]>();
  for (const { machines, startNs, durationNs } of windows)
    for (const machine of machines) {
      const key = machineKey(machine);
      all.set(key, [...(all.get(key) ?? []), { machine, span: { startNs, durationNs } }]);
    }
  return all;
}
