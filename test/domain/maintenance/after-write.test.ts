import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterWrite } from '../../../src/domain/maintenance/after-write.ts';
import { isAmong, machineKey, type WholeMachine } from '../../../src/domain/maintenance/machine.ts';
import { merged, type ScheduleChange } from '../../../src/domain/maintenance/merge.ts';
import type { Window } from '../../../src/domain/maintenance/window.ts';

const a = { hostname: 'a.example', ip: '10.0.0.1' };
const b = { hostname: 'b.example', ip: '10.0.0.2' };
const c = { hostname: 'c.example', ip: '10.0.0.3' };
const span = { startNs: 5n, durationNs: 7n };
const other = { startNs: 6n, durationNs: null };
const change: ScheduleChange = { to: 'schedule', span, machines: [a] };
const theirs: Window = { machines: [b], ...other };
const ours: Window = { machines: [a], ...span };
const fresh: Window = { machines: [c], ...other };

describe('a read after our write', () => {
  it.each([
    [
      'as we wrote it',
      { base: [theirs], between: [], seen: [ours, theirs] },
      { stands: true, undone: [], lost: [], added: [] },
    ],
    [
      'without ours: somebody wrote from an older read',
      { base: [theirs], between: [], seen: [theirs] },
      { stands: false, undone: [{ machine: a, before: span, after: null }], lost: [], added: [] },
    ],
    [
      'with more of others',
      { base: [theirs], between: [], seen: [theirs, ours, fresh] },
      { stands: true, undone: [], lost: [], added: [{ machine: c, before: null, after: other }] },
    ],
    [
      'without what others had: somebody took it out',
      { base: [theirs], between: [], seen: [ours] },
      {
        stands: true,
        undone: [],
        lost: [{ machine: b, before: other, after: null, byUs: false }],
        added: [],
      },
    ],
    [
      'without what a read in between showed: our write came after it',
      { base: [theirs], between: [[theirs, fresh]], seen: [theirs, ours] },
      { stands: true, undone: [], lost: [{ machine: c, before: other, after: null, byUs: true }], added: [] },
    ],
    [
      'with what a read in between showed: our write came before it',
      { base: [theirs], between: [[theirs, ours, fresh]], seen: [theirs, ours, fresh] },
      { stands: true, undone: [], lost: [], added: [{ machine: c, before: null, after: other }] },
    ],
  ])('%s', (_, reads, expected) => {
    expect(afterWrite(change, reads)).toEqual(expected);
  });
});

const machines: WholeMachine[] = Array.from({ length: 6 }, (_, n) => ({
  hostname: `m${n}.example`,
  ip: `10.0.0.${n}`,
}));
const anySpan = fc.record({
  startNs: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  durationNs: fc.option(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })),
});
const odd = fc.constantFrom(
  { hostname: 'm0.example', ip: null },
  { hostname: null, ip: '10.0.0.1' },
  { hostname: 'M2.EXAMPLE', ip: '10.0.0.2' },
);
/** As a master would take it: each machine once. */
const anySchedule = fc
  .array(
    fc.record({
      ids: fc.array(fc.oneof(fc.constantFrom(...machines), odd), { maxLength: 3 }),
      span: anySpan,
    }),
    { maxLength: 4 },
  )
  .map((drafts): Window[] => {
    const seen = new Set<string>();
    return drafts.flatMap(({ ids, span: its }) => {
      const fit = ids.filter((each) => !seen.has(machineKey(each)) && seen.add(machineKey(each)));
      return fit.length === 0 ? [] : [{ machines: fit, ...its }];
    });
  });
const anyChange: fc.Arbitrary<ScheduleChange> = fc
  .record({ machines: fc.subarray(machines, { minLength: 1 }), span: fc.option(anySpan) })
  .map(({ machines: chosen, span: its }) =>
    its === null ? { to: 'clear', machines: chosen } : { to: 'schedule', span: its, machines: chosen },
  );

interface Entry {
  machine: Window['machines'][number];
  span: string;
}

function entries(schedule: readonly Window[]): Entry[] {
  return schedule.flatMap(({ machines: ids, startNs, durationNs }) =>
    ids.map((machine) => ({ machine, span: `${startNs} ${durationNs}` })),
  );
}

function has(schedule: readonly Window[], { machine, span: its }: Entry): boolean {
  return entries(schedule).some(
    (each) => machineKey(each.machine) === machineKey(machine) && each.span === its,
  );
}

describe('whatever the schedule', () => {
  it('a merge carries all that is not ours through as it stands, in its order, and does ours', () => {
    void fc.assert(
      fc.property(anySchedule, anyChange, (schedule, what) => {
        const after = merged(schedule, what);
        const strange = (all: readonly Window[]) =>
          entries(all).filter(({ machine }) => !isAmong(machine, what.machines));
        expect(strange(after)).toEqual(strange(schedule));
        for (const machine of what.machines) {
          const its = entries(after).filter((each) => machineKey(each.machine) === machineKey(machine));
          expect(its.map((each) => each.span)).toEqual(
            what.to === 'clear' ? [] : [`${what.span.startNs} ${what.span.durationNs}`],
          );
        }
        expect(after.every(({ machines: ids }) => ids.length > 0)).toBe(true);
        expect(merged(after, what)).toEqual(after);
      }),
    );
  });

  it('whoever else writes at whatever moment: nothing of theirs that a read of ours has shown is lost untold', () => {
    /** What happens after our schedule was made; our write arrives once, whenever that is. */
    const happening = fc.oneof(
      fc.constant<'read'>('read'),
      fc.record({ edit: anyChange }),
      // From a read of theirs that may be old: they overwrite as we do.
      fc.record({ replace: anySchedule }),
    );
    void fc.assert(
      fc.property(
        anySchedule,
        anyChange,
        fc.array(happening, { maxLength: 6 }),
        fc.array(happening, { maxLength: 6 }),
        (base, what, early, late) => {
          let master: readonly Window[] = base;
          const between: Window[][] = [];
          const live = (all: typeof early) => {
            for (const each of all) {
              if (each === 'read') between.push([...master]);
              else if ('edit' in each) master = merged(master, each.edit);
              else master = each.replace;
            }
          };
          live(early);
          master = merged(base, what);
          live(late);
          const seen = [...master];
          const { lost, undone, stands } = afterWrite(what, { base, between, seen });
          const shown = [base, ...between].flatMap(entries);
          for (const entry of shown) {
            if (isAmong(entry.machine, what.machines) || has(seen, entry)) continue;
            expect(
              lost.some(
                ({ machine, before }) =>
                  machineKey(machine) === machineKey(entry.machine) &&
                  `${before?.startNs} ${before?.durationNs}` === entry.span,
              ),
            ).toBe(true);
          }
          // What is told as lost was theirs, and is not there.
          for (const { machine, before } of lost) {
            const entry = { machine, span: `${before?.startNs} ${before?.durationNs}` };
            expect(
              shown.some(
                (each) => machineKey(each.machine) === machineKey(machine) && each.span === entry.span,
              ),
            ).toBe(true);
            expect(has(seen, entry)).toBe(false);
          }
          const asWritten = entries(merged(base, what)).filter(({ machine }) =>
            isAmong(machine, what.machines),
          );
          expect(stands).toBe(undone.length === 0);
          if (stands) for (const entry of asWritten) expect(has(seen, entry)).toBe(true);
        },
      ),
    );
  });
});
