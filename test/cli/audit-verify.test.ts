import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { auditCommand } from '../../src/cli/audit-command.ts';
import { type Progress, progressBar } from '../../src/cli/progress.ts';
import { factsOfSigned, type Signer, signedText } from '../../src/domain/audit/signed-head.ts';
import { after, correlationId, type Instant, instant, iso } from '../../src/domain/ids.ts';
import { keyIdOf, signerBy } from '../../src/signing.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { cleanUp, freshPath, open, withFile } from '../store/fresh-store.ts';
import { noon } from '../store/noon.ts';
import { draft } from '../store/samples.ts';

cleanUp();

const seen: string[] = [];
const watching: Progress = { at: (done, of) => seen.push(`${done} of ${of}`), end: () => seen.push('end') };

async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await auditCommand(args, {
    defaultFile: '/nowhere/default.db',
    progress: watching,
    clock: { now: () => noon, after: () => () => undefined },
    newId: () => 'id-1',
    sha256,
    by: { kind: 'os-user', name: 'olga', host: 'bot-1' },
    print: async (line) => void out.push(line),
    complain: (line) => err.push(line),
  });
  return { status, out: out.join('\n'), err: err.join('\n') };
}

/** A log of so many entries; `signed`: after which of them its head is signed, and by whom. */
async function logOf(entries: number, signed: number[] = [], signer: Signer | null = null) {
  const path = freshPath();
  const store = await open(path);
  const heads: string[] = [];
  for (let n = 1; n <= entries; n += 1) {
    const { seq, hash } = await store.transact((tx) => tx.append(draft({ at: after(noon, n) })));
    const head = { seq, hash, database: (await store.thisDatabase()).id, at: iso(after(noon, n)) };
    const value = signer?.sign(signedText(head)) ?? null;
    heads.push(`${seq}:${hash}${value === null ? '' : `:${value}`}`);
    if (signer === null || value === null || !signed.includes(n)) continue;
    await store.transact((tx) =>
      tx.append({
        at: after(noon, n),
        event: 'head.signed',
        actor: { kind: 'bot' },
        correlation: correlationId('c'),
        facts: factsOfSigned(head, { key: signer.key, value }),
      }),
    );
  }
  return { path, heads, database: (await store.thisDatabase()).id };
}

async function newKey(): Promise<{ path: string; signer: Signer; said: string }> {
  const path = join(dirname(freshPath()), 'signing.pem');
  const { out } = await run('new-key', path);
  return { path, said: out, signer: signerBy(createPrivateKey(readFileSync(path, 'utf8'))) };
}

/** By somebody who has the file, leaving the guards as they were. */
async function edit(path: string, sql: string): Promise<void> {
  await withFile(path, async (db) => {
    const triggers = await db.all<{ name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'",
    );
    for (const { name } of triggers) await db.exec(`DROP TRIGGER ${name}`);
    await db.exec(`PRAGMA ignore_check_constraints = ON; ${sql}`);
    for (const trigger of triggers) await db.exec(trigger.sql);
  });
}

describe('npm run audit -- verify, with anchors', () => {
  it('takes several at once, and files of them as Slack shows them', async () => {
    const { path, heads, database } = await logOf(6);
    const file = join(dirname(freshPath()), 'anchors.txt');
    writeFileSync(file, `# of this week\nHead: \`${database}/${heads[1]}\`\n\n${heads[3]}\n`);
    expect(await run('verify', path, '--anchor', heads[5] ?? '', '--anchors', file)).toMatchObject({
      status: 0,
      out: expect.stringContaining('3 anchors fit, the last of entry 6.'),
    });
  });

  it('names where a rebuilt chain can have begun, and a changed anchor for what it is', async () => {
    const { path, heads } = await logOf(6);
    const other = `4:${'b'.repeat(64)}`;
    expect(await run('verify', path, '--anchor', heads[1] ?? '', '--anchor', other)).toMatchObject({
      status: 1,
      out: expect.stringContaining('Entry 3, or one up to 4, is bad: the anchor has the hash bbb'),
    });
    expect(await run('verify', path, '--anchor', heads[4] ?? '', '--anchor', other)).toMatchObject({
      status: 1,
      out: expect.stringContaining(`The anchor ${other} does not hold`),
    });
  });

  it('says of which database an anchor is, where it is of another, and does not pass it over', async () => {
    const { path, heads, database } = await logOf(2);
    expect(await run('verify', path, '--anchor', `db-of-old/${heads[1]}`)).toMatchObject({
      status: 1,
      out: expect.stringContaining(`it is of database db-of-old, and this one is ${database}`),
    });
  });

  it('names the lines of a file that hold none', async () => {
    const file = join(dirname(freshPath()), 'anchors.txt');
    writeFileSync(file, 'Head: 4:abc\n');
    expect((await run('verify', '--anchors', file)).err).toContain('no anchor in line 1.');
    writeFileSync(file, '# none yet\n');
    expect((await run('verify', '--anchors', file)).err).toContain('it holds none.');
  });
});

