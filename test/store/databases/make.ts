import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sqlite3 from 'sqlite3';
import { smallCluster } from '../../../playground/scenarios/small-cluster.ts';
import { makeWorld, type World } from '../../support/world.ts';

// Makes the database of the newest migration: `npx tsx test/store/databases/make.ts`, in the commit that adds the
// migration, and never again: a file tells what bots of that time wrote. README.md has more.

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const newest = readdirSync(folder('../../../migrations')).sort().at(-1);
const file = folder(`./${newest?.slice(0, 3)}.db`);
if (existsSync(file)) throw new Error(`${file} is there already, and is frozen as its migration is.`);

const world = await makeWorld({ cluster: smallCluster(6_000) });
try {
  await live(world);
  // While the bot runs and holds the file, as an operator copies it.
  await copy(world.databasePath, file);
} finally {
  await world.close();
}

/** An ended drain, one that an agent stays out of service by, a running one, and a question; words that a version does not know
 * are refused, which is written down too. */
async function live(world: World): Promise<void> {
  const { start, type, pass } = world;
  await start();
  await type('mara', '/mesos help');
  await type('mara', '/mesos drain agent3 --max-grace-period 10m --reason "kernel upgrade"');
  await pass(60_000);
  await type('mara', '/mesos reactivate agent3');
  await pass(30_000);
  await type('mara', '/mesos drain agent2 --reason "to be inspected"');
  await pass(30_000);
  await type('mara', '/mesos drain agent6 --mark-gone --reason "disk dying"');
  await type('mara', '/mesos drain agent5 --max-grace-period 15m --reason "new kernel"');
  await type('dev', '/mesos drain agent77');
  await pass(2_000);
}

function copy(from: string, to: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const db = new sqlite3.Database(from);
    db.run('VACUUM INTO ?', [to], (error) => db.close(() => (error === null ? resolve() : reject(error))));
  });
}
