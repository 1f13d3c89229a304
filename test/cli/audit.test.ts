import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { auditCommand } from '../../src/cli/audit-command.ts';
import { auditLine, plain } from '../../src/cli/audit-line.ts';
import { noProgress } from '../../src/cli/progress.ts';
import { type AuditDraft, entryOf } from '../../src/domain/audit.ts';
import * as ids from '../../src/domain/ids.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { cleanUp, freshPath, open, withFile } from '../store/fresh-store.ts';
import { noon } from '../store/noon.ts';
import { agentId, bob, draft } from '../store/samples.ts';

cleanUp();

async function run(...args: string[]): Promise<{ status: number; out: string[]; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await auditCommand(args, {
    defaultFile: '/nowhere/default.db',
    progress: noProgress,
    clock: { now: () => ids.after(noon, 60_000), after: () => () => undefined },
    newId: () => 'id-1',
    sha256,
    by: { kind: 'os-user', name: 'olga', host: 'bot-1' },
    print: async (line) => {
      out.push(line);
    },
    complain: (line) => err.push(line),
  });
  return { status, out, err: err.join('\n') };
}

const drafts: AuditDraft[] = [
  draft({ at: ids.after(noon, -86_400_000), event: 'bot.started', actor: { kind: 'bot' } }),
  draft({ actor: { kind: 'person', person: { ...bob, userId: ids.userId('U0BOBBY') } } }),
  draft({
    event: 'call.intended',
    actor: { kind: 'bot' },
    request: { call: 'DRAIN_AGENT', body: '{}' },
    reason: 'kernel upgrade',
  }),
  draft({
    event: 'call.rejected',
    actor: { kind: 'outside' },
    agent: { id: 'other-S4', hostname: 'agent4.example' },
    response: { status: 403, body: '', bodySha256: '', bodyBytes: 0 },
  }),
  draft({ event: 'bot.stopped', actor: { kind: 'bot' } }),
];

/** A log of five entries, held open by a bot. */
async function heldLog(): Promise<string> {
  const path = freshPath();
  const store = await open(path);
  for (const each of drafts) await store.transact((tx) => tx.append(each));
  return path;
}

/** The same, by the hand of somebody who has the file and knows SQLite. */
async function tampered(sql: string): Promise<string> {
  const path = await heldLog();
  await withFile(path, async (db) => {
    const triggers = await db.all<{ name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
    );
    for (const { name } of triggers) await db.exec(`DROP TRIGGER ${name}`);
    await db.exec(`PRAGMA ignore_check_constraints = ON; ${sql}`);
    for (const trigger of triggers) await db.exec(trigger.sql);
  });
  return path;
}

