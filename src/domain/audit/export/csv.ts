import { canonical } from '../../audit.ts';
import { fields, type LoggedEntry, valueIn } from './fields.ts';

/** U+FEFF: without it Excel takes UTF-8 for the code page of its country. */
const byteOrderMark = '\uFEFF';
const lineEnd = '\r\n';

const columns = fields.filter(({ csv }) => csv !== null);

/** The first line: the names of the columns. */
export const csvHead = `${byteOrderMark}${columns.map(({ csv }) => csv).join(',')}${lineEnd}`;

/** One entry as a line of RFC 4180. */
export function csvLine(logged: LoggedEntry): string {
  return `${columns.map(({ of }) => cell(valueIn(logged, of))).join(',')}${lineEnd}`;
}

/** Numbers are ours and stand bare; every text may hold what somebody typed. */
function cell(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(guarded(value));
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return quoted(guarded(value.join(', ')));
  return quoted(guarded(canonical(value)));
}

/** Where a spreadsheet would begin a formula: at the start of a cell, and after what some spreadsheets take for the end
 * of one (`;` and TAB, whatever the quotes say). Spaces, quotes and apostrophes before it don't count: they may get lost. */
const formula = /(^|[;\t\r\n])([\s"']*)(?=[=+\-@\uFF0B\uFF0D\uFF1D\uFF20])/g;
const guardedFormula = /(^|[;\t\r\n])([\s"']*)'(?=[=+\-@\uFF0B\uFF0D\uFF1D\uFF20])/g;

/** All of C0 but TAB, LF and CR. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const control = /[\0-\x08\x0B\x0C\x0E-\x1F]/g;

/** What a spreadsheet reads as a number, a date or a truth value. */
const otherThanText =
  /^(?:[\s\d.,:/%$€£¥()-]*\d[\s\d.,:/%$€£¥()-]*(?:e[+-]?\d+)?\s*(?:[ap]m)?|true|false|(?=.*\d)[\s\d.,:/-]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[\s\d.,:/-]*)$/i;
/** Longer ones are none of these, and would make the pattern slow. */
const longestNumber = 100;

/** Whether a spreadsheet would take a text for something else, and then show and save it as that; or take it so without
 * its apostrophes, which has to be told from one that we put there. */
function isTakenForOther(text: string): boolean {
  const bare = text.replace(/^'+/, '');
  return bare.length <= longestNumber && otherThanText.test(bare);
}

/** With an apostrophe before whatever a spreadsheet would not leave as it is; {@link unguarded} takes it off again. */
export function guarded(text: string): string {
  const clean = text.replace(control, pictured);
  // First: a number may have a sign after a TAB, where a reader begins a cell.
  const harmless = clean.replace(formula, "$1$2'");
  return harmless === clean && isTakenForOther(clean) ? `'${clean}` : harmless;
}

/** The text that {@link guarded} was given, but for control characters. */
export function unguarded(text: string): string {
  const bare = text.replace(guardedFormula, '$1$2');
  return bare === text && text.startsWith("'") && isTakenForOther(text) ? text.slice(1) : bare;
}

/** NUL and its like end a cell, a line or the file for some readers: shown as Unicode's pictures of them, U+2400 on. */
function pictured(control: string): string {
  return String.fromCharCode(0x2400 + control.charCodeAt(0));
}

function quoted(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
