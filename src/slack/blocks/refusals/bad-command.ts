import { plain as asTyped } from '../../../commands/slack-escapes.ts';
import type { Problem, Refusal } from '../../../domain/refusal.ts';
import { code, plain } from '../text/escape.ts';
import { enumerate, list, type Part, text } from '../text/part.ts';

/** Words that were not understood: each objection with its place, what is allowed, the nearest right word. */
export function badCommandParts(refusal: Extract<Refusal, { code: 'bad-command' }>): Part[] {
  const { problems, typed, example } = refusal;
  const verb = /^(?:\/mesos )?(maintenance [a-z]+|[a-z-]+)/.exec(example)?.[1] ?? '';
  const isMeant = typed.trim().toLowerCase().startsWith(verb);
  return [
    text(
      problems.length > 1
        ? `*${problems.length} things in that command were not understood. Nothing was done.*`
        : '*That command was not understood. Nothing was done.*',
      typed.trim() === '' ? null : `Command: ${code(`/mesos ${asTyped(typed)}`, 300)}`,
    ),
    list(problems.map((problem, at) => problemLine(problem, typed, problems.slice(0, at)))),
    text(
      `*Example:* ${code(example.startsWith('/') ? example : `/mesos ${example}`, 300)}`,
      `More: \`/mesos help${isMeant ? ` ${verb}` : ''}\``,
    ),
  ];
}

/** What is allowed is told once, and not where the objection says it already. */
function problemLine(
  { at, length, what, allowed, nearest }: Problem,
  typed: string,
  earlier: Problem[],
): string {
  const word = typed.slice(at, at + length);
  const isTold =
    allowed.every((each) => what.includes(each)) ||
    earlier.some((other) => other.allowed.join() === allowed.join());
  return [
    word.trim() === '' ? null : `${code(word, 60)}:`,
    `${plain(what, 200).replace(/\.$/, '')}.`,
    nearest === null ? null : `Did you mean ${code(nearest, 60)}?`,
    isTold
      ? null
      : `Allowed: ${enumerate(
          allowed.map((each) => code(each, 60)),
          8,
        )}.`,
  ]
    .filter((each) => each !== null)
    .join(' ');
}
