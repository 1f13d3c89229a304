import type { ChangingCommand } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import type { PersonFacts } from '../../domain/person.ts';
import { ok, type Result } from '../../domain/refusal.ts';
import { type Hour, hourOf } from '../../domain/time/hour.ts';
import { isZone } from '../../domain/time/wall-clock.ts';

/** The hour that a command names, by the clock of whoever typed it; undefined: it names none. */
export function hourTyped(
  command: ChangingCommand,
  { timeZone }: Pick<PersonFacts, 'timeZone'>,
  now: Instant,
): Result<Hour | undefined> {
  const zone = timeZone !== null && isZone(timeZone) ? timeZone : null;
  // A window is an announcement, and may well be one for next year.
  if (command.verb === 'maintenance schedule') return hourOf(command.from, zone, now, null);
  return 'hour' in command && command.hour !== undefined ? hourOf(command.hour, zone, now) : ok(undefined);
}

/** When the bot is to begin with it; undefined: at once. The window of a machine is what a call says, not when it leaves. */
export function hourOfChange({ verb }: ChangingCommand, hour: Hour | undefined): Hour | undefined {
  return verb === 'maintenance schedule' ? undefined : hour;
}
