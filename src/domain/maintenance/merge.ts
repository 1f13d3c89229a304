import { isAmong, type WholeMachine } from './machine.ts';
import type { Window } from './window.ts';

/** A time of unavailability, as the schedule counts it. `durationNs` null: without an end. */
export type Span = Pick<Window, 'startNs' | 'durationNs'>;

/** What is done to the schedule with some machines: they are to be in it for this span, or not at all. */
export type ScheduleChange = { machines: readonly WholeMachine[] } & (
  | { to: 'schedule'; span: Span }
  | { to: 'clear' }
);

/** The whole schedule with one change in it. Everything else is carried through as it stands, however odd: half names, the
 * same machine twice, no end, a start of 0, the order. A window that loses its last machine is left out: the master takes
 * none that is empty. Merged again it stays as it is. */
export function merged(schedule: readonly Window[], change: ScheduleChange): Window[] {
  const stays = (window: Window): boolean => change.to === 'schedule' && sameSpan(window, change.span);
  const there = schedule.filter(stays).flatMap(({ machines }) => machines);
  const others = schedule.flatMap((window): Window[] => {
    if (stays(window)) return [window];
    const machines = window.machines.filter((machine) => !isAmong(machine, change.machines));
    if (machines.length === window.machines.length) return [window];
    return machines.length === 0 ? [] : [{ ...window, machines }];
  });
  if (change.to === 'clear') return others;
  const fresh = change.machines.filter((machine) => !isAmong(machine, there));
  return fresh.length === 0
    ? others
    : [...others, { machines: fresh.map(({ hostname, ip }) => ({ hostname, ip })), ...change.span }];
}

export function sameSpan(a: Span, b: Span): boolean {
  return a.startNs === b.startNs && a.durationNs === b.durationNs;
}
