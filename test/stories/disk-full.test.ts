import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { botEnv } from '../../playground/bot-env.ts';
import { realClock } from '../../playground/clock.ts';
import { startCluster } from '../../playground/mesos/start.ts';
import { botSaid, opsChannel, toldTo } from '../../playground/scenarios/story.ts';
import { startSlack } from '../../playground/slack/start.ts';
import { readAudit } from '../support/read-audit.ts';
import { drainAgent3, twoTasks } from '../support/tell.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const clock = realClock();
const cleaning: (() => unknown)[] = [];
afterEach(async () => {
  for (let clean = cleaning.pop(); clean !== undefined; clean = cleaning.pop()) await clean();
});

/** In real time: it lets the process, the sockets and the kernel do what they do. */
async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const end = clock.now() + 60_000; !isSo(); ) {
    if (clock.now() > end) throw new Error(`${what} did not come`);
    await new Promise<void>((resolve) => clock.after(25, resolve));
  }
}

/** A disk that can be filled and freed beneath a running bot. */
interface Disk {
  /** What stands before a command that is to work on it. */
  on: string[];
  /** As the bot names it, and as this process does. */
  path: string;
  seenAs: string;
  fill(bot: ChildProcess): void;
  free(bot: ChildProcess): void;
}

/** A small file system in a mount namespace of its own; null: this machine allows none. */
async function smallDisk(folder: string): Promise<Disk | null> {
  mkdirSync(join(folder, 'disk'));
  const path = join(folder, 'disk', 'bot.db');
  const holder = spawn('unshare', [
    ...['-rm', 'sh', '-c', 'mount -t tmpfs -o size=8m none "$0" && echo mounted && exec cat'],
    join(folder, 'disk'),
  ]);
  cleaning.push(() => holder.kill());
  const [said] = await Promise.race([
    once(holder.stdout, 'data'),
    once(holder, 'exit'),
    once(holder, 'error'),
  ]);
  if (String(said).trim() !== 'mounted') return null;
  const seenAs = `/proc/${holder.pid}/root${path}`;
  const filling = join(`/proc/${holder.pid}/root`, folder, 'disk', 'filling');
  return {
    on: ['nsenter', '-t', String(holder.pid), '-U', '-m', '--preserve-credentials', `--wd=${root}`],
    path,
    seenAs,
    fill: () => {
      try {
        writeFileSync(filling, Buffer.alloc(8 * 2 ** 20));
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' });
      }
    },
    free: () => rmSync(filling),
  };
}

/** Elsewhere: a process that may write no file beyond the size that its files have now, which SQLite meets in the same
 * place. */
function smallAllowance(folder: string): Disk {
  const path = join(folder, 'bot.db');
  const allow = (bot: ChildProcess, bytes: number | string) =>
    execFileSync('prlimit', ['--pid', String(bot.pid), `--fsize=${bytes}:`]);
  return {
    on: [],
    path,
    seenAs: path,
    fill: (bot) => allow(bot, statSync(`${path}-wal`).size),
    free: (bot) => allow(bot, 'unlimited'),
  };
}

describe('a disk that is full', () => {
  it('lets nothing leave, is told to people, and the bot goes on as soon as there is room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mesos-chatops-test-'));
    cleaning.push(() => rmSync(folder, { recursive: true, force: true }));
    const disk = (await smallDisk(folder)) ?? smallAllowance(folder);
    const cluster = await startCluster({ clock, spec: twoTasks });
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
    const slack = await startSlack({ clock, manifest });
    cleaning.push(
      () => cluster.stop(),
      () => slack.stop(),
    );
    const env = botEnv(slack, cluster, disk.path, { SLACK_OPS_CHANNEL: opsChannel.id, POLL_SECONDS: '0.2' });
    const [program = '', ...args] = [...disk.on, process.execPath, '--import', 'tsx', 'src/main.ts'];
    const bot = spawn(program, args, {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: 'ignore',
    });
    const ended = once(bot, 'exit');
    cleaning.push(async () => {
      bot.kill('SIGKILL');
      await ended;
    });
    const said = (part: string) => () => botSaid({ slack }).some((text) => text.includes(part));
    await until('the start', said('The bot started'));

    disk.fill(bot);
    await slack.type('mara', opsChannel.name, drainAgent3);
    const refusals = () => toldTo({ slack }, 'mara').filter((text) => text.includes('could not be recorded'));
    await until('the refusal', () => refusals().length > 0);
    expect(refusals()).toEqual([expect.stringMatching(/SQLITE_(FULL|IOERR)/)]);
    await until('the alarm', said("The bot's database takes nothing"));
    expect(cluster.model.applied).toEqual([]);

    disk.free(bot);
    await until('the recovery', said('1 command was answered without a record'));
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the call', () => cluster.model.applied.length > 0);
    expect(cluster.model.applied.map(({ type }) => type)).toEqual(['DRAIN_AGENT']);
    bot.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    const copy = join(folder, 'copy.db');
    copyFileSync(disk.seenAs, copy);
    const { entries, flaws } = await readAudit(copy);
    expect(flaws).toEqual([]);
    expect(entries.map(({ event }) => event)).toContain('store.recovered');
  });
});
