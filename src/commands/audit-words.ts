import type { AuditCommand, When } from '../domain/command.ts';
import { typedDuration } from '../domain/duration.ts';
import type { Instant } from '../domain/ids.ts';
import { after, iso, showApprovalId, showDrainId } from '../domain/ids.ts';
import type { Problem } from '../domain/refusal.ts';
import type { Entry } from './entry.ts';
import type { Gathered } from './gather.ts';
import { problem } from './gather.ts';
import type { Value } from './values.ts';

/** The instant that was meant. */
export function instantOf(when: When, now: Instant): Instant {
  return 'at' in when ? when.at : after(now, -when.ago * 1000);
}

/** What can't stand together in an `audit` whose words are each fine. */
export function disagreements(
  { verb }: Entry,
  { argument, led, flags }: Gathered,
  values: ReadonlyMap<string, Value>,
  now: Instant,
): Problem[] {
  if (verb !== 'audit') return [];
  const problems: Problem[] = [];
  const refuse = (names: string[], why: string) => {
    for (const name of names) {
      const given = flags.get(name);
      if (given !== undefined) problems.push(problem(given.place, `${why}: leave out --${name}`));
    }
  };
  if (argument !== null && led === null && argument.text.toLowerCase() === 'anchor') {
    refuse([...flags.keys()], '`anchor` stands alone');
    return problems;
  }
  if (argument !== null && led === null)
    refuse(['agent', 'by', 'command', 'since', 'until', 'before'], 'one drain or approval is told whole');
  else if (led !== null) refuse(['agent', 'after'], 'who names the agent, and tells the newest first');
  else refuse(['after'], 'this belongs beside a DRAIN or APPROVAL');
  if (argument !== null)
    refuse(
      ['export'],
      'a file takes --agent, --by, --command, --since and --until, and nothing before the flags',
    );
  else if (flags.has('export')) refuse(['before'], 'a file has no pages');
  const [since, until] = [values.get('since'), values.get('until')];
  const word = flags.get('until')?.word;
  if (
    since?.kind === 'when' &&
    until?.kind === 'when' &&
    word &&
    instantOf(until.when, now) <= instantOf(since.when, now)
  )
    problems.push(problem(word, '--until is not after --since, so nothing can be between them'));
  return problems;
}

/** An `audit` as one would type it behind the slash command, from its first page. */
export function auditWords({ about, agent, by, command, since, until }: AuditCommand): string {
  return [
    'audit',
    ...(about === null ? [] : [aboutWords(about)]),
    ...(agent === null ? [] : [`--agent ${agent}`]),
    ...(by === null ? [] : [`--by ${by}`]),
    ...(command === null ? [] : [`--command ${command}`]),
    ...(since === null ? [] : [`--since ${whenWords(since)}`]),
    ...(until === null ? [] : [`--until ${whenWords(until)}`]),
  ].join(' ');
}

function aboutWords(about: NonNullable<AuditCommand['about']>): string {
  if ('who' in about) return `who ${about.who.typed}`;
  if ('anchor' in about) return 'anchor';
  return 'drain' in about ? showDrainId(about.drain) : showApprovalId(about.approval);
}

function whenWords(when: When): string {
  return 'at' in when ? iso(when.at).replace('.000Z', 'Z') : typedDuration(when.ago);
}
