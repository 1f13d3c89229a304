import type { Knex } from 'knex';
import { after, type Instant } from '../../domain/ids.ts';

/** How many of each kind of record moved along, by table. */
export type Moved = Record<string, number>;

/** So long what is over moves along too: commands for the sake of their trigger ids, which Slack may deliver twice; work so that the
 * next sweep still knows what it sees as this bot's own doing. */
const recentMs = 86_400_000;
/** Of drains, questions and plans, as many of the newest as are looked at for where work was done; ended or not. */
const newest = 50;

/** Made anew in each file, or the log itself. */
const notMoved = ['audit', 'migrations', 'holder'];

/** Copies into the open database what is not over yet, with all that it refers to, from the file `from`; whatever table is not
 * named here moves whole. `db` is a pool of one, outside of any transaction, with today's schema; so is the file. */
export async function moveWork(db: Knex, from: string, now: Instant): Promise<Moved> {
  await db.raw('ATTACH ? AS closed', [from]);
  try {
    return await db.transaction(async (trx) => {
      const recent = after(now, -recentMs);
      const keptMarkGones = `(${isRecent(recent)} OR approval IN (SELECT id FROM kept_approvals))`;
      const keptReactivations = `(${isRecent(recent)} OR json_extract(body, '$.drain') IN (SELECT id FROM kept_drains))`;
      await choose(trx, isRecent(recent), [
        ...along,
        `INSERT OR IGNORE INTO kept_drains SELECT json_extract(body, '$.drain') FROM closed.reactivations
           WHERE json_extract(body, '$.drain') IS NOT NULL AND ${isRecent(recent)}`,
        `INSERT OR IGNORE INTO kept_approvals SELECT approval FROM closed.mark_gones WHERE ${isRecent(recent)}`,
        `INSERT OR IGNORE INTO kept_threads SELECT json_extract(body, '$.thread') FROM closed.mark_gones
           WHERE ${keptMarkGones}`,
        `INSERT OR IGNORE INTO kept_threads SELECT json_extract(body, '$.thread') FROM closed.reactivations
           WHERE ${keptReactivations}`,
      ]);
      const rows: Record<string, string> = {
        drains: 'id IN (SELECT id FROM kept_drains)',
        approvals: 'id IN (SELECT id FROM kept_approvals)',
        plans: 'id IN (SELECT id FROM kept_plans)',
        threads: 'id IN (SELECT id FROM kept_threads)',
        mark_gones: keptMarkGones,
        reactivations: keptReactivations,
        notices: `${undelivered} OR id IN (SELECT root_notice FROM closed.threads WHERE id IN (SELECT id FROM kept_threads))`,
        inbox: `settled IS NULL OR received_at >= ${recent}`,
      };
      const moved: Moved = {};
      const tables: string[] = await trx('closed.sqlite_schema').where('type', 'table').pluck('name');
      for (const table of tables.filter((name) => !notMoved.includes(name) && !name.startsWith('sqlite_'))) {
        const columns: string[] = await trx
          .raw(`SELECT name FROM pragma_table_info(?, 'closed')`, [table])
          .then(namesOf);
        const list = columns.map((name) => `"${name}"`).join(', ');
        // The migrations of a new file have put first rows into some.
        await trx.raw(`DELETE FROM main."${table}"`);
        await trx.raw(
          `INSERT INTO main."${table}" (${list}) SELECT ${list} FROM closed."${table}" WHERE ${rows[table] ?? 'true'}`,
        );
        if (rows[table] !== undefined)
          moved[table] = (await trx(table).count({ n: '*' }).first<{ n: number }>()).n;
      }
      // Numbers of rows that stayed behind are not given again.
      await trx.raw('DELETE FROM main.sqlite_sequence');
      await trx.raw('INSERT INTO main.sqlite_sequence SELECT * FROM closed.sqlite_sequence');
      for (const table of ['kept_drains', 'kept_approvals', 'kept_plans', 'kept_threads'])
        await trx.raw(`DROP TABLE temp.${table}`);
      return moved;
    });
  } finally {
    await db.raw('DETACH closed');
  }
}

const undelivered = '(sent_at IS NULL AND dead_at IS NULL)';

/** Of drains, plans, mark gones and reactivations: not over, or only since then. */
function isRecent(since: Instant): string {
  return `(status <> 'ended' OR json_extract(body, '$.state.at') >= ${since})`;
}

