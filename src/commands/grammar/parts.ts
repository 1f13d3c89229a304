import type { Argument, Flag } from '../entry.ts';

// What several commands have in common.

export const target: Argument = { name: 'TARGET', takes: 'agent', required: true };
export const read = [{ when: null, risk: 'read' }] as const;
export const reversible = [{ when: null, risk: 'reversible' }] as const;

/** A flag that stands alone, but for what `rest` says. */
export function flag(name: string, help: string, rest: Partial<Omit<Flag, 'name' | 'help'>> = {}): Flag {
  return { name, help, aliases: [], takes: null, required: false, only: null, ...rest };
}

/** `--reason TEXT`. */
export function reason(required: boolean): Flag {
  const help = 'why, for the thread and the audit log; in quotes, or as the last thing you type';
  return flag('reason', help, { takes: { kind: 'text', shown: 'TEXT' }, required });
}

export const maxGrace = flag(
  'max-grace-period',
  'how long tasks may take to end, like `90s`, `10m`, `1h30m`; 0s kills at once',
  { aliases: ['max-grace', 'grace-period', 'grace'], takes: { kind: 'duration', shown: 'DUR' } },
);

/** How a TARGET is written. */
export const targets =
  'TARGET is a hostname or its first part (`agent3`), an IP, an agent id, its last part (`S4`), or 8 or more letters of its beginning plus that (`3669f2a1-S4`).';
