import type { KnownAgent } from './agent.ts';
import { type PlanId, planId } from './ids.ts';

/** An agent as a person named it, before anybody looked: an id, a part of one, a hostname or an IP. */
export interface Target {
  typed: string;
}

/** The agents that a command is about, as a person meant them: each by a name (one at least, each once), or by what they
 * have in common. */
export type Targets = { names: Target[] } | Selection;

/** The registered agents that have all of `where`, and a hostname like one of `hosts` (any, where there are none). */
export interface Selection {
  where: Selector[];
  hosts: string[];
}

/** `rack=r12,r13`: the attribute is one of `values`. `is` false, `rack!=r12`: it is none of them, or not there. */
export interface Selector {
  attribute: string;
  is: boolean;
  values: string[];
}

/** Whether agents were named one by one. */
export function areNamed(targets: Targets): targets is { names: Target[] } {
  return 'names' in targets;
}

/** The one agent that was named; null: several were, or a selection. */
export function onlyTarget(targets: Targets): Target | null {
  if (!areNamed(targets)) return null;
  const [only, ...more] = targets.names;
  return only === undefined || more.length > 0 ? null : only;
}

/** The plan that may be meant by the only name, `p3`; null: none. */
export function planNamedIn(targets: Targets): PlanId | null {
  const digits = /^p(\d{1,15})$/i.exec(onlyTarget(targets)?.typed ?? '')?.[1];
  return digits === undefined || Number(digits) === 0 ? null : planId(Number(digits));
}

/** As one would type them behind a command. */
export function showTargets(targets: Targets): string {
  if (areNamed(targets)) return targets.names.map(({ typed }) => typed).join(' ');
  const hosts = targets.hosts.map((glob) => `--host ${glob}`);
  return [...targets.where.map(showSelector), ...hosts].join(' ');
}

/** `rack=r12,r13`, in quotes where it has a space. */
export function showSelector({ attribute, is, values }: Selector): string {
  const shown = `${attribute}${is ? '=' : '!='}${values.join(',')}`;
  return /[\s'‘’]/.test(shown) ? `"${shown}"` : shown;
}

/** Whether an agent is among those that are meant, registered or not. */
export function isSelected(
  { hostname, attributes }: Pick<KnownAgent, 'hostname' | 'attributes'>,
  { where, hosts }: Selection,
): boolean {
  return (
    where.every((selector) => hasAttribute(attributes, selector)) &&
    (hosts.length === 0 || hosts.some((glob) => globMatches(glob.toLowerCase(), hostname.toLowerCase())))
  );
}

function hasAttribute(attributes: KnownAgent['attributes'], { attribute, is, values }: Selector): boolean {
  const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  // A value may have a comma in it: then the list is that value.
  const isOne = value !== undefined && (values.includes(value) || values.join(',') === value);
  return isOne === is;
}

/** `*` is any run of characters, `?` any one. No regular expression: the pattern is typed by people. */
export function globMatches(glob: string, text: string): boolean {
  let [at, seen] = [0, 0];
  // Where the last `*` stood, and how far it has taken in.
  let [star, taken] = [-1, 0];
  while (seen < text.length) {
    if (glob[at] === '*') [star, taken, at] = [at, seen, at + 1];
    else if (glob[at] === '?' || glob[at] === text[seen]) [at, seen] = [at + 1, seen + 1];
    else if (star >= 0) [at, taken, seen] = [star + 1, taken + 1, taken + 1];
    else return false;
  }
  return /^\**$/.test(glob.slice(at));
}
