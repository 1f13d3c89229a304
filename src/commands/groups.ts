import type { Group } from '../domain/command.ts';
import { nearest } from '../domain/nearest.ts';
import type { Problem } from '../domain/refusal.ts';
import { problem } from './gather.ts';
import { grammar, groups } from './grammar.ts';
import type { Token, Word } from './tokenize.ts';
import { entryNamed } from './values.ts';

/** The first words that make a command only with a second one, where this is one of them. */
export function groupIn({ text }: Word): Group | null {
  return groups.find((group) => group === text.toLowerCase()) ?? null;
}

/** Two words that are one command, like `maintenance start`, made one; wherever they stand, for `help maintenance start`
 * names it too. */
export function withGroups(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (token.kind === 'word' && last?.kind === 'word' && groupIn(last) !== null) {
      const text = `${last.text} ${token.text}`;
      if (entryNamed(text) !== null) {
        joined.splice(-1, 1, { ...last, text, length: token.at + token.length - last.at });
        continue;
      }
    }
    joined.push(token);
  }
  return joined;
}

/** A group's word is there, and what should follow it is not. */
export function noSuchSecondWord(group: Group, found: Token): Problem {
  const verbs = grammar.map(({ verb }) => verb).filter((verb) => verb.startsWith(`${group} `));
  if (found.kind === 'flag')
    return problem(found, `what \`${group}\` is to do comes before its flags`, verbs);
  const seconds = verbs.map((verb) => verb.slice(group.length + 1));
  const near = nearest(found.text, seconds)[0];
  return problem(
    found,
    `\`${group}\` has no such command`,
    verbs,
    near === undefined ? null : `${group} ${near}`,
  );
}
