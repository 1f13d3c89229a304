import type { Instant } from '../domain/ids.ts';
import type { Problem } from '../domain/refusal.ts';
import { instantOf } from './audit-words.ts';
import type { Said } from './build.ts';
import type { Entry } from './entry.ts';
import { clusterFlag } from './everywhere.ts';
import { type Gathered, problem } from './gather.ts';
import { waveObjections } from './wave-words.ts';

/** What can't stand together in a command whose words are each fine. */
export function disagreements(
  { verb, argument }: Entry,
  gathered: Gathered,
  said: Said,
  now: Instant,
): Problem[] {
  if (verb === 'audit') return inAudit(gathered, said, now);
  const inFlags = [...inTimeOut(gathered, said), ...inHours(gathered), ...waveObjections(gathered, said)];
  return argument?.takes === 'target' ? [...inTargets(gathered, said), ...inFlags] : inFlags;
}

/** The longest that an agent may be meant to stay out of service. */
const longestOut = 90 * 86_400;

function inTimeOut({ flags }: Gathered, said: Said): Problem[] {
  const given = flags.get('for');
  const [length] = said.flags.get('for') ?? [];
  if (given === undefined || length?.kind !== 'duration') return [];
  if (flags.has('mark-gone')) return [problem(given.place, 'what is marked gone does not come back')];
  const fits = length.seconds >= 60 && length.seconds <= longestOut;
  return fits ? [] : [problem(given.place, '--for takes a time from 1m to 90d')];
}

function inHours({ flags }: Gathered): Problem[] {
  const [at, ahead] = [flags.get('at'), flags.get('in')];
  const later = ahead ?? at;
  if (later === undefined) return [];
  return [
    ...(at !== undefined && ahead !== undefined
      ? [problem(ahead.place, 'one hour is enough: leave out --at or --in')]
      : []),
    ...(flags.has('dry-run')
      ? [
          problem(
            later.place,
            '--dry-run shows how it is now, and nobody knows the hour: leave out one of them',
          ),
        ]
      : []),
  ];
}

/** Beside a name, a selector could mean “of these, those” as well as “and also those”. */
function inTargets({ argument, flags }: Gathered, said: Said): Problem[] {
  if (!said.argument.some(({ kind }) => kind === 'agents')) return [];
  const selector = argument.find((_, nth) => said.argument[nth]?.kind === 'selector');
  const place = selector ?? flags.get('host')?.place;
  const what = 'name the agents, or select them; both in one command could be read in two ways';
  return place === undefined ? [] : [problem(place, what)];
}

function inAudit(
  { argument: words, led, flags }: Gathered,
  { flags: values }: Said,
  now: Instant,
): Problem[] {
  const [argument = null] = words;
  const problems: Problem[] = [];
  const refuse = (names: string[], why: string) => {
    for (const name of names) {
      const given = flags.get(name);
      if (given !== undefined) problems.push(problem(given.place, `${why}: leave out --${name}`));
    }
  };
  if (argument !== null && led === null && argument.text.toLowerCase() === 'anchor') {
    refuse(
      [...flags.keys()].filter((name) => name !== clusterFlag.name),
      '`anchor` stands alone',
    );
    return problems;
  }
  if (argument !== null && led === null)
    refuse(
      ['agent', 'by', 'command', 'since', 'until', 'before'],
      'one drain, approval or plan is told whole',
    );
  else if (led !== null) refuse(['agent', 'after'], 'who names the agent, and tells the newest first');
  else refuse(['after'], 'this belongs beside a DRAIN, APPROVAL or PLAN');
  if (argument !== null)
    refuse(
      ['export'],
      'a file takes --agent, --by, --command, --since and --until, and nothing before the flags',
    );
  else if (flags.has('export')) refuse(['before'], 'a file has no pages');
  const [since, until] = [values.get('since')?.[0], values.get('until')?.[0]];
  const word = flags.get('until')?.words[0];
  if (
    since?.kind === 'when' &&
    until?.kind === 'when' &&
    word &&
    instantOf(until.when, now) <= instantOf(since.when, now)
  )
    problems.push(problem(word, '--until is not after --since, so nothing can be between them'));
  return problems;
}
