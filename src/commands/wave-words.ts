import type { RollingMeant } from '../domain/command.ts';
import type { Problem } from '../domain/refusal.ts';
import type { Said } from './build.ts';
import { type Gathered, problem } from './gather.ts';
import { pick, pickAll } from './pick.ts';

/** The flags of which any makes a drain one in waves. */
const ofWaves = ['parallel', 'per', 'pause', 'then'] as const;

/** How a drain in waves was typed; empty: it is none. */
export function wavesIn({ flags }: Said): { rolling?: RollingMeant } {
  if (!ofWaves.some((name) => flags.has(name))) return {};
  const returns = flags.has('for') ? 'reactivate' : 'wait';
  return {
    rolling: {
      parallel: pick(flags.get('parallel'), 'agents-at-once')?.agents ?? null,
      per: pickAll(flags.get('per'), 'per').map(({ attribute, allowed }) => ({ attribute, allowed })),
      pause: pick(flags.get('pause'), 'duration')?.seconds ?? null,
      afterwards: pick(flags.get('then'), 'afterwards')?.afterwards ?? returns,
    },
  };
}

/** The longest pause between two waves. */
const longestPause = 86_400;

/** What can't stand beside the words of a drain in waves. */
export function waveObjections({ flags }: Gathered, said: Said): Problem[] {
  const name = ofWaves.find((each) => flags.has(each));
  if (name === undefined) return [];
  const problems: Problem[] = [];
  const refuse = (other: string, why: string) => {
    const given = flags.get(other);
    if (given !== undefined) problems.push(problem(given.place, why));
  };
  const beside = `beside --${name}`;
  refuse('mark-gone', `${beside} it is written --then mark-gone`);
  refuse(
    'unattended',
    `${beside} each agent is proven empty before it is marked gone: leave out --unattended`,
  );
  const then = pick(said.flags.get('then'), 'afterwards')?.afterwards;
  if (then === 'mark-gone') refuse('for', 'what is marked gone does not come back');
  if (then === 'wait') refuse('for', 'what waits is not brought back: leave out --for, or --then wait');
  const pause = flags.get('pause');
  const length = pick(said.flags.get('pause'), 'duration');
  if (pause !== undefined && length !== null && length.seconds > longestPause)
    problems.push(problem(pause.place, '--pause takes a time up to 24h'));
  const attributes = pickAll(said.flags.get('per'), 'per').map(({ attribute }) => attribute);
  const per = flags.get('per');
  if (per !== undefined && new Set(attributes).size < attributes.length)
    problems.push(problem(per.place, '--per names an attribute twice'));
  return problems;
}
