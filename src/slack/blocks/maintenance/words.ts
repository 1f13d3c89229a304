import { type Instant, instant } from '../../../domain/ids.ts';
import type { ScheduleLine, Unavailability } from '../../../domain/maintenance/text.ts';
import type { MachinesCall, MachinesWork, WholeMachine } from '../../../domain/plan.ts';
import { machineName } from '../drains/ending.ts';
import { workRaw } from '../plans/work-words.ts';
import { code } from '../text/escape.ts';
import { enumerate } from '../text/part.ts';
import { spoken, when } from '../text/time.ts';

/** `agent3.example (10.0.0.3)` each. */
export function machinesWords(machines: readonly WholeMachine[]): string {
  return enumerate(
    machines.map((machine) => code(machineName(machine), 200)),
    8,
  );
}

/** Them as a person types them after a command; where one can't be typed so, or they are many, what stands for them. */
export function typedNames(machines: readonly WholeMachine[]): string {
  const names = machines.map(({ hostname }) => hostname);
  if (names.length > 8 || !names.every((name) => /^[A-Za-z0-9][\w.-]{0,200}$/.test(name)))
    return names.length === 1 ? 'HOSTNAME' : 'HOSTNAME …';
  return names.join(' ');
}

/** What a plan does with its machines: raw, for headings, without a capital. */
export function machinesWorkRaw(work: MachinesWork, machines: readonly WholeMachine[]): string {
  return workRaw({ does: { of: 'machines', work }, hostnames: machines.map(({ hostname }) => hostname) });
}

/** The master's own name of a call. */
export function callName(call: MachinesCall): string {
  switch (call) {
    case 'schedule':
    case 'clear':
      return 'UPDATE_MAINTENANCE_SCHEDULE';
    case 'start':
      return 'START_MAINTENANCE';
    case 'stop':
      return 'STOP_MAINTENANCE';
  }
}

/** `from 22:00, for 2 h`; what no date can hold is shown as it is. */
export function spanWords({ startNs, durationNs }: Unavailability, near: Instant): string {
  const ms = Number(BigInt(startNs) / 1_000_000n);
  const from = Math.abs(ms) <= 8.64e15 ? when(instant(ms), near) : `${startNs} ns since 1970`;
  if (durationNs === null) return `from ${from}, without an end`;
  const lasts = BigInt(durationNs);
  return lasts < 1_000_000_000n
    ? `from ${from}, for ${durationNs} ns`
    : `from ${from}, for ${spoken(Number(lasts / 1_000_000_000n))}`;
}

/** One machine's place in the schedule, before and after. */
export function lineWords({ machine, before, after }: ScheduleLine, near: Instant): string {
  const name = code(machineName(machine), 200);
  if (before === null) return after === null ? name : `${name}: *added*, ${spanWords(after, near)}`;
  return after === null
    ? `${name}: *taken out*; it was scheduled ${spanWords(before, near)}`
    : `${name}: *moved*, ${spanWords(after, near)}; before: ${spanWords(before, near)}`;
}

/** A machine as others had it in the schedule, exact, so that it can be put back. */
export function exactLine({ machine, before }: ScheduleLine): string {
  const { hostname, ip } = machine;
  const id = { ...(hostname === null ? {} : { hostname }), ...(ip === null ? {} : { ip }) };
  const unavailability =
    before === null
      ? null
      : {
          start: { nanoseconds: before.startNs },
          ...(before.durationNs === null ? {} : { duration: { nanoseconds: before.durationNs } }),
        };
  return code(JSON.stringify({ machine_ids: [id], unavailability }), 600);
}
