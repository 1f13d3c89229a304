import { nearest } from '../domain/nearest.ts';
import type { Problem } from '../domain/refusal.ts';
import type { Entry, Flag } from './entry.ts';
import { clusterFlag } from './everywhere.ts';
import { showFlag } from './synopsis.ts';
import { goesOn } from './time-values.ts';
import type { FlagToken, Place, Token, Word } from './tokenize.ts';
import { dashes } from './tokenize.ts';

/** A command's words in their places, not yet read as values. */
export interface Gathered {
  /** Several only where the command takes several. */
  argument: Word[];
  /** Its lead stood before it, or stands alone. */
  led: Word | null;
  /** By the flag's own name. `words`: none where it stands alone, several only where it takes several. */
  flags: Map<string, { flag: Flag; words: Word[]; place: Place }>;
  problems: Problem[];
}

/** Sorts the tokens after the command word into argument and flags. Nothing is passed over: what has no place is a
 * problem. */
export function gather(entry: Entry, tokens: readonly Token[], end: number): Gathered {
  const found: Gathered = { argument: [], led: null, flags: new Map(), problems: [] };
  let swallowed = false;
  const rest = [...tokens];
  for (let token = rest.shift(); token !== undefined; token = rest.shift()) {
    if (token.kind === 'word') {
      takeArgument(entry, token, found);
      continue;
    }
    const flag = flagsOf(entry).find(
      ({ name, aliases }) => name === token.name || aliases.includes(token.name),
    );
    if (flag === undefined) {
      found.problems.push(unknownFlag(entry, token));
      // The word after it is most likely its value, and one objection is enough.
      if (
        (!entry.argument?.required || found.argument.length > 0) &&
        token.value === null &&
        rest[0]?.kind === 'word'
      )
        rest.shift();
      continue;
    }
    const before = found.flags.get(flag.name);
    if (before !== undefined && !flag.several)
      found.problems.push(problem(token, `--${flag.name} is there twice`));
    const word = flag.takes === null ? null : takeValue(flag, token, rest);
    if (word !== null && !word.quoted && flag.takes?.kind === 'text') {
      swallowed ||= /\s/.test(word.text);
      found.problems.push(...hiddenFlags(entry, word));
    }
    if (flag.takes === null && token.value !== null)
      found.problems.push(problem(token, `--${flag.name} takes no value`, [`--${flag.name}`]));
    if (flag.takes !== null && word === null)
      found.problems.push(
        problem(token, `--${flag.name} needs ${flag.takes.shown} after it`, [showFlag(flag)]),
      );
    const words = word === null ? [] : [word];
    found.flags.set(flag.name, {
      flag,
      words: flag.several && before !== undefined ? [...before.words, ...words] : words,
      place: token,
    });
  }
  found.problems.push(...missing(entry, found, end, swallowed));
  return found;
}

function flagsOf({ flags }: Entry): Flag[] {
  return [...flags, clusterFlag];
}

/** An objection at a place. */
export function problem(
  { at, length }: Place,
  what: string,
  allowed: string[] = [],
  near: string | null = null,
): Problem {
  return { at, length, what, allowed, nearest: near };
}

function takeArgument(entry: Entry, word: Word, found: Gathered): void {
  const { verb, argument, flags } = entry;
  const isLead = argument?.lead?.word === word.text.toLowerCase() && !word.quoted && word.person === null;
  if (isLead && found.led === null && found.argument.length === 0) {
    found.led = word;
    return;
  }
  // Without its dashes, a flag of this command would pass for the name of one more agent.
  const bare = word.text.toLowerCase().replaceAll('_', '-');
  const isFlag =
    !word.quoted && flagsOf(entry).some(({ name, aliases }) => name === bare || aliases.includes(bare));
  if (argument?.several === true ? !isFlag : argument !== null && found.argument.length === 0) {
    found.argument.push(word);
    return;
  }
  const what =
    argument === null
      ? `${verb} takes no such word`
      : argument.several === true
        ? 'a flag begins with two dashes'
        : `${verb} takes only one ${argument.name}`;
  const near = nearest(
    word.text,
    flags.map(({ name }) => name),
  )[0];
  found.problems.push(problem(word, what, flags.map(showFlag), near === undefined ? null : `--${near}`));
}

