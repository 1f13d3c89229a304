import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { connect } from '../../src/store/connection.ts';
import { type Migration, migrate, packagedMigrations, readMigrations } from '../../src/store/migrate.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { cleanUp, freshPath, withFile } from './fresh-store.ts';
import { noon } from './noon.ts';

cleanUp();

const one: Migration = {
  name: '001_one.sql',
  sql: "CREATE TABLE one (a INTEGER) STRICT;\nINSERT INTO one VALUES (1);\nCREATE TRIGGER t BEFORE DELETE ON one BEGIN SELECT RAISE(ABORT, 'no; never'); END;",
};
const two: Migration = { name: '002_two.sql', sql: 'CREATE TABLE two (b TEXT) STRICT;' };
const broken: Migration = {
  name: '002_broken.sql',
  sql: 'CREATE TABLE two (b TEXT) STRICT; CREATE TABLE one (a);',
};

async function run(path: string, migrations: Migration[]): Promise<void> {
  const db = await connect(path);
  try {
    await migrate(db, migrations, { sha256, now: noon });
  } finally {
    await db.destroy();
  }
}

function schema(path: string): Promise<{ name: string }[]> {
  return withFile(path, (db) =>
    db.all("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"),
  );
}

describe('migrations', () => {
  it('bring an empty file up to date, every statement of every file', async () => {
    const path = freshPath();
    await run(path, [one, two]);
    expect(await schema(path)).toEqual(['migrations', 'one', 't', 'two'].map((name) => ({ name })));
    expect(await withFile(path, (db) => db.all('SELECT * FROM migrations ORDER BY name'))).toEqual([
      { name: one.name, sha256: sha256(one.sql), applied_at: noon },
      { name: two.name, sha256: sha256(two.sql), applied_at: noon },
    ]);
  });

  it('run once only, and only what is new', async () => {
    const path = freshPath();
    await run(path, [one]);
    await run(path, [one]);
    await run(path, [one, two]);
    await run(path, [one, two]);
    expect(await withFile(path, (db) => db.all('SELECT a FROM one'))).toEqual([{ a: 1 }]);
  });

  it('leave nothing of themselves when one fails, also of those before it', async () => {
    const path = freshPath();
    await expect(run(path, [one, broken])).rejects.toThrow(
      '002_broken.sql failed, and the database is as it was',
    );
    expect(await schema(path)).toEqual([]);
    await run(path, [one]);
    await expect(run(path, [one, broken])).rejects.toThrow('002_broken.sql failed');
    expect(await schema(path)).toEqual(['migrations', 'one', 't'].map((name) => ({ name })));
  });

  it.each([
    ['an edited one', [{ ...one, sql: `${one.sql}\n` }, two], '001_one.sql was edited'],
    ['a database of a newer bot', [one], '002_two.sql, which this version of the bot does not have'],
    ['one that is unknown here', [one, { ...two, name: '002_other.sql' }], '002_two.sql, which this version'],
  ])('refuse %s, saying which, and change nothing', async (_, migrations, why) => {
    const path = freshPath();
    await run(path, [one, two]);
    const before = await schema(path);
    await expect(
      run(path, [...migrations, { name: '003_x.sql', sql: 'CREATE TABLE x (a)' }]),
    ).rejects.toThrow(why);
    expect(await schema(path)).toEqual(before);
  });

  it('are found in the package, the audit log first', () => {
    expect(packagedMigrations()[0]).toMatchObject({
      name: '001_audit.sql',
      sql: expect.stringContaining('CREATE TABLE audit'),
    });
  });

  it.each([
    ['a gap', ['001_a.sql', '003_b.sql'], '003_b.sql is not the migration that comes next'],
    ['two of one number', ['001_a.sql', '001_b.sql'], '001_b.sql'],
    ['another kind of file', ['001_a.sql', '002_b.js'], '002_b.js'],
  ])('refuse a folder with %s', (_, names, why) => {
    const folder = join(dirname(freshPath()), 'migrations');
    mkdirSync(folder);
    for (const name of names) writeFileSync(join(folder, name), '');
    expect(() => readMigrations(folder)).toThrow(why);
  });

  it('count the same with the line ends of another system', () => {
    const folder = join(dirname(freshPath()), 'migrations');
    mkdirSync(folder);
    writeFileSync(join(folder, '001_a.sql'), 'SELECT 1;\r\n');
    expect(readMigrations(folder)).toEqual([{ name: '001_a.sql', sql: 'SELECT 1;\n' }]);
  });
});
