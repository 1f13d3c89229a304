import type { Selector } from '../domain/targets.ts';
import { type Objection, objection, quote } from './objection.ts';

type Named = { kind: 'agents'; names: string[] };
type Selecting = { kind: 'selector'; selector: Selector };

const selectorForms = ['rack=r12', 'rack=r12,r13', 'zone!=z1', '"zone=eu west"'];

/** One agent by its name. */
export function readAgent(text: string): { kind: 'agent'; typed: string } | Objection {
  const typed = text.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  if (/^[\w.:[\]-]{1,253}$/.test(typed) && !typed.startsWith('-')) return { kind: 'agent', typed };
  const forms = ['an agent id', 'S4', 'a hostname', 'an IP'];
  return typed.includes('=')
    ? objection(`${quote(typed)} selects agents, and this is about one: name it`, forms)
    : objection(`${quote(typed)} can’t be the name of an agent`, forms);
}

/** `agent3`, `agent3,agent4` or `rack=r12`. */
export function readTarget(text: string): Named | Selecting | Objection {
  if (text.includes('=') && !/^https?:/i.test(text)) return readSelector(text);
  const names: string[] = [];
  for (const each of text.split(',').filter((part) => part !== '')) {
    const name = readAgent(each);
    if (name.kind === 'objection') return name;
    names.push(name.typed);
  }
  return names.length === 0
    ? objection(`${quote(text)} can’t be the name of an agent`)
    : { kind: 'agents', names };
}

/** `rack=r12`, `rack=r12,r13` or `rack!=r12`. */
export function readSelector(text: string): Selecting | Objection {
  const [, attribute, sign, value] =
    /^([^=!\s\p{Cc}]{1,200})(!?=)([^\p{Cc}\p{Cs}]{1,200})$/u.exec(text) ?? [];
  if (value !== undefined && /["“”„‟`]/.test(value))
    return objection(`in ${quote(text)}, put the quotes around all of it`, ['rack=r12', '"zone=eu west"']);
  const values = value?.split(',').filter((part) => part !== '') ?? [];
  if (attribute === undefined || values.length === 0)
    return objection(`${quote(text)} is not NAME=VALUE`, selectorForms);
  const [, ...further] = values;
  const glued = further.find((each) => each.includes('='));
  if (glued !== undefined)
    return objection(`in ${quote(text)}, put a space between two selectors`, [], text.replaceAll(',', ' '));
  return { kind: 'selector', selector: { attribute, is: sign === '=', values } };
}

/** `db-*`, or several with commas. */
export function readGlobs(text: string): { kind: 'globs'; globs: string[] } | Objection {
  const globs = text.split(',').filter((part) => part !== '');
  return globs.length > 0 && globs.every((glob) => /^[\w.:*?-]{1,253}$/.test(glob))
    ? { kind: 'globs', globs }
    : objection('a hostname pattern has letters, digits, `.`, `-`, `*` and `?`', ['agent*', '*.r12.example']);
}
