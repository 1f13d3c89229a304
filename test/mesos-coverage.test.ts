import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { planFor } from '../playground/contract/plan.ts';
import { READ_ASSERTIONS } from '../playground/contract/reads.ts';
import { grammar } from '../src/commands/grammar.ts';

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** The cells of each row of the table under a heading. */
const rowsUnder = (heading: string): string[][] => {
  const [, section = ''] = text('docs/mesos-coverage.md').split(`## ${heading}\n`);
  return (section.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .slice(1)
    .map((line) =>
      line
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    );
};
const calls = rowsUnder('Calls that change a cluster');
const reads = rowsUnder('Reads');
const notMade = rowsUnder('Not made, and why');
const nameIn = (cell = '') => cell.replaceAll('`', '');
/** Names written in code in these sources, by a pattern with one group. */
const written = (pattern: RegExp, ...paths: string[]) => [
  ...new Set(paths.flatMap((path) => [...text(path).matchAll(pattern)].map(([, name = '']) => name))),
];

const assertions = new Set(
  [...READ_ASSERTIONS, ...planFor(['S0', 'S1', 'S2'], true).agents.flatMap((each) => each.assertions)].map(
    ({ name }) => name,
  ),
);

describe('docs/mesos-coverage.md', () => {
  it.each([...calls, ...reads].map((row) => [nameIn(row[0]), row] as const))(
    'has assertions for %s that are in the contract, and recordings that are here',
    (_, [, , , asserted = '', recorded = '']) => {
      const names = [...asserted.matchAll(/“([^”]+)”/g)].map(([, name]) => name);
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => !assertions.has(name ?? ''))).toEqual([]);
      const files = recorded.startsWith('none') ? [] : recorded.split(', ');
      expect(
        files.filter((name) => !existsSync(new URL(`recordings/${name}.http`, import.meta.url))),
      ).toEqual([]);
    },
  );

  it.each(calls.map((row) => [nameIn(row[0]), row] as const))('names commands that make %s', (_, row) => {
    const named = [...(row[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, words = '']) => words);
    expect(named.length).toBeGreaterThan(0);
    for (const words of named) {
      const entry = grammar.find(({ verb }) => words === verb || words.startsWith(`${verb} --`));
      const flag = / --([a-z-]+)/.exec(words)?.[1];
      expect([words, entry !== undefined]).toEqual([words, true]);
      if (flag !== undefined) expect(entry?.flags.map(({ name }) => name)).toContain(flag);
    }
  });

  it('has each call that the bot can make, and no other', () => {
    const made = written(/\{ type: '([A-Z_]+)'/g, 'src/domain/call.ts');
    expect(made.length).toBeGreaterThan(6);
    expect(calls.map(([name]) => nameIn(name)).sort()).toEqual(made.sort());
  });

  it('has each read that the bot makes, and no other', () => {
    const v1 = written(
      /apiQuery\('([A-Z_]+)'/g,
      'src/mesos/master.ts',
      'src/mesos/reads.ts',
      'src/mesos/maintenance.ts',
    );
    const ofAgents = written(/apiQuery\('([A-Z_]+)'/g, 'src/mesos/ask-agent.ts').map(
      (name) => `agent ${name}`,
    );
    const v0 = written(/(?:pathAndQuery = `|pathAndQuery: ')(\/[^$']*)/g, 'src/mesos/requests.ts').map(
      (path) => `GET ${path}`,
    );
    expect([v1.length, ofAgents.length, v0.length].every((many) => many > 2)).toBe(true);
    expect(reads.map(([name]) => nameIn(name)).sort()).toEqual([...v1, ...ofAgents, ...v0].sort());
  });

  it('says of each call that is not made why not', () => {
    expect(notMade.length).toBeGreaterThan(5);
    const rows = [...calls, ...reads].map(([name]) => nameIn(name));
    for (const [call = '', why = ''] of notMade) {
      const of = call.startsWith('agent ') ? 'agent ' : '';
      const names = [...call.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => `${of}${name}`);
      expect([call, rows.filter((row) => names.includes(row))]).toEqual([call, []]);
      expect(why.length).toBeGreaterThan(20);
    }
  });
});
