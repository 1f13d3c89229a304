import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readmeTable } from '../src/commands/readme-table.ts';

const root = new URL('../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');
const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'SECURITY.md',
  ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path}`),
];

describe('README.md', () => {
  it('has the table of commands as the grammar has it', () => {
    const [table] = /<!-- commands -->[\s\S]*<!-- \/commands -->/.exec(text('README.md')) ?? [];
    expect(table).toBe(readmeTable());
  });
});

describe('the documents', () => {
  it.each(pages)('%s names only scripts that package.json has', (page) => {
    const named = [...text(page).matchAll(/\bnpm run (?:--silent )?([a-z]+)/g)].map(([, name]) => name);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });

  it.each(pages)('%s links only to files that exist', (page) => {
    const linked = [...text(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
      ([, path = '']) => path,
    );
    for (const path of linked)
      expect(() => readFileSync(new URL(path, new URL(page, root)))).not.toThrow(/ENOENT/);
  });
});
