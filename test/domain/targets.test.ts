import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCommand } from '../../src/commands/parse.ts';
import { instant } from '../../src/domain/ids.ts';
import { globMatches, isSelected, onlyTarget, showTargets } from '../../src/domain/targets.ts';

function targetsOf(text: string) {
  const parsed = parseCommand(`drain ${text}`, { now: instant(0) });
  const command = parsed.ok ? parsed.value.command : null;
  if (command?.verb !== 'drain') throw new Error(JSON.stringify(parsed));
  return command.targets;
}

describe('globMatches', () => {
  it.each([
    ['agent3', 'agent3', true],
    ['agent3', 'agent30', false],
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'agent3.example', true],
    ['agent*', 'agent', true],
    ['agent*', 'my-agent', false],
    ['*.example', 'agent3.example', true],
    ['*.example', 'agent3.example.org', false],
    ['a*t3', 'agent3', true],
    ['agent*agent', 'agent', false],
    ['ab*ab', 'aba', false],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a**c', 'abc', true],
    ['a.c', 'abc', false],
    ['agent[3]', 'agent3', false],
    ['agent?', 'agent3', true],
    ['agent?', 'agent', false],
    ['?*', '', false],
    ['*a?', 'aab', true],
  ])('%p on %p is %p', (glob, text, expected) => {
    expect(globMatches(glob, text)).toBe(expected);
  });

  it('agrees with the regular expression that a pattern of letters, stars and question marks means', async () => {
    const letters = fc
      .array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 8 })
      .map((each) => each.join(''));
    const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }).map((each) => each.join(''));
    await fc.assert(
      fc.property(letters, text, (glob, on) => {
        expect(globMatches(glob, on)).toBe(
          new RegExp(`^${glob.replaceAll('?', '.').replaceAll('*', '.*')}$`).test(on),
        );
      }),
    );
  });
});

describe('a selection', () => {
  const agent = { hostname: 'DB-3.example', attributes: { rack: 'r12', zone: 'eu west', odd: 'a,b' } };

  it.each([
    ['rack=r12', true],
    ['rack=r11,r12', true],
    ['rack=r11', false],
    ['rack!=r11', true],
    ['rack!=r11,r12', false],
    ['shelf!=s1', true],
    ['shelf=s1', false],
    ['toString!=x', true],
    ['"zone=eu west"', true],
    ['odd=a,b', true],
    ['odd!=a,b', false],
    ['odd=a', false],
    ['rack=r12 zone!=z1', true],
    ['rack=r12 zone=z1', false],
    ['--host db-*', true],
    ['--host web-* --host db-?.example', true],
    ['--host web-*', false],
    ['rack=r12 --host web-*', false],
  ])('of “%s” takes the agent in: %s', (text, expected) => {
    const targets = targetsOf(text);
    expect('where' in targets && isSelected(agent, targets)).toBe(expected);
  });

  it.each(['agent3', 'agent3 S4', 'rack=r12,r13 zone!=z1 --host db-* --host web-*', '"zone=eu west"'])(
    'is shown as it can be typed: %s',
    (text) => {
      expect(showTargets(targetsOf(text))).toBe(text);
    },
  );

  it('is one target only where one agent is named', () => {
    expect(['agent3 agent3', 'agent3 agent4', 'rack=r12'].map((text) => onlyTarget(targetsOf(text)))).toEqual(
      [{ typed: 'agent3' }, null, null],
    );
  });
});
