import type { UserId } from '../domain/ids.ts';
import type { Problem } from '../domain/refusal.ts';
import { personIn, plain } from './slack-escapes.ts';

/** Where something stands in the text as typed, in UTF-16 units. */
export interface Place {
  at: number;
  length: number;
}

/** A word, or what stood in quotes, as it was meant. `person`: it was a mention of one. */
export interface Word extends Place {
  kind: 'word';
  text: string;
  quoted: boolean;
  person: UserId | null;
}

/** `--name`, lower case, `_` and every dash as `-`. `value`: what followed a `=`. */
export interface FlagToken extends Place {
  kind: 'flag';
  name: string;
  value: Word | null;
}

export type Token = Word | FlagToken;

/** Every dash that keyboards put in the place of `-` or `--`, for use inside `[]`. */
export const dashes = '\\-\\u2010-\\u2015\\u2212\\uFE58\\uFE63\\uFF0D';

// Zero-width ones part words too: what looks like one word but isn't must not pass as another.
const space = '\\s\\u200B\\u2060';
const spaces = new RegExp(`[${space}]+`, 'y');
const flagStart = new RegExp(`[${dashes}]+(?![${dashes}${space}\\d]|$)`, 'y');
const flagName = new RegExp(`[^${space}=]+`, 'y');
const anyDash = new RegExp(`[${dashes}_]`, 'g');
const wordPiece = new RegExp(`<[^<>|${space}]+(?:\\|[^<>]*)?>|[^${space}]`, 'uy');
const wholeInBackTicks = new RegExp(`^([${space}]*)\`([^\`]*)\`([${space}]*)$`);
const flagInBackTicks = new RegExp(`\`(?=[${dashes}]+[^${dashes}${space}\\d\`])[^\`]*\``, 'y');
const quotes = ['"“”„‟', "'‘’‚‛", '`'];

/** Cuts a text into tokens the way people type on phones and Macs: any dash before a name makes a flag, any kind of
 * quotes works, back-ticks around flags are decoration, Slack's escapes are undone. Problems: quotes left open, or
 * text glued to a closing one. */
export function tokenize(typed: string): { tokens: Token[]; problems: Problem[] } {
  const tokens: Token[] = [];
  const problems: Problem[] = [];
  let text = typed.replace(wholeInBackTicks, '$1 $2 $3');
  let at = 0;
  while (at < text.length) {
    at = match(spaces, text, at)?.end ?? at;
    if (at >= text.length) break;
    const decorated = match(flagInBackTicks, text, at);
    if (decorated !== null) {
      text = `${text.slice(0, at)} ${text.slice(at + 1, decorated.end - 1)} ${text.slice(decorated.end)}`;
      continue;
    }
    const token = readFlag(text, at, problems) ?? readWord(text, at, problems);
    tokens.push(token);
    at = token.at + token.length;
  }
  return { tokens, problems };
}

function match(pattern: RegExp, text: string, at: number): { text: string; end: number } | null {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  return found === undefined ? null : { text: found, end: at + found.length };
}

function readFlag(text: string, at: number, problems: Problem[]): FlagToken | null {
  const lead = match(flagStart, text, at);
  if (lead === null) return null;
  const found = match(flagName, text, lead.end);
  const end = found?.end ?? lead.end;
  const name = plain(found?.text ?? '')
    .replace(anyDash, '-')
    .toLowerCase();
  if (text[end] !== '=') return { kind: 'flag', name, value: null, at, length: end - at };
  const value = readWord(text, end + 1, problems);
  return { kind: 'flag', name, value, at, length: value.at + value.length - at };
}

function readWord(text: string, at: number, problems: Problem[]): Word {
  const family = quotes.find((marks) => marks.includes(text[at] ?? ' '));
  if (family !== undefined) return readQuoted(text, at, family, problems);
  let end = at;
  for (let piece = match(wordPiece, text, end); piece !== null; piece = match(wordPiece, text, end))
    end = piece.end;
  const raw = text.slice(at, end);
  return { kind: 'word', text: plain(raw), quoted: false, person: personIn(raw), at, length: end - at };
}

function readQuoted(text: string, at: number, family: string, problems: Problem[]): Word {
  let close = at + 1;
  while (close < text.length && !(family.includes(text[close] ?? '') && !isApostrophe(text, close))) close++;
  if (close >= text.length)
    problems.push({ at, length: 1, what: 'this quote is never closed', allowed: [], nearest: null });
  const end = Math.min(close + 1, text.length);
  const glued = match(wordPiece, text, end);
  if (close < text.length && glued !== null)
    problems.push({
      at: end,
      length: glued.text.length,
      what: 'a space is missing after the closing quote',
      allowed: [],
      nearest: null,
    });
  const raw = text.slice(at + 1, close);
  return { kind: 'word', text: plain(raw), quoted: true, person: personIn(raw), at, length: end - at };
}

/** The `’` of `agent’s` closes nothing. */
function isApostrophe(text: string, at: number): boolean {
  return /['’]/.test(text[at] ?? '') && /\p{L}['’]\p{L}/u.test(text.slice(at - 1, at + 2));
}
