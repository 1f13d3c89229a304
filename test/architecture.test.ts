import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  brokenFloors,
  consoleIn,
  defaultExportsIn,
  environmentIn,
  type Floor,
  importsOf,
  membersNamed,
  realTimeIn,
  type SourceFile,
  unevenTestsIn,
} from './support/source-rules.ts';

const root = join(import.meta.dirname, '..');

function filesIn(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:[cm]?[jt]sx?|html|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}

const production = filesIn('src');
const playground = filesIn('playground');
const tests = filesIn('test');
const code = ({ path }: SourceFile) => path.endsWith('.ts');

/** Low to high; a floor may use any lower one, adapters never one another. ARCHITECTURE.md draws it. */
const floors: Floor[] = [
  { room: 'src/domain/', mayUse: ['src/domain/'], packages: ['dayjs'] },
  { room: 'src/commands/', mayUse: ['src/commands/', 'src/domain/'], packages: [] },
  { room: 'src/app/', mayUse: ['src/app/', 'src/commands/', 'src/domain/'], packages: [] },
  {
    room: 'src/mesos/',
    mayUse: ['src/mesos/', 'src/app/', 'src/commands/', 'src/domain/'],
    packages: ['undici', '@streamparser/json', 'p-retry', 'zod', 'node:*'],
  },
  {
    room: 'src/slack/',
    mayUse: ['src/slack/', 'src/app/', 'src/commands/', 'src/domain/'],
    packages: ['@slack/*', 'p-retry', 'zod', 'dayjs', 'node:*'],
  },
  {
    room: 'src/store/',
    mayUse: ['src/store/', 'src/app/', 'src/commands/', 'src/domain/'],
    packages: ['knex', 'sqlite3', 'zod', 'node:*'],
  },
  {
    room: 'src/gates/',
    mayUse: ['src/gates/', 'src/app/', 'src/commands/', 'src/domain/'],
    packages: ['undici', 'p-retry'],
  },
  { room: 'src/logger.ts', mayUse: ['src/'], packages: ['pino'] },
  { room: 'src/config/', mayUse: ['src/'], packages: ['zod', 'dayjs', 'yaml', 'node:*'] },
  // The top: main, bot, config, clock, health, redact, cli.
  { room: 'src/', mayUse: ['src/'], packages: ['zod', 'dayjs', 'node:*'] },
  { room: 'playground/', mayUse: ['playground/'], packages: ['ws', 'zod', 'dayjs', 'node:*'] },
];

/** A made-up file, to show that a rule can fail. */
function made(path: string, text: string): SourceFile {
  return { path, text };
}

describe('the floors', () => {
  it.each([...production, ...playground].filter(code).map((file) => [file.path, file] as const))(
    'hold for %s',
    (_, file) => {
      expect(brokenFloors(file, floors)).toEqual([]);
    },
  );

  it.each([
    ['a value', "import { a } from './a.ts';", 'src/app/a.ts'],
    ['a type', "import type { A } from '../domain/a.ts';", 'src/domain/a.ts'],
    ['all of it', "import * as a from '../../playground/a.ts';", 'playground/a.ts'],
    ['for its effect', "import '../store/a.ts';", 'src/store/a.ts'],
    ['by re-export', "export { a } from '../slack/a.ts';", 'src/slack/a.ts'],
    ['by re-export of all', "export * from '../mesos/a.ts';", 'src/mesos/a.ts'],
    ['late', "const a = await import('../mesos/a.ts');", 'src/mesos/a.ts'],
    ['late, from anywhere', 'const a = await import(where);', '?'],
    ['inside a type', "type A = import('knex').Knex;", 'knex'],
    ["Node's own", "import { readFileSync } from 'node:fs';", 'node:fs'],
  ])('see an import of %s', (_, text, target) => {
    expect(importsOf(made('src/app/b.ts', text))).toEqual([target]);
  });

  it('do not see imports in comments and texts', () => {
    expect(importsOf(made('src/app/b.ts', "// import './a.ts'\nconst a = \"import './c.ts'\";"))).toEqual([]);
  });

  it.each([
    ['src/domain/x.ts', '../commands/parse.ts'],
    ['src/domain/x.ts', 'node:crypto'],
    ['src/domain/x.ts', 'zod'],
    ['src/commands/x.ts', '../app/ports.ts'],
    ['src/app/x.ts', '../mesos/master.ts'],
    ['src/app/x.ts', '../config.ts'],
    ['src/app/drains/x.ts', '../../slack/chat.ts'],
    ['src/app/x.ts', 'knex'],
    ['src/mesos/x.ts', '../slack/chat.ts'],
    ['src/mesos/x.ts', '../config.ts'],
    ['src/slack/x.ts', '../store/open.ts'],
    ['src/gates/x.ts', '../mesos/wire.ts'],
    ['src/store/x.ts', '../mesos/master.ts'],
    ['src/store/x.ts', '@slack/types'],
    ['src/bot.ts', '@slack/bolt'],
    ['src/bot.ts', 'undici'],
    ['src/bot.ts', 'sqlite3'],
    ['src/cli/x.ts', 'knex'],
    ['src/bot.ts', '../playground/clock.ts'],
    ['playground/x.ts', '../src/domain/ids.ts'],
    ['playground/mesos/x.ts', '../../test/support/x.ts'],
    ['elsewhere/x.ts', 'dayjs'],
  ])('forbid %s to import %s', (path, target) => {
    expect(brokenFloors(made(path, `import { x } from '${target}';`), floors)).toHaveLength(1);
  });

  it.each([
    ['src/domain/x.ts', 'dayjs/plugin/utc.js'],
    ['src/app/drains/x.ts', '../../commands/parse.ts'],
    ['src/mesos/shapes/x.ts', '../../app/ports.ts'],
    ['src/slack/blocks/x.ts', '@slack/types'],
    ['src/bot.ts', './store/open.ts'],
  ])('let %s import %s', (path, target) => {
    expect(brokenFloors(made(path, `import { x } from '${target}';`), floors)).toEqual([]);
  });
});

