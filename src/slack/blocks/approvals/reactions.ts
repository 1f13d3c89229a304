import { code } from '../text/escape.ts';

/** ❌ with the name that it is found by. */
export const denying = '❌ (`x`)';
/** What stops a call besides ❌. */
export const stopping = '🛑 (`octagonal_sign`) or ⛔ (`no_entry`)';

/** A reaction by its configured name: the picture, and the name that it is found by. A name that Slack can't have is
 * shown as text only. Source: Slack, emoji names are of lower case, digits, `_`, `-`, `+` and `'`. */
export function emoji(name: string): string {
  return /^[a-z0-9_+'-]{1,100}$/.test(name) ? `:${name}: (${code(name, 100)})` : code(name, 100);
}

/** Every way to stop what is about to leave, by reactions. `approving` null: its picture is not known here. */
export function waysToStop(approving: string | null): string {
  const back = approving === null ? 'an approval taken back' : `${emoji(approving)} taken back`;
  return `${back}; ${denying}, ${stopping} of any full member`;
}
