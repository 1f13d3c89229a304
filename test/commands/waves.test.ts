import { describe, expect, it } from '@jest/globals';
import { parseCommand } from '../../src/commands/parse.ts';
import { type RollingMeant, riskOf } from '../../src/domain/command.ts';
import { instant, seconds } from '../../src/domain/ids.ts';

const now = instant(Date.UTC(2026, 10, 26, 20, 30));
const parse = (text: string) => parseCommand(text, { now });
const meant = (over: Partial<RollingMeant> = {}): RollingMeant => ({
  parallel: null,
  per: [],
  pause: null,
  afterwards: 'wait',
  ...over,
});

describe('a drain in waves', () => {
  it.each<[string, RollingMeant | undefined]>([
    ['drain rack=r12', undefined],
    ['drain rack=r12 --for 2h', undefined],
    ['drain rack=r12 --parallel 2 --pause 5m', meant({ parallel: 2, pause: seconds(300) })],
    ['drain agent3 --parallel=1', meant({ parallel: 1 })],
    ['drain rack=r12 --per rack 2', meant({ per: [{ attribute: 'rack', allowed: 2 }] })],
    [
      'drain a,b --per rack=1 —per=zone=3',
      meant({
        per: [
          { attribute: 'rack', allowed: 1 },
          { attribute: 'zone', allowed: 3 },
        ],
      }),
    ],
    ['drain rack=r12 --then Mark_Gone --reason old machines', meant({ afterwards: 'mark-gone' })],
    ['drain rack=r12 --parallel 2 --for 2h', meant({ parallel: 2, afterwards: 'reactivate' })],
    ['drain rack=r12 --then reactivate', meant({ afterwards: 'reactivate' })],
  ])('is read from %s', (text, rolling) => {
    const read = parse(text);
    expect(read.ok && read.value.command.verb === 'drain' && read.value.command.rolling).toEqual(rolling);
  });

  it.each([
    ['drain rack=r12 --then mark-gone --reason old', 'irreversible'],
    ['drain rack=r12 --then reactivate', 'reversible'],
    ['drain rack=r12 --then mark-gone --dry-run', 'read'],
  ])('%s is %s', (text, risk) => {
    const read = parse(text);
    expect(read.ok && riskOf(read.value.command)).toBe(risk);
  });

  it.each([
    ['drain rack=r12 --parallel 0', 'no number of agents from 1 to 200'],
    ['drain rack=r12 --parallel two', 'no number of agents from 1 to 200'],
    ['drain rack=r12 --per rack', 'not an attribute with a number'],
    ['drain rack=r12 --per rack 1 --per rack 2', 'names an attribute twice'],
    ['drain rack=r12 --then gone', 'not what can follow'],
    ['drain rack=r12 --pause 2d', 'up to 24h'],
    ['drain rack=r12 --parallel 2 --mark-gone', 'written --then mark-gone'],
    ['drain rack=r12 --then mark-gone --for 2h', 'does not come back'],
    ['drain rack=r12 --then wait --for 2h', 'is not brought back'],
  ])('%s is refused', (text, why) => {
    const read = parse(text);
    const problems = !read.ok && read.refusal.code === 'bad-command' ? read.refusal.problems : [];
    expect(problems.map(({ what }) => what).join()).toContain(why);
  });
});