interface Rule {
  rule: string;
  files: SourceFile[];
  except: RegExp | null;
  check: (file: SourceFile) => string[];
  /** Each breaks the rule in its own way. */
  breaks: string[];
  /** Keeps to it, though it looks alike. */
  keeps: string;
}

const rules: Rule[] = [
  {
    rule: 'time and ids come from src/clock.ts alone',
    files: production,
    except: /^src\/clock\.ts$/,
    check: realTimeIn,
    breaks: [
      'const a = Date.now();',
      'const a = new Date();',
      'const a = new Date;',
      'const a = Date();',
      'const f = Date.now;',
      'setTimeout(f, 1);',
      'globalThis.setInterval(f, 1);',
      "import { setTimeout as sleep } from 'node:timers/promises';",
      "import { randomUUID } from 'node:crypto';",
      'crypto.randomUUID();',
      'performance.now();',
      'process.hrtime.bigint();',
      'Math.random();',
    ],
    keeps: "/** Like Date.now, after setTimeout. */ const a = new Date(at).toISOString() + 'new Date()';",
  },
  {
    rule: 'the environment is read by main, config and cli alone',
    files: production,
    except: /^src\/(?:main\.ts|config\.ts|config\/.*|cli\/.*)$/,
    check: environmentIn,
    breaks: [
      'const a = process.env;',
      "import { env } from 'node:process';",
      "import process from 'process';",
    ],
    keeps: '// process.env\nconst a = config.env + process.pid;',
  },
  {
    rule: 'one door: calls are submitted by submit-call.ts alone',
    files: production,
    except: /^src\/app\/(?:.*\/)?submit-call\.ts$/,
    check: (file) => membersNamed('submit', file),
    breaks: [
      'await calls.submit(call);',
      'await calls?.submit(call);',
      'const f = deps.calls.submit.bind(calls);',
      'const { submit } = calls;',
      'const { submit: send } = calls;',
    ],
    keeps: 'const calls = { submit(call) { return call; } }; await submitCall(call); // calls.submit(call)',
  },
  {
    rule: 'nothing is written past the log',
    files: production,
    except: /^src\/cli\//,
    check: consoleIn,
    breaks: ["console.log('a');", 'const { log } = console;'],
    keeps: "const a = 'console.log'; // console",
  },
  {
    rule: 'every export has a name',
    files: [...production, ...playground, ...tests].filter(code),
    // It stands in for a package that exports by default.
    except: /^test\/support\/retry-at-once\.ts$/,
    check: defaultExportsIn,
    breaks: ['export default 3;', 'export default function a() {}', 'const a = 3; export { a as default };'],
    keeps: "export const a = 'export default'; switch (a) { default: }",
  },
  {
    rule: 'no test is switched off, nor switches off the others',
    files: tests,
    except: null,
    check: unevenTestsIn,
    breaks: [
      // Put together here, so that nobody who looks for such tests finds these.
      ...['it', 'test', 'describe'].flatMap((of) => ['only', 'skip'].map((how) => `${of}.${how}`)),
      ...['only', 'skip'].map((how) => `describe.${how}.each([])`),
      ...[`it.${'todo'}`, 'fdescribe', 'xit'],
    ].map((call) => `${call}('a', f);`),
    keeps: "it('only', () => { list.skip(3); }); it.each([])('skip', f);",
  },
];

describe.each(rules)('$rule', ({ files, except, check, breaks, keeps }) => {
  it('holds', () => {
    const held = files.filter(code).filter(({ path }) => except === null || !except.test(path));
    expect(held.length).toBeGreaterThan(0);
    expect(held.flatMap(check)).toEqual([]);
  });

  it.each(breaks)('would notice %s', (text) => {
    expect(check(made('src/x.ts', text))).not.toEqual([]);
  });

  it('allows what only looks alike', () => {
    expect(check(made('src/x.ts', keeps))).toEqual([]);
  });
});

describe('the sizes', () => {
  const mostBytes = 12 * 1024;
  const tooLarge = (files: SourceFile[]) =>
    files
      .map(({ path, text }) => ({ path, bytes: Buffer.byteLength(text) }))
      .filter(({ bytes }) => bytes > mostBytes)
      .map(({ path, bytes }) => `${path} has ${bytes} bytes`);

  it('stay under 12 KB a file in src/ and playground/', () => {
    expect(tooLarge([...production, ...playground])).toEqual([]);
  });

  it('count bytes, not letters', () => {
    expect(tooLarge([made('a', 'é'.repeat(6145)), made('b', 'e'.repeat(12_288))])).toEqual([
      'a has 12290 bytes',
    ]);
  });
});