describe('npm run audit -- verify, with a public key', () => {
  it('tells up to where the log is signed, and since when it is not', async () => {
    const { path: key, signer } = await newKey();
    const { path, heads } = await logOf(5, [2, 4], signer);
    expect(await run('verify', path, '--public-key', `${key}.pub`)).toMatchObject({
      status: 0,
      out: expect.stringContaining(
        `Signed up to entry 5, signed ${iso(after(noon, 4))}. 2 entries since are under none.`,
      ),
    });
    expect((await run('verify', path)).out).toContain('the signatures were not looked at');
    const anchor = heads[4] ?? '';
    expect(await run('verify', path, '--public-key', `${key}.pub`, '--anchor', anchor)).toMatchObject({
      status: 0,
      out: expect.stringContaining('An anchor fits'),
    });
    const forged = anchor.replace(/:[^:]+$/, `:${'A'.repeat(86)}==`);
    expect(await run('verify', path, '--public-key', `${key}.pub`, '--anchor', forged)).toMatchObject({
      status: 1,
      out: expect.stringContaining('its signature was not made with the given key'),
    });
  });

  it('calls a log bad in which nothing is signed, or by a key that was not given', async () => {
    const [ours, theirs] = [await newKey(), await newKey()];
    const { path: none } = await logOf(2);
    expect(await run('verify', none, '--public-key', `${ours.path}.pub`)).toMatchObject({
      status: 1,
      out: expect.stringContaining('No head in this log is signed'),
    });
    const { path } = await logOf(3, [2], theirs.signer);
    const { status, out } = await run('verify', path, '--public-key', `${ours.path}.pub`);
    expect(status).toBe(1);
    expect(out).toContain(
      `Entry 1, or one up to 3, is bad: entry 3: it is signed with the key ${theirs.signer.key}`,
    );
    expect(out).toContain('No entry before it; nothing from here on is proven.');
    const both = ['--public-key', `${ours.path}.pub`, '--public-key', `${theirs.path}.pub`];
    expect((await run('verify', path, ...both)).status).toBe(0);
  });

  it('refuses a private key, and what is no key', async () => {
    const { path } = await newKey();
    for (const file of [path, import.meta.filename])
      expect(await run('verify', '--public-key', file)).toMatchObject({
        status: 2,
        err: expect.stringContaining('no Ed25519 public key'),
      });
  });
});

describe('npm run audit -- verify, by what the driver would hide', () => {
  it.each([
    [
      'a byte that is shown as U+FFFD',
      "CAST(unhex(replace(hex(entry), 'EFBFBD', 'FF')) AS TEXT)",
      'holds bytes that are no UTF-8',
    ],
    ['a BLOB of the same bytes', 'CAST(entry AS BLOB)', 'is stored as blob'],
  ])('finds %s', async (_, to, what) => {
    const path = freshPath();
    const store = await open(path);
    for (const reason of ['one', 'two \ufffd', 'three'])
      await store.transact((tx) => tx.append(draft({ reason })));
    // STRICT keeps BLOBs out: only a table without it takes them.
    await edit(
      path,
      `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'audit';
       PRAGMA writable_schema = RESET; UPDATE audit SET entry = ${to} WHERE seq = 2`,
    );
    expect(await run('verify', path)).toMatchObject({
      status: 1,
      out: expect.stringMatching(new RegExp(`^Entry 2 is bad: its text ${what}`)),
    });
  });

  it.each([
    [
      'an index that shows other entries',
      "UPDATE sqlite_schema SET sql = replace(sql, 'WHERE by_user IS NOT NULL', 'WHERE by_user IS NULL') WHERE name = 'audit_by_user'",
      'the index audit_by_user was changed',
    ],
    [
      'a column that is made otherwise',
      `UPDATE sqlite_schema SET sql = replace(sql, '$.cluster', '$."cluster"') WHERE name = 'audit'`,
      'the table audit was changed',
    ],
    [
      'a trigger of somebody else',
      'CREATE TRIGGER extra AFTER INSERT ON audit BEGIN SELECT 1; END',
      'the trigger extra was added',
    ],
  ])('finds %s', async (_, sql, what) => {
    const { path } = await logOf(1);
    await withFile(path, (db) => db.exec(`PRAGMA writable_schema = ON; ${sql}`));
    const { status, out } = await run('verify', path);
    expect([status, out]).toEqual([1, expect.stringContaining(what)]);
  });
});

describe('npm run audit -- new-key', () => {
  it('makes a key for its owner alone, prints the public half only, and overwrites nothing', async () => {
    const { path, said, signer } = await newKey();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const [pem, pub] = [path, `${path}.pub`].map((each) => readFileSync(each, 'utf8'));
    expect(said).toContain(pub?.trim());
    expect(said).toContain(`Key id: ${signer.key}`);
    expect(said).not.toContain(pem?.split('\n')[1]);
    expect(await run('new-key', path)).toMatchObject({
      status: 2,
      err: `${path} is there already: nothing was made.`,
    });
    expect(readFileSync(path, 'utf8')).toBe(pem);
  });

  it('names a key as openssl does', async () => {
    const { path, signer } = await newKey();
    const der = execFileSync('openssl', ['pkey', '-in', path, '-pubout', '-outform', 'DER']);
    expect(sha256Of(der)).toBe(signer.key);
    expect(keyIdOf(createPrivateKey(readFileSync(path, 'utf8')))).toBe(signer.key);
  });
});

function sha256Of(bytes: Buffer): string {
  return execFileSync('sha256sum', { input: bytes }).toString().slice(0, 64);
}

describe('the progress', () => {
  it('follows the entries to the last', async () => {
    seen.length = 0;
    const { path } = await logOf(2);
    await run('verify', path);
    expect(seen).toEqual(['1 of 2', '2 of 2', 'end']);
  });

  it('is drawn ten times a second at most, over itself, and leaves a clean line', () => {
    const drawn: string[] = [];
    let now: Instant = instant(0);
    const bar = progressBar((text) => drawn.push(text), { now: () => now });
    bar.at(1, 200);
    bar.end();
    expect(drawn).toEqual([]);
    now = instant(100);
    bar.at(50, 200);
    bar.at(51, 200);
    bar.end();
    expect(drawn).toEqual([`\r[${'#'.repeat(8)}${'-'.repeat(22)}] 25 % 50 of 200\u001b[K`, '\r\u001b[K']);
  });
});