describe('npm run audit -- verify', () => {
  it('finds a whole log whole while a bot holds it', async () => {
    const path = await heldLog();
    const { status, out } = await run('verify', path);
    expect(out).toEqual([expect.stringMatching(/^5 entries, chain whole, head 5 [0-9a-f]{64}$/)]);
    expect(status).toBe(0);
  });

  it('finds an empty log whole', async () => {
    const path = freshPath();
    await open(path);
    expect(await run('verify', path)).toMatchObject({
      status: 0,
      out: [
        `0 entries, chain whole, head 0 ${'0'.repeat(64)}`,
        'The log is empty: of a bot that has worked, nothing is proven by that.',
      ],
    });
  });

  it('reads a lone copy, and leaves nothing beside it', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.append(draft()));
    await store.close();
    const copy = join(dirname(freshPath()), 'copy.db');
    copyFileSync(path, copy);
    expect(await run('verify', copy)).toMatchObject({
      status: 0,
      out: [expect.stringMatching('^1 entries')],
    });
    expect(readdirSync(dirname(copy))).toEqual(['copy.db']);
  });

  it('follows a log of many pages', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact(async (tx) => {
      for (let n = 0; n < 450; n += 1) await tx.append(draft());
    });
    expect((await run('verify', path)).out[0]).toMatch('450 entries, chain whole');
    expect((await run('list', path)).out).toHaveLength(451);
  });

  it.each([
    [
      'an edited text',
      "UPDATE audit SET entry = replace(entry, 'kernel', 'kennel') WHERE seq = 3",
      'Entry 3 is bad: its text was edited',
    ],
    [
      'an edited hash',
      `UPDATE audit SET hash = '${'a'.repeat(64)}' WHERE seq = 2`,
      'Entry 2 is bad: its hash was edited',
    ],
    ['a removed entry', 'DELETE FROM audit WHERE seq = 2', 'Entry 2 is bad: entry 2 is missing'],
    [
      'entries that changed places',
      'UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 99',
      'Entry 2 is bad: its text says that it is entry 3: entries were moved',
    ],
    [
      'a text that is not canonical',
      "UPDATE audit SET entry = replace(entry, ',', ', ') WHERE seq = 4",
      'Entry 4 is bad: its text is not in canonical form',
    ],
    [
      'a text that is no JSON',
      // SQLite itself refuses it as long as it knows of the generated columns.
      `CREATE TABLE copy (seq INTEGER PRIMARY KEY, entry TEXT, hash TEXT);
       INSERT INTO copy SELECT seq, iif(seq = 3, '{', entry), hash FROM audit;
       CREATE TABLE made AS SELECT sql FROM sqlite_schema WHERE name = 'audit';
       DROP TABLE audit; ALTER TABLE copy RENAME TO audit; PRAGMA writable_schema = ON;
       UPDATE sqlite_schema SET sql = (SELECT sql FROM made) WHERE name = 'audit'; DROP TABLE made`,
      'Entry 3 is bad: its text is not a JSON object',
    ],
    [
      'an entry from elsewhere below the first',
      'INSERT INTO audit SELECT -1, entry, hash FROM audit WHERE seq = 1',
      'Entry -1 is bad',
    ],
  ])('names %s', async (_, sql, what) => {
    const path = await tampered(sql);
    const { status, out } = await run('verify', path);
    expect(out[0]).toContain(what);
    expect(status).toBe(1);
  });

  it('shows what stands before and after a bad entry', async () => {
    const path = await tampered("UPDATE audit SET entry = replace(entry, 'kernel', 'kennel') WHERE seq = 3");
    const { out } = await run('verify', path);
    expect(out.slice(1).map((line) => line.replace(/ {2,}/g, ' '))).toEqual([
      ' before: 2 2026-03-01T12:00:00.000Z bob U0BOBBY command.accepted agent3.example drain agent3',
      ' here: 3 2026-03-01T12:00:00.000Z the bot call.intended agent3.example drain agent3 · DRAIN_AGENT · “kennel upgrade”',
      expect.stringMatching(/^ hash [0-9a-f]{64}$/),
      ' after: 4 2026-03-01T12:00:00.000Z outside the bot call.rejected agent4.example HTTP 403',
      'Entries up to 2 are whole; nothing from here on is proven.',
    ]);
  });

  it('lets no name in the file write on the terminal', async () => {
    const path = await heldLog();
    const name = '\r\u001b[2K5 entries, chain whole\u001b[8m';
    await withFile(path, (db) => db.exec(`CREATE VIEW "${name}" AS SELECT * FROM audit`));
    const { status, out } = await run('verify', path);
    expect(status).toBe(1);
    expect(out.join('\n')).toMatch(/^[^\p{Cc}]*, chain whole\uFFFD\[8m was added\.$/u);
  });

  it('says which guards are gone, too', async () => {
    const path = await heldLog();
    await withFile(path, (db) =>
      db.exec("DROP TRIGGER audit_keeps; UPDATE audit SET hash = replace(hash, '0', '1') WHERE seq = 3"),
    );
    const { status, out } = await run('verify', path);
    expect([status, out.at(-1)]).toEqual([
      1,
      'What holds the log is not as the bot made it either: the trigger audit_keeps is gone.',
    ]);
  });

  it('finds columns that do not come from the entry', async () => {
    const path = await tampered(`
      CREATE TABLE copy (seq INTEGER PRIMARY KEY, entry, hash, at, event, by_user, cluster, agent_id, agent_hostname, drain, correlation);
      INSERT INTO copy SELECT seq, entry, hash, at, event, by_user, cluster, agent_id, 'agent9', drain, correlation FROM audit;
      DROP TABLE audit; ALTER TABLE copy RENAME TO audit`);
    const { status, out } = await run('verify', path);
    expect(out[0]).toContain(
      'Entry 1 is bad: the column agent_hostname shows "agent9" and the text says "agent3.example"',
    );
    expect(status).toBe(1);
  });

  it('tells when what guards the log is gone from the file, though the chain is whole', async () => {
    const path = await heldLog();
    await withFile(path, (db) => db.exec('DROP TRIGGER audit_stays'));
    const { status, out } = await run('verify', path);
    expect(out[0]).toMatch(
      /^5 entries, chain whole, .* is not as the bot made it: the trigger audit_stays is gone\.$/,
    );
    expect(status).toBe(1);
  });

  it('holds the log against an anchor', async () => {
    const path = await heldLog();
    const head = (await run('verify', path)).out[0]?.replace(/.*head (\d+) (\w+)$/, '$1:$2') ?? '';
    expect(await run('verify', path, '--anchor', head)).toMatchObject({ status: 0 });
    const cut = await tampered('DELETE FROM audit WHERE seq > 3');
    expect((await run('verify', cut)).status).toBe(0);
    expect(await run('verify', cut, '--anchor', head)).toMatchObject({
      status: 1,
      out: [
        expect.stringContaining('Entry 4 is bad: the log ends at entry 3'),
        expect.stringContaining('last:   3'),
        expect.stringContaining('the 3 entries that are there are chained whole'),
      ],
    });
    expect(await run('verify', path, '--anchor', `2:${'0'.repeat(64)}`)).toMatchObject({ status: 1 });
  });
});

