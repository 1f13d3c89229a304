import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const names = z.record(z.string(), z.unknown());
const manifest = z
  .object({
    license: z.string(),
    engines: z.object({ node: z.string() }),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    overrides: names,
    allowScripts: names,
  })
  .parse(JSON.parse(read('package.json')));

/** The rows of the table under one heading: the package and its reason. */
function reasonsUnder(heading: string): Map<string, string> {
  const [, section = ''] = read('CONTRIBUTING.md').split(`### ${heading}\n`);
  const [untilNext = ''] = section.split('\n#');
  return new Map(
    [...untilNext.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, name = '', reason = '']) => [
      name,
      reason,
    ]),
  );
}

describe('CONTRIBUTING.md', () => {
  it.each([
    ['In production', manifest.dependencies],
    ['For development', manifest.devDependencies],
    ['Overrides', manifest.overrides],
    ['Install scripts', manifest.allowScripts],
  ])('has a reason for each package under "%s", and for no other', (heading, packages) => {
    const reasons = reasonsUnder(heading);
    expect([...reasons.keys()].sort()).toEqual(Object.keys(packages).sort());
    for (const reason of reasons.values()) expect(reason.trim().length).toBeGreaterThan(10);
  });

  it('tells allowed install scripts from refused ones', () => {
    const told = [...reasonsUnder('Install scripts')].map(([name, reason]) => [
      name,
      reason.startsWith('allowed'),
    ]);
    expect(Object.fromEntries(told)).toEqual(manifest.allowScripts);
  });
});

describe('package.json', () => {
  it.each(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))(
    'pins %s to an exact version',
    (_, version) => {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    },
  );

  it('names the licence that is there', () => {
    expect(manifest.license).toBe('MIT');
    expect(read('LICENSE')).toMatch(/^MIT License\n\nCopyright \(c\) \d{4} mesos-chatops contributors\n/);
  });

  it('allows the Node.js that .nvmrc names', () => {
    const [, least] = manifest.engines.node.match(/^>=(\d+)\./) ?? [];
    expect(Number(read('.nvmrc'))).toBeGreaterThanOrEqual(Number(least));
  });
});

describe('Procfile', () => {
  it('starts what the build makes', () => {
    const { scripts } = z
      .object({ scripts: z.object({ start: z.string() }) })
      .parse(JSON.parse(read('package.json')));
    expect(read('Procfile')).toBe(`worker: ${scripts.start}\n`);
  });
});

describe('docs/adr', () => {
  const decisions = readdirSync(join(root, 'docs/adr')).sort();

  it('numbers the decisions without a gap', () => {
    expect(decisions.length).toBeGreaterThan(0);
    expect(decisions.map((file) => file.slice(0, 5))).toEqual(
      decisions.map((_, index) => `${String(index + 1).padStart(4, '0')}-`),
    );
  });

  it.each(decisions)(
    'gives %s a number, a state, context, decision and consequences, on one page',
    (file) => {
      const text = read(`docs/adr/${file}`);
      expect(text).toMatch(new RegExp(`^# ${file.slice(0, 4)}: \\S`));
      expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
        'Context',
        'Decision',
        'Consequences',
      ]);
      expect(text).toMatch(/^(?:Accepted|Superseded by \[\d{4}\]\(\d{4}-[\w-]+\.md\)), \d{4}-\d\d-\d\d\.$/m);
      expect(text.split(/\s+/).length).toBeLessThan(700);
    },
  );
});

describe('the documents', () => {
  const documents = ['.', 'docs', 'docs/adr'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.md'))
      .map((file) => join(folder, file)),
  );

  it.each(documents)('link from %s only to files that are there', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map(
      ([, to = '']) => to,
    );
    expect(links.filter((to) => !existsSync(join(root, dirname(document), to)))).toEqual([]);
  });
});