const first = (recent: string) => [
  'CREATE TEMP TABLE kept_drains (id INTEGER PRIMARY KEY)',
  'CREATE TEMP TABLE kept_approvals (id INTEGER PRIMARY KEY)',
  'CREATE TEMP TABLE kept_plans (id INTEGER PRIMARY KEY)',
  'CREATE TEMP TABLE kept_threads (id TEXT PRIMARY KEY)',
  `INSERT INTO kept_drains SELECT id FROM closed.drains WHERE ${recent}
     OR id IN (SELECT id FROM closed.drains ORDER BY id DESC LIMIT ${newest})`,
  `INSERT INTO kept_approvals SELECT id FROM closed.approvals WHERE status <> 'settled'
     OR id IN (SELECT id FROM closed.approvals ORDER BY id DESC LIMIT ${newest})`,
  `INSERT INTO kept_plans SELECT id FROM closed.plans WHERE ${recent}
     OR id IN (SELECT id FROM closed.plans ORDER BY id DESC LIMIT ${newest})`,
  `INSERT INTO kept_threads SELECT DISTINCT thread FROM closed.notices WHERE thread IS NOT NULL AND ${undelivered}`,
  `INSERT OR IGNORE INTO kept_threads SELECT id FROM closed.threads WHERE card_stale_since IS NOT NULL AND dead IS NULL`,
];

/** Each takes along what those that are kept refer to. */
const along = [
  `INSERT OR IGNORE INTO kept_drains SELECT drain FROM closed.threads
     WHERE drain IS NOT NULL AND id IN (SELECT id FROM kept_threads)`,
  `INSERT OR IGNORE INTO kept_drains SELECT drain FROM closed.approvals
     WHERE drain IS NOT NULL AND id IN (SELECT id FROM kept_approvals)`,
  `INSERT OR IGNORE INTO kept_drains SELECT json_extract(body, '$.tookOver') FROM closed.drains
     WHERE json_extract(body, '$.tookOver') IS NOT NULL AND id IN (SELECT id FROM kept_drains)`,
  `INSERT OR IGNORE INTO kept_approvals SELECT approval FROM closed.threads
     WHERE approval IS NOT NULL AND id IN (SELECT id FROM kept_threads)`,
  `INSERT OR IGNORE INTO kept_approvals SELECT id FROM closed.approvals
     WHERE drain IN (SELECT id FROM kept_drains)`,
  `INSERT OR IGNORE INTO kept_approvals SELECT json_extract(body, '$.approved.approval') FROM closed.drains
     WHERE json_extract(body, '$.approved.approval') IS NOT NULL AND id IN (SELECT id FROM kept_drains)`,
  `INSERT OR IGNORE INTO kept_plans SELECT plan FROM closed.threads
     WHERE plan IS NOT NULL AND id IN (SELECT id FROM kept_threads)`,
  `INSERT OR IGNORE INTO kept_plans SELECT plan FROM closed.approvals
     WHERE plan IS NOT NULL AND id IN (SELECT id FROM kept_approvals)`,
  `INSERT OR IGNORE INTO kept_approvals SELECT id FROM closed.approvals
     WHERE plan IN (SELECT id FROM kept_plans)`,
  // Every number under a line's `drain`, wherever its kind of plan keeps it.
  `INSERT OR IGNORE INTO kept_drains SELECT value FROM closed.plans, json_tree(closed.plans.body, '$.lines')
     WHERE key = 'drain' AND value IS NOT NULL AND closed.plans.id IN (SELECT id FROM kept_plans)`,
  `INSERT OR IGNORE INTO kept_threads SELECT thread FROM closed.plans
     WHERE id IN (SELECT id FROM kept_plans) AND thread IN (SELECT id FROM closed.threads)`,
  `INSERT OR IGNORE INTO kept_threads SELECT json_extract(body, '$.thread') FROM closed.drains
     WHERE id IN (SELECT id FROM kept_drains)`,
  `INSERT OR IGNORE INTO kept_threads SELECT thread FROM closed.approvals
     WHERE id IN (SELECT id FROM kept_approvals)`,
];

/** Until nothing refers to anything that would stay behind. */
async function choose(trx: Knex, recent: string, following: string[]): Promise<void> {
  for (const sql of first(recent)) await trx.raw(sql);
  for (let before = -1, kept = await countKept(trx); kept > before; ) {
    before = kept;
    for (const sql of following) await trx.raw(sql);
    kept = await countKept(trx);
  }
}

async function countKept(trx: Knex): Promise<number> {
  const [row] = await trx.raw<{ n: number }[]>(
    'SELECT (SELECT count(*) FROM kept_drains) + (SELECT count(*) FROM kept_approvals) + (SELECT count(*) FROM kept_plans) + (SELECT count(*) FROM kept_threads) AS n',
  );
  return row?.n ?? 0;
}

function namesOf(rows: { name: string }[]): string[] {
  return rows.map(({ name }) => name);
}
