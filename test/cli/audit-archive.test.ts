import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { noSuchDrain } from '../../src/app/answers/status.ts';
import { checkWhole } from '../../src/cli/check-whole.ts';
import { noProgress } from '../../src/cli/progress.ts';
import * as ids from '../../src/domain/ids.ts';
import { archiveLog } from '../../src/store/archive/archive-log.ts';
import { digestOf } from '../../src/store/on-disk.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { cleanUp, freshPath, open, withFile } from '../store/fresh-store.ts';
import { noon } from '../store/noon.ts';
import { draft, drain, typed } from '../store/samples.ts';
import { machinesPlan } from '../support/plan-samples.ts';
import { reactivation } from '../support/reactivation-samples.ts';
import { readAudit } from '../support/read-audit.ts';
import { restored } from '../support/restored-samples.ts';
import { runAudit } from './run-audit.ts';

cleanUp();

const kept = fileURLToPath(new URL('../store/databases/006.db', import.meta.url));

/** A database that a bot has worked on: an ended drain, one out of service, one under way, an open question. */
function lived(): { path: string; to: string } {
  const path = freshPath();
  copyFileSync(kept, path);
  return { path, to: join(dirname(path), 'bot-2026.db') };
}

const names = (path: string) => readdirSync(dirname(path)).sort();