describe('npm run audit -- list', () => {
  it('prints the story as a table, oldest first', async () => {
    const { status, out } = await run('list', await heldLog());
    expect(out.map((line) => line.slice(0, 77).trimEnd())).toEqual([
      'SEQ    TIME (UTC)                WHO                 EVENT                 AG',
      '1      2026-02-28T12:00:00.000Z  the bot             bot.started           ag',
      '2      2026-03-01T12:00:00.000Z  bob U0BOBBY         command.accepted      ag',
      '3      2026-03-01T12:00:00.000Z  the bot             call.intended         ag',
      '4      2026-03-01T12:00:00.000Z  outside the bot     call.rejected         ag',
      '5      2026-03-01T12:00:00.000Z  the bot             bot.stopped           ag',
    ]);
    expect(status).toBe(0);
  });

  it.each([
    [['--agent', 'agent4.example'], [4]],
    [
      ['--agent', agentId],
      [1, 2, 3, 5],
    ],
    [['--by', 'U0BOBBY'], [2]],
    [['--by', '<@U0BOBBY|bob>'], [2]],
    [
      ['--since', '2h'],
      [2, 3, 4, 5],
    ],
    [
      ['--since', '2026-02-28'],
      [1, 2, 3, 4, 5],
    ],
    [['--since', '2026-03-01T12:00Z', '--agent', 'agent4.example'], [4]],
  ])('takes %j', async (args, expected) => {
    const { out } = await run('list', await heldLog(), ...args);
    expect(out.slice(1).map((line) => Number.parseInt(line, 10))).toEqual(expected);
  });

  it('gives each entry with --json exactly as it was hashed', async () => {
    const { out } = await run('list', await heldLog(), '--json');
    let last = '0'.repeat(64);
    for (const line of out) {
      const [, hash, text] = /^\{"hash":"(\w{64})","entry":(.*)\}$/.exec(line) ?? [];
      expect(createHash('sha256').update(`${last}\n${text}`).digest('hex')).toBe(hash);
      last = hash ?? '';
    }
    expect(out).toHaveLength(5);
  });

  it('says in words what was typed, what was called, and how many tasks are left', () => {
    const entry = (rest: Partial<AuditDraft>) =>
      auditLine(
        entryOf({ at: noon, event: 'call.intended', actor: { kind: 'bot' }, correlation: 'c', ...rest }, 1),
      ).slice(103);
    const of = {
      drain: 17,
      command: { typed: 'drain <http://agent3.example|agent3.example> --reason “kernel upgrade”' },
      reason: 'kernel upgrade',
      request: { call: 'DRAIN_AGENT', body: '{}' },
      decision: 'allowed',
    };
    expect(entry(of)).toBe('d17 · drain agent3.example --reason “kernel upgrade” · DRAIN_AGENT · allowed');
    const body = '{"type":"DRAIN_AGENT","drain_agent":{"agent_id":{"value":"S3"},"mark_gone":true}}';
    expect(entry({ ...of, request: { call: 'DRAIN_AGENT', body } })).toContain(
      ' · DRAIN_AGENT with mark_gone · allowed',
    );
    const response = { status: 200, body: '', bodySha256: '', bodyBytes: 0 };
    expect(entry({ ...of, event: 'call.accepted', outcome: 'accepted', response })).toBe(
      'd17 · DRAIN_AGENT · HTTP 200 · “kernel upgrade”',
    );
    expect(entry({ event: 'drain.progressed', drain: 17, facts: { left: 5, of: 8 } })).toBe(
      'd17 · 5 of 8 tasks left',
    );
    expect(entry({ event: 'drain.progressed', facts: { left: 5, of: null } })).toBe('5 tasks left');
  });

  it('does not let foreign text play with the terminal', () => {
    expect(plain('a\u001b[2Kb\u202ec\nd')).toBe('a\ufffd[2Kb\ufffdc\ufffdd');
    expect(plain('x'.repeat(300))).toBe(`${'x'.repeat(200)}…`);
  });
});

