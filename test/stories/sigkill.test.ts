import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { botEnv } from '../../playground/bot-env.ts';
import { startBotProcess } from '../../playground/bot-process.ts';
import { realClock } from '../../playground/clock.ts';
import { startCluster } from '../../playground/mesos/start.ts';
import { task } from '../../playground/scenarios/small-cluster.ts';
import { botSaid, opsChannel } from '../../playground/scenarios/story.ts';
import { startSlack } from '../../playground/slack/start.ts';
import { readAudit } from '../support/read-audit.ts';
import { drainAgent3, twoTasks } from '../support/tell.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const clock = realClock();

/** In real time: it lets the process, the sockets and the kernel do what they do. */
async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const end = clock.now() + 20_000; !isSo(); ) {
    if (clock.now() > end) throw new Error(`${what} did not come`);
    await new Promise<void>((resolve) => clock.after(25, resolve));
  }
}

describe('the production bot, killed with SIGKILL', () => {
  beforeAll(() => {
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: root });
  }, 60_000);

  it.each([
    ['right after a call whose answer is lost', 0],
    ['between the call and the proof', 700],
  ])('%s: one call, one end, and a whole log', async (_when, afterMs) => {
    const tasks = [
      task('web.1', 'marathon', 'agent3', 1_000, 30),
      task('web.2', 'marathon', 'agent3', 2_000, 30),
    ];
    const cluster = await startCluster({ clock, spec: { ...twoTasks, tasks } });
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
    const slack = await startSlack({ clock, manifest });
    const stage = { slack, cluster, until };
    const folder = mkdtempSync(join(tmpdir(), 'mesos-chatops-test-'));
    const path = join(folder, 'bot.db');
    const env = botEnv(slack, cluster, path, { POLL_SECONDS: '0.2', CALL_DEADLINE_SECONDS: '5' });
    let bot = startBotProcess(env, () => {});
    try {
      await until('the connection', () => slack.connections() > 0);
      if (afterMs === 0)
        cluster.model
          .masterFaults(0)
          .add({ match: { call: 'DRAIN_AGENT' }, fault: 'drop-after-apply', times: 1 });
      const { applied } = cluster.model;
      const typed = slack.type('mara', opsChannel.name, drainAgent3);
      await until('the call', () => applied.length > 0);
      await new Promise<void>((resolve) => clock.after(afterMs, resolve));
      bot.process.kill('SIGKILL');
      await bot.ended;
      await typed;

      bot = startBotProcess(env, () => {});
      const ends = () =>
        botSaid(stage).filter((text) => text.includes('<@U0MARA0001>') && text.includes('DRAINED*'));
      await until('the end', () => ends().length >= 2);
      await bot.stop();

      expect(applied.map(({ type }) => type)).toEqual(['DRAIN_AGENT']);
      const replies = slack.model.messages
        .inChannel(opsChannel.id)
        .filter((message) => message.threadTs !== null);
      expect(new Set(replies.map(({ text }) => text)).size).toBe(replies.length);
      expect(replies.filter(({ text }) => text.includes('Safe to take down'))).toHaveLength(1);
      const { entries, flaws } = await readAudit(path);
      expect(flaws).toEqual([]);
      const events = entries.map(({ event }) => event);
      expect(events.filter((event) => event === 'bot.started')).toHaveLength(2);
      expect(events.filter((event) => event === 'bot.stopped')).toHaveLength(1);
      expect(events.filter((event) => event === 'call.intended')).toHaveLength(1);
      expect(events.filter((event) => event === 'drain.drained')).toHaveLength(1);
    } finally {
      bot.process.kill('SIGKILL');
      await bot.ended;
      await slack.stop();
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