describe('npm run audit -- archive', () => {
  it('closes the file, and goes on in a new one at the next number', async () => {
    const { path, to } = lived();
    const before = await readAudit(path);
    const last = before.entries.length;
    const { status, out, err } = await runAudit('archive', to, path);
    expect([status, err]).toEqual([0, '']);
    expect(names(path)).toEqual(['bot-2026.db', 'bot.db', 'bot.db.lock']);

    const old = await readAudit(to);
    expect(old.flaws).toEqual([]);
    expect(old.entries.slice(0, last)).toEqual(before.entries);
    expect(old.entries.slice(last)).toMatchObject([
      {
        seq: last + 1,
        event: 'log.closed',
        actor: { kind: 'os-user', name: 'olga' },
        facts: { continuesIn: 'bot.db' },
      },
    ]);
    expect(statSync(to).mode & 0o222).toBe(0);

    const fresh = await readAudit(path);
    expect(fresh.flaws).toEqual([]);
    expect(fresh.entries).toMatchObject([
      {
        seq: last + 2,
        event: 'log.continued',
        facts: {
          closed: { file: 'bot-2026.db', seq: last + 1, ...(await digestOf(to)) },
          moved: { drains: 3 },
        },
      },
    ]);
    expect(out.join('\n')).toContain(`sha256  ${(await digestOf(to)).sha256}`);
    const store = await open(path);
    expect((await store.transact((tx) => tx.append(draft()))).seq).toBe(last + 3);
    expect((await store.auditHead())?.seq).toBe(last + 3);
  });

  it('takes the work that is not over along, with all that belongs to it', async () => {
    const { path, to } = lived();
    const first = await open(path);
    const cluster = ids.clusterName('playground');
    await first.transact(async (tx) => {
      await tx.takeIn(typed(), ids.correlationId('c-1'));
      await tx.queue({
        id: ids.noticeId('n-waits'),
        to: { kind: 'channel', channel: ids.channelId('C0OPS') },
        notice: { kind: 'fault', incident: ids.incidentId('i-1'), sent: 'no' },
        createdAt: noon,
      });
    });
    const look = async (store: typeof first) => ({
      open: await store.openDrains(cluster),
      out: await store.outOfService(cluster),
      approvals: await store.pendingApprovals(cluster),
      threads: await Promise.all(
        (await store.latestDrains(9)).map(({ drain: { thread } }) => store.thread(thread)),
      ),
      commands: await store.waitingCommands(),
      agents: await store.directory(cluster),
      outbox: await store.outbox(),
      numbers: { ...(await store.anchor()), seq: 0, hash: '', at: 0 },
      database: await store.thisDatabase(),
    });
    const before = await look(first);
    await first.close();
    expect((await runAudit('archive', to, path)).status).toBe(0);
    const second = await open(path);
    expect(await look(second)).toEqual(before);
    expect(before.commands).toHaveLength(1);
    expect(before.outbox).toHaveLength(1);
    // A command that was taken in before is not taken in again.
    expect(await second.transact((tx) => tx.takeIn(typed(), ids.correlationId('c-2')))).toBe('seen');
    expect(await second.transact((tx) => tx.nextDrainId())).toBe(4);
  });

  it('leaves what ended long ago behind, and knows where it is', async () => {
    const { path, to } = lived();
    const store = await open(path);
    // So many since that the first are not among the newest any more.
    await store.transact(async (tx) => {
      for (let each = 0; each < 55; each++) {
        const id = await tx.nextDrainId();
        const thread = ids.threadId(`t-${id}`);
        await tx.openThread({
          id: thread,
          channel: ids.channelId('C0OPS'),
          rootNotice: ids.noticeId(`n-${id}`),
          drain: id,
          approval: null,
        });
        await tx.insertDrain(
          drain({
            id,
            thread,
            agentId: ids.agentId(`x-S${id}`),
            state: { status: 'ended', at: noon, end: { kind: 'not-applied' }, drainedAt: null },
          }),
        );
      }
    });
    await store.close();
    const longAgo = ids.after(noon, -2 * 86_400_000);
    const ended = `SET body = json_set(body, '$.state.at', ${longAgo}) WHERE status = 'ended'`;
    await withFile(path, (db) =>
      db.exec(`UPDATE drains ${ended} AND id = 1; UPDATE reactivations ${ended};`),
    );
    expect((await runAudit('archive', to, path)).status).toBe(0);
    const after = await open(path);
    expect((await after.drain(ids.drainId(1))) === null).toBe(true);
    expect((await after.drain(ids.drainId(2)))?.drain.state.status).toBe('drained');
    expect(await after.closedFile()).toMatchObject({ file: 'bot-2026.db' });
    const refusal = async (id: number) => (await noSuchDrain(after, ids.drainId(id))) as unknown;
    expect(await refusal(1)).toMatchObject({ refusal: { typed: 'd1', archive: 'bot-2026.db' } });
    expect(await refusal(59)).not.toHaveProperty('refusal.archive');
  });

  it('takes a plan along while it is not over, with its thread and the drain of a line', async () => {
    const { path, to } = lived();
    const store = await open(path);
    const longAgo = ids.after(noon, -2 * 86_400_000);
    const over = (at: ids.Instant) => ({
      status: 'ended' as const,
      at,
      end: { kind: 'not-applied' as const },
      drainedAt: null,
    });
    const id = await store.transact((tx) => tx.nextDrainId());
    const old = drain({ id, state: over(longAgo) });
    await store.transact((tx) => tx.insertDrain(old));
    const thread = ids.threadId('t-plan');
    const machine = { hostname: 'agent1.example', ip: '10.0.0.1' };
    const line = { machine, agents: [{ agentId: old.agentId, drain: old.id }] };
    const plan = machinesPlan({
      id: ids.planId(1),
      thread,
      lines: [line],
      state: { status: 'running', since: noon, step: { at: 'draining' } },
    });
    await store.transact(async (tx) => {
      const rootNotice = ids.noticeId('n-plan');
      await tx.openThread({
        id: thread,
        channel: plan.channel,
        rootNotice,
        drain: null,
        approval: null,
        plan: plan.id,
      });
      await tx.insertPlan({ ...plan, id: await tx.nextPlanId() });
      for (let each = 0; each < 55; each++)
        await tx.insertDrain(drain({ id: await tx.nextDrainId(), state: over(noon) }));
    });
    await store.close();
    expect((await runAudit('archive', to, path)).status).toBe(0);
    const fresh = await open(path);
    expect(await fresh.unendedPlans(plan.cluster)).toEqual([plan]);
    expect(await fresh.thread(thread)).toMatchObject({ plan: plan.id });
    expect((await fresh.drain(old.id))?.drain.id).toBe(old.id);
    expect(await fresh.transact((tx) => tx.nextPlanId())).toBe(2);
  });

  it('takes along what ended lately, so that no sweep takes it for somebody else’s doing', async () => {
    const { path, to } = lived();
    const ended = (name: string, at: ids.Instant) =>
      reactivation({
        id: ids.reactivationId(name),
        drain: null,
        state: { status: 'ended', at, end: { kind: 'active', agentNotAsked: null } },
      });
    const store = await open(path);
    await store.transact(async (tx) => {
      await tx.insertReactivation(ended('lately', noon));
      await tx.insertReactivation(ended('long-ago', ids.after(noon, -2 * 86_400_000)));
    });
    await store.close();
    expect((await runAudit('archive', to, path)).status).toBe(0);
    const after = await open(path);
    const { cluster } = ended('lately', noon);
    const { reactivations } = await after.transact((tx) => tx.ownWork(cluster, ids.instant(0)));
    expect(reactivations.map(({ id }) => id)).toEqual(['lately']);
  });

  it('archives again, file after file', async () => {
    const { path, to } = lived();
    await runAudit('archive', to, path);
    await open(path).then(async (store) => {
      await store.transact((tx) => tx.append(draft()));
      await store.close();
    });
    const second = join(dirname(path), 'bot-2027.db');
    expect((await runAudit('archive', second, path)).status).toBe(0);
    expect((await readAudit(second)).entries.map(({ event }) => event)).toEqual([
      'log.continued',
      'command.accepted',
      'log.closed',
    ]);
  });

  it.each<[string, (path: string, to: string) => unknown, string]>([
    ['a name that is taken', (_, to) => writeFileSync(to, 'theirs'), 'exists'],
    ['a database that a bot has open', (path) => open(path), 'in use by host-a pid 1'],
    [
      'a log that is bad',
      (path) =>
        withFile(path, (db) =>
          db.exec("DROP TRIGGER audit_keeps; UPDATE audit SET hash = replace(hash, 'a', 'b') WHERE seq = 4"),
        ),
      'the log is bad. Entry 4 is bad',
    ],
    [
      'a database that was restored',
      async (path) => {
        const store = await open(path);
        await store.transact((tx) => tx.setRestored(restored));
        await store.close();
      },
      'run accept-restore first',
    ],
  ])('refuses %s, and leaves it as it was', async (_, before, why) => {
    const { path, to } = lived();
    await before(path, to);
    const { status, err } = await runAudit('archive', to, path);
    expect([status, err]).toEqual([2, expect.stringContaining(why)]);
    expect(names(path).filter((name) => /next|closing/.test(name))).toEqual([]);
    expect((await readAudit(path)).entries.at(-1)?.event).not.toBe('log.closed');
  });

  it('lets nobody work on a closed file, nor change a byte of it', async () => {
    const { path, to } = lived();
    await runAudit('archive', to, path);
    const bytes = readFileSync(to);
    await expect(open(to)).rejects.toThrow(/was closed at entry 21, .*: it goes on in bot\.db/);
    expect((await runAudit('archive', join(dirname(to), 'x.db'), to)).err).toContain(
      'was closed at entry 21',
    );
    expect((await runAudit('accept-restore', to, '--reason', 'x')).err).toContain('was closed at entry 21');
    const backup = await runAudit('backup', join(dirname(to), 'x.db'), to);
    expect([backup.status, backup.err]).toEqual([
      2,
      expect.stringContaining('copy the file itself, with cp'),
    ]);
    expect(readFileSync(to).equals(bytes)).toBe(true);
    await expect(
      withFile(to, (db) =>
        db.exec(
          "INSERT INTO audit (seq, entry, hash) SELECT 22, json_set(entry, '$.seq', 22, '$.event', 'x'), hash FROM audit WHERE seq = 21",
        ),
      ),
    ).rejects.toThrow('was closed');
  });

  it('goes back to nothing where it fails on the way', async () => {
    for (const failing of [1, 2, 3]) {
      const { path, to } = lived();
      let checks = 0;
      const archiving = archive(path, to, async () => {
        if (++checks === failing) throw new Error('no power');
      });
      await expect(archiving).rejects.toThrow('was not archived, and is as it was: no power');
      expect(names(path)).toEqual(['bot.db', 'bot.db.lock']);
      expect((await readAudit(path)).flaws).toEqual([]);
    }
  });

  it('leaves one database to work on wherever it is cut off, and the next run finishes', async () => {
    const { path, to } = lived();
    const folder = dirname(path);
    const cuts: string[] = [];
    /** What a disk holds on which everything stopped here. */
    const cut = () => {
      const copy = dirname(freshPath());
      cpSync(folder, copy, { recursive: true, filter: (name) => !name.includes('.lock') });
      cuts.push(copy);
    };
    await archive(path, to, async (checked) => {
      await checkWhole(checked, { sha256, progress: noProgress, print: async () => {} }, 'archive');
      cut();
    });
    // The new one is in its place, and the archive has no name yet.
    renameSync(to, `${to}.closing`);
    cut();
    expect(cuts.map((each) => readdirSync(each).sort())).toEqual([
      ['bot.db'],
      ['bot-2026.db.closing', 'bot.db'],
      ['bot-2026.db.closing', 'bot.db', 'bot.db.next'],
      ['bot-2026.db.closing', 'bot.db'],
    ]);
    for (const [at, there] of cuts.entries()) {
      const again = { path: join(there, 'bot.db'), to: join(there, 'bot-2026.db') };
      // The bot may start first, and write on.
      const store = await open(again.path);
      const { seq } = await store.transact((tx) => tx.append(draft()));
      await store.close();
      const { status, out } = await runAudit('archive', again.to, again.path);
      expect([status, out[0]]).toEqual([
        0,
        expect.stringContaining(at === 3 ? 'had done all but' : 'Archived into'),
      ]);
      expect(names(again.path)).toEqual(['bot-2026.db', 'bot.db', 'bot.db.lock']);
      const [old, fresh] = [await readAudit(again.to), await readAudit(again.path)];
      expect([old.flaws, fresh.flaws]).toEqual([[], []]);
      expect(old.entries.at(-1)?.event).toBe('log.closed');
      expect(fresh.entries[0]?.seq).toBe((old.entries.at(-1)?.seq ?? 0) + 1);
      expect([...old.entries, ...fresh.entries].map((each) => each.seq)).toContain(seq);
      expect(existsSync(`${again.to}.closing`)).toBe(false);
    }
  });

  it('says that it was done already', async () => {
    const { path, to } = lived();
    await runAudit('archive', to, path);
    const { status, out } = await runAudit('archive', to, path);
    expect([status, out[0]]).toEqual([1, expect.stringContaining('goes on from')]);
  });
});

