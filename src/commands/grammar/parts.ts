import type { Argument, Flag } from '../entry.ts';

// What several commands have in common.

export const target: Argument = { name: 'TARGET', takes: 'agent', required: true };
export const severalTargets: Argument = {
  name: 'TARGET…',
  takes: 'target',
  required: true,
  several: true,
  orFlag: 'host',
};
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

/** `--for DUR`. */
export const outFor = flag(
  'for',
  'how long it stays out of service: then the bot brings it back, or reminds you, as the policy says',
  { takes: { kind: 'duration', shown: 'DUR' } },
);

/** `--override-freeze`. */
export const overrideFreeze = flag(
  'override-freeze',
  'even in a freeze of the cluster’s policy; needs a reason and an approval',
  { aliases: ['ignore-freeze'] },
);

/** `--override-brake`. */
export const overrideBrake = flag(
  'override-brake',
  'even where much of the cluster is out of service already; needs a reason and an approval',
  { aliases: ['ignore-brake'] },
);

/** `--anyway`. */
export const anyway = flag(
  'anyway',
  'even where the open work of others is in the same rack, or ends tasks of the same framework',
);
/** `--at WHEN` and `--in DUR`. */
export const later: readonly Flag[] = [
  flag('at', 'when it is to begin: `22:00`, `tomorrow 22:00`, `2026-11-27T22:00`; by your clock', {
    takes: { kind: 'hour', shown: 'WHEN' },
  }),
  flag('in', 'the same from now: `2h`, `90m`', { takes: { kind: 'duration', shown: 'DUR' } }),
];

/** What becomes of it then. */
export const scheduled =
  'With `--at` or `--in` the thread opens now, everything is looked at and judged again at that hour, and `cancel` takes it back until then. What could not begin within 15 minutes of it is not done, and told.';

/** How a TARGET is written. */
export const targets =
  'TARGET is a hostname or its first part (`agent3`), an IP, an agent id, its last part (`S4`), or 8 or more letters of its beginning plus that (`3669f2a1-S4`).';

export const host = flag('host', 'those with a hostname like this; `*` is any text, `?` any one letter', {
  aliases: ['hostname'],
  takes: { kind: 'glob', shown: 'GLOB' },
  several: true,
});

/** How several are written. */
export const several =
  'Several agents: name them all, or select those that are registered, by attributes (`rack=r12`, `rack=r12,r13`, `zone!=z1`: not z1, or none at all) and by `--host`, which narrow the choice together.';

/** What becomes of several. */
export const listed =
  'Of more than one, and of any selection, the list is shown to you first, with a button that confirms it.';