describe('npm run audit', () => {
  it.each([
    [[], ['What: list, export, verify, ']],
    [['look'], ['“look” is none of list, export, verify, ']],
    [['list', 'a.db', 'b.db'], ['One file at a time: b.db is too much.']],
    [
      ['list', '--until', 'now', '--command', 'drian'],
      ['--until now: “now” is neither', '--command drian: it is not a command; did you mean drain?'],
    ],
    [['list', '--since', '2h', '--until', '3h'], ['--until is not after --since']],
    [['list', '--since', 'tomorrow'], ['--since tomorrow']],
    [['list', '--since', '2027-01-01'], ['is in the future']],
    [['list', '--by', 'bob'], ['--by bob: it is a Slack user id']],
    [['list', '--anchor', 'x'], ['--anchor: only verify takes that.']],
    [['list', '--agent'], ['--agent wants a value.']],
    [['list', '--agent', '--json'], ['--agent wants a value, and --json follows it.']],
    [['list', '--json=yes'], ['--json takes no value.']],
    [['list', '--by', 'U0BOBBY', '--by', 'U0ALICE'], ['--by: only once.']],
    [
      ['list', '--by', 'bob', '--since', 'x', '--reason=y', 'a', 'b'],
      ['--by bob', '--since x', '--reason', 'b is'],
    ],
    [['verify', '--json'], ['--json: only list takes that.']],
    [
      ['verify', '--anchor', '5', '--anchors', '/nowhere/a.txt'],
      ['SEQ:HASH', "/nowhere/a.txt: it can't be read (ENOENT)"],
    ],
    [['new-key'], ['new-key wants a FILE']],
    [['accept-restore'], ['wants a --reason']],
    [['accept-restore', '--reason', ' '], ['wants a --reason']],
    [['accept-restore', '--reason', 'x', '--json'], ['--json: only list takes that.']],
    [['verify', '--reason', 'x'], ['--reason: only accept-restore takes that.']],
  ])('does not understand %j, and says all that is wrong and what it would', async (args, why) => {
    const { status, out, err } = await run(...args);
    for (const each of why) expect(err).toContain(each);
    const [name = 'verify'] = args;
    expect(err).toContain(`npm run audit -- ${name === 'look' ? 'verify' : name} `);
    expect([status, out]).toEqual([2, []]);
  });

  it('helps when asked to', async () => {
    expect(await run('--help')).toMatchObject({ status: 0, out: [expect.stringContaining('list [FILE]')] });
    expect((await run('verify', '-h')).out[0]).not.toContain('accept-restore [FILE]');
  });

  it.each(['verify', 'backup'])(
    '%ss all that the bot has written where the file is named by a link',
    async (verb) => {
      const path = await heldLog();
      const [link, copy] = ['link.db', 'copy.db'].map((name) => join(dirname(path), name)) as [
        string,
        string,
      ];
      symlinkSync(path, link);
      const { status, out } = await run(verb, ...(verb === 'backup' ? [copy, link] : [link]));
      expect(status).toBe(0);
      expect(out.join('\n')).toMatch(/head +5[ :]/);
    },
  );

  it('takes the default file where none is named, and says that there is none', async () => {
    expect(await run('verify')).toMatchObject({
      status: 2,
      err: expect.stringContaining('/nowhere/default.db'),
    });
  });

  it('does not make a file that is not there', async () => {
    const path = freshPath();
    expect((await run('verify', path)).status).toBe(2);
    expect(existsSync(path)).toBe(false);
  });

  it('says of a directory that it is one', async () => {
    const folder = dirname(freshPath());
    expect(await run('verify', folder)).toMatchObject({
      status: 2,
      err: `${folder} is a directory, and no database.`,
    });
  });

  it('refuses a database that has no audit log', async () => {
    const path = freshPath();
    await withFile(path, (db) => db.exec('CREATE TABLE t (a)'));
    expect(await run('list', path)).toMatchObject({
      status: 2,
      err: expect.stringContaining('has no audit log'),
    });
  });

  it('runs as a process of its own, beside the one that holds the database', async () => {
    const path = await heldLog();
    const entry = new URL('../../src/cli/audit.ts', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', entry, 'verify'], {
      env: { ...process.env, DATABASE_PATH: path },
    });
    expect(stdout).toMatch(/^5 entries, chain whole, head 5 [0-9a-f]{64}\n$/);
  }, 30_000);
});