function archive(file: string, to: string, check: (path: string) => Promise<void>) {
  return archiveLog({
    file,
    archive: to,
    now: noon,
    correlation: ids.correlationId('c-9'),
    by: { kind: 'os-user', name: 'olga', host: 'bot-1' },
    sha256,
    check,
  });
}

/** The sample was written by a clock that is ahead of these tests', which verify minds. */
const timeless = (out: string[]) => out.filter((line) => !line.startsWith('Mind: '));

describe('npm run audit -- verify, over several files', () => {
  /** The bytes of an archive of an archive, and of the database that goes on from both: made once. */
  let made: Promise<Buffer[]> | null = null;
  async function make(): Promise<Buffer[]> {
    const { path, to } = lived();
    const later = join(dirname(path), 'bot-2027.db');
    for (const name of [to, later]) {
      expect((await runAudit('archive', name, path)).status).toBe(0);
      const store = await open(path);
      for (let each = 0; each < 3; each++) await store.transact((tx) => tx.append(draft()));
      await store.close();
    }
    return [to, later, path].map((each) => readFileSync(each));
  }
  async function threeFiles(): Promise<[string, string, string]> {
    made ??= make();
    const folder = dirname(freshPath());
    const [first, later, path] = (await made).map((bytes, at) => {
      const name = join(folder, ['bot-2026.db', 'bot-2027.db', 'bot.db'][at] ?? '');
      writeFileSync(name, bytes);
      return name;
    });
    return [first ?? '', later ?? '', path ?? ''];
  }
  /** By the hand of somebody who has the file, and puts the guards back. */
  async function edit(path: string, sql: string): Promise<void> {
    chmodSync(path, 0o600);
    await withFile(path, async (db) => {
      const [guard] = await db.all<{ sql: string }>(
        "SELECT sql FROM sqlite_schema WHERE name = 'audit_keeps'",
      );
      await db.exec(`DROP TRIGGER audit_keeps; ${sql}; ${guard?.sql}`);
    });
  }

  it('finds the whole log whole', async () => {
    const files = await threeFiles();
    const { status, out } = await runAudit('verify', ...files);
    expect([status, timeless(out)]).toEqual([
      0,
      [expect.stringMatching(/^30 entries in 3 files, chain whole, head 30 [0-9a-f]{64}$/)],
    ]);
  });

  it('of an archive alone says that the log goes on, and where', async () => {
    const [first] = await threeFiles();
    const { status, out } = await runAudit('verify', first);
    expect([status, timeless(out)[1]]).toEqual([
      0,
      'Entry 21 closed the log here: it goes on in bot.db, which was not given.',
    ]);
  });

  it('of the later ones alone says what it took at its word, and which anchors it could not look at', async () => {
    const [first, later, path] = await threeFiles();
    const hashes = new Map((await Promise.all([first, later, path].map(hashesOf))).flat());
    const { status, out } = await runAudit('verify', later, path, ...anchorsOf(hashes, [3, 21, 27]));
    expect([status, timeless(out)]).toEqual([
      1,
      [
        expect.stringMatching(/^entries 22 to 30 in 2 files, chain whole, head 30 /),
        `Entries up to 21 are in bot-2026.db, SHA-256 ${(await digestOf(first)).sha256}: not checked. Give that file too, before this one.`,
        'An anchor is of these, and held against nothing.',
        '2 anchors fit, the last of entry 27.',
      ],
    ]);
    const all = await runAudit('verify', first, later, path, ...anchorsOf(hashes, [3, 21, 27]));
    expect([all.status, all.out.at(-1)]).toEqual([0, '3 anchors fit, the last of entry 27.']);
  });

  it.each<
    [
      string,
      (files: [string, string, string]) => unknown,
      (files: [string, string, string]) => string[],
      string[],
    ]
  >([
    [
      'an edited entry in an archive',
      ([first]) => edit(first, "UPDATE audit SET entry = replace(entry, 'mara', 'dora') WHERE seq = 4"),
      (files) => files,
      ['In FIRST:', 'Entry 4 is bad: its text was edited'],
    ],
    [
      'an edited first entry',
      ([, later]) =>
        edit(
          later,
          `UPDATE audit SET entry = replace(entry, '"bot-2026.db"', '"bot-2025.db"') WHERE seq = 22`,
        ),
      (files) => files,
      ['In LATER:', 'Entry 22 is bad: its text was edited'],
    ],
    [
      'a file that is missing',
      () => {},
      ([first, , path]) => [first, path],
      ['In CURRENT:', 'Entry 27 is bad: it goes on from bot-2027.db, closed at entry 26'],
    ],
    [
      'another order',
      () => {},
      ([first, later, path]) => [later, first, path],
      ['In FIRST:', 'Entry 1 is bad: it does not go on from another file'],
    ],
    [
      'an archive that somebody wrote to',
      ([first]) => edit(first, 'UPDATE drains SET checked_at = 1'),
      (files) => files,
      ['its log is the same, but the file was written to'],
    ],
    [
      'an archive whose end was cut off',
      ([first]) => edit(first, 'DROP TRIGGER audit_stays; DELETE FROM audit WHERE seq = 21'),
      (files) => files,
      ['In LATER:', 'Entry 22 is bad: it goes on from bot-2026.db, closed at entry 21'],
    ],
  ])('finds %s, and in which file', async (_, tamper, given, found) => {
    const files = await threeFiles();
    await tamper(files);
    const { status, out } = await runAudit('verify', ...given(files));
    const said = out
      .join('\n')
      .replaceAll(files[0], 'FIRST')
      .replaceAll(files[1], 'LATER')
      .replaceAll(files[2], 'CURRENT');
    expect(status).toBe(1);
    for (const each of found) expect(said).toContain(each);
  });
});

async function hashesOf(path: string): Promise<[number, string][]> {
  const rows = await withFile(path, (db) =>
    db.all<{ seq: number; hash: string }>('SELECT seq, hash FROM audit'),
  );
  return rows.map(({ seq, hash }) => [seq, hash]);
}

function anchorsOf(hashes: Map<number, string>, seqs: number[]): string[] {
  return seqs.flatMap((seq) => ['--anchor', `${seq}:${hashes.get(seq)}`]);
}
