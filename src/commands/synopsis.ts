import type { Entry, Flag } from './entry.ts';

/** `drain TARGET [--max-grace-period DUR] …`, as help and README show it. */
export function synopsis({ verb, argument, flags }: Entry): string {
  const words: string[] = [verb];
  if (argument !== null) words.push(argument.required ? argument.name : `[${argument.name}]`);
  for (const one of flags.filter(({ only }) => only === null)) {
    const inner = flags.filter(({ only }) => only === one.name).map((other) => ` [${showFlag(other)}]`);
    const text = showFlag(one) + inner.join('');
    words.push((one.required ? text : `[${text}]`) + (one.several === true ? '…' : ''));
  }
  return words.join(' ');
}

/** `close DRAIN --reason TEXT`: what can't be left out, for an overview on a phone. */
export function shortSynopsis({ verb, argument, flags, ...rest }: Entry): string {
  return synopsis({ verb, argument, flags: flags.filter(({ required }) => required), ...rest });
}

/** `--reason TEXT`. */
export function showFlag({ name, takes }: Flag): string {
  return takes === null ? `--${name}` : `--${name} ${takes.shown}`;
}

/** `irreversible with --mark-gone, else reversible`. */
export function riskInWords({ risk }: Entry): string {
  const rows = risk.map((row) => (row.when === null ? row.risk : `${row.risk} with --${row.when}`));
  return rows.length === 1 ? rows.join() : `${rows.slice(0, -1).join(', ')}, else ${rows.at(-1)}`;
}
