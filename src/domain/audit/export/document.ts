import type { AuditEntry } from '../../audit.ts';
import { type Field, inForm, type LoggedEntry, type Place, valueIn } from './fields.ts';

/** A document of another schema. */
export type Document = Record<string, unknown>;

/** What a schema wants and no field of an entry is. `says`: which value that is, in words, for docs/audit-export.md. */
export interface Derived {
  at: string;
  says: string;
  /** Undefined: left out. */
  of(logged: LoggedEntry): unknown;
}

/** An entry as a document: its fields in their places, then what is derived from it. */
export function documentOf(
  logged: LoggedEntry,
  fields: readonly Field[],
  placeIn: (field: Field) => Place,
  derived: readonly Derived[],
): Document {
  const document: Document = {};
  for (const field of fields) {
    const value = valueIn(logged, field.of);
    const place = placeIn(field);
    const [path, form] = typeof place === 'string' ? [place] : place;
    put(document, path, value === undefined || form === undefined ? value : inForm(value, form));
  }
  for (const { at, of } of derived) put(document, at, of(logged));
  return document;
}

function put(document: Document, path: string, value: unknown): void {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return;
  const [last = '', ...way] = path.split('.').reverse();
  let into = document;
  for (const step of way.reverse()) into = within(into, step);
  into[last] = value;
}

/** The object there, made where it is missing. `a[b]`: the member of the list `a` whose `type` is `b`. */
function within(document: Document, step: string): Document {
  const [, list, type] = /^(\w+)\[(\w+)\]$/.exec(step) ?? [];
  if (list === undefined) {
    document[step] ??= {};
    return document[step] as Document;
  }
  document[list] ??= [];
  const members = document[list] as Document[];
  const there = members.find((member) => member['type'] === type);
  if (there !== undefined) return there;
  const made = { type };
  members.push(made);
  return made;
}

/** Who did what, to what, and what came of it: for whoever scrolls through a log viewer. */
export function messageOf({ entry }: LoggedEntry): string {
  const { event, agent, drain, approval, command, request, decision, outcome } = entry;
  const what = [
    request?.call ?? command?.typed,
    agent?.hostname,
    drain === undefined ? undefined : `d${drain}`,
    approval === undefined ? undefined : `a${approval.id}`,
    outcome ?? decision,
  ];
  return [`${whoIs(entry)}: ${event}`, ...what].filter((part) => part !== undefined).join(', ');
}

function whoIs({ actor }: AuditEntry): string {
  switch (actor.kind) {
    case 'person':
    case 'os-user':
      return actor.name;
    case 'bot':
      return 'the bot';
    case 'outside':
      return 'outside the bot';
  }
}