/** The flag's word: after its `=`, or the next one; for a text that isn't quoted, all up to the next flag. */
function takeValue(flag: Flag, token: FlagToken, rest: Token[]): Word | null {
  let word = token.value;
  if (word === null) {
    if (rest[0]?.kind !== 'word') return null;
    word = rest[0];
    rest.shift();
  }
  if (word.length === 0) return null;
  for (let next = rest[0]; next?.kind === 'word' && !word.quoted; next = rest[0]) {
    if (!isPart(flag, word.text, next.text)) break;
    rest.shift();
    word = { ...word, text: `${word.text} ${next.text}`, length: next.at + next.length - word.at };
  }
  if (flag.takes?.kind !== 'text' || word.quoted) return word;
  const words = [word.text];
  let last: Place = word;
  for (let next = rest[0]; next?.kind === 'word'; next = rest[0]) {
    words.push(next.text);
    last = next;
    rest.shift();
  }
  return { ...word, person: null, text: words.join(' '), length: last.at + last.length - word.at };
}

/** Whether the next word belongs to it as well, like the `22:00` of `tomorrow 22:00`, or the `1` of `rack 1`. */
function isPart({ takes }: Flag, text: string, next: string): boolean {
  if (takes?.kind === 'hour') return goesOn(text, next);
  return takes?.kind === 'per' && !/[=\s]/.test(text);
}

/** In a text without quotes: what a phone made of a flag, like `kernel upgrade—mark-gone` or `— mark-gone`. Taken as
 * text it would be a command without that flag. */
function hiddenFlags(entry: Entry, word: Word): Problem[] {
  return flagsOf(entry)
    .filter(({ name }) => {
      const spelt = name.replaceAll('-', `[${dashes}_]`);
      const lead = `(?:(?<!\\S)[${dashes}]+|--|[\\u2012-\\u2015])`;
      return new RegExp(`${lead}\\s*${spelt}(?![\\p{L}\\p{N}])`, 'iu').test(word.text);
    })
    .map(({ name }) =>
      problem(
        word,
        `is --${name} in here a flag? Put a space before it and none after its dashes, or quote the text`,
        [`--${name}`],
      ),
    );
}

function unknownFlag(entry: Entry, token: FlagToken): Problem {
  const all = flagsOf(entry);
  const names = all.flatMap(({ name, aliases }) => [name, ...aliases]);
  const near = nearest(token.name, names)[0];
  const meant = all.find(({ name, aliases }) => name === near || aliases.includes(near ?? ''));
  const what = `${entry.verb} has no flag --${token.name.slice(0, 60).toWellFormed()}`;
  return problem(token, what, entry.flags.map(showFlag), meant === undefined ? null : `--${meant.name}`);
}

function missing(
  { verb, argument, flags }: Entry,
  found: Gathered,
  end: number,
  swallowed: boolean,
): Problem[] {
  const place = { at: end, length: 0 };
  const problems: Problem[] = [];
  if (argument?.lead !== undefined && found.led !== null && found.argument.length === 0)
    problems.push(
      problem(found.led, `${argument.lead.word} needs a ${argument.lead.name} after it`, [
        argument.lead.name,
      ]),
    );
  const inItsPlace = argument?.orFlag !== undefined && found.flags.has(argument.orFlag);
  if (argument?.required && found.argument.length === 0 && !inItsPlace) {
    const hint = swallowed ? '; --reason took all words after it: put it last, or in quotes' : '';
    const others = flags.filter(({ name }) => name === argument.orFlag).map(showFlag);
    const name = argument.name.replace('…', '');
    problems.push(problem(place, `${verb} needs a ${name}${hint}`, [argument.name, ...others]));
  }
  for (const flag of flags) {
    if (flag.required && !found.flags.has(flag.name))
      problems.push(problem(place, `${verb} needs ${showFlag(flag)}`, [showFlag(flag)]));
    const given = found.flags.get(flag.name);
    if (given !== undefined && flag.only !== null && !found.flags.has(flag.only))
      problems.push(
        problem(given.place, `--${flag.name} needs --${flag.only} beside it`, [`--${flag.only}`]),
      );
  }
  return problems;
}
