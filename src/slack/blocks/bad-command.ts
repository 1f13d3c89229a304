import type { Problem, Refusal } from '../../domain/refusal.ts';
import { code, plain } from './escape.ts';
import { enumerate, list, type Part, text } from './part.ts';

/** Words that were not understood: each objection with its place, what is allowed, the nearest right word. */
export function badCommandParts(refusal: Extract<Refusal, { code: 'bad-command' }>): Part[] {
  const { problems, typed, example } = refusal;
  return [
    text(
      problems.length > 1
        ? `*${problems.length} things in that command were not understood. Nothing was done.*`
        : '*That command was not understood. Nothing was done.*',
      typed.trim() === '' ? null : `You typed: ${code(`/mesos ${typed}`, 300)}`,
    ),
    list(problems.map((problem) => problemLine(problem, typed))),
    text(
      `*Example:* ${code(example.startsWith('/') ? example : `/mesos ${example}`, 300)}`,
      'All commands: `/mesos help`',
    ),
  ];
}

function problemLine({ at, length, what, allowed, nearest }: Problem, typed: string): string {
  const word = typed.slice(at, at + length);
  return [
    word.trim() === '' ? null : `${code(word, 60)}:`,
    `${plain(what, 200).replace(/\.$/, '')}.`,
    nearest === null ? null : `Did you mean ${code(nearest, 60)}?`,
    allowed.length === 0
      ? null
      : `Allowed: ${enumerate(
          allowed.map((each) => code(each, 60)),
          8,
        )}.`,
  ]
    .filter((each) => each !== null)
    .join(' ');
}
