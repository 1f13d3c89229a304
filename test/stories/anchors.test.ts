import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from '@jest/globals';
import { opsChannel } from '../../playground/scenarios/story.ts';
import { runAudit } from '../cli/run-audit.ts';
import { close, isTold, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

const folder = mkdtempSync(join(tmpdir(), 'mesos-chatops-anchors-'));
const key = join(folder, 'signing.pem');
afterAll(() => rmSync(folder, { recursive: true }));

it('the head of the log goes to Slack at first, when somebody asks for it and at the stop, signed; verify takes all of them', async () => {
  await runAudit('new-key', key);
  const env = { ANCHOR_CHANNEL: opsChannel.id, AUDIT_SIGNING_KEY_FILE: key, SWEEP_SECONDS: '600' };
  world = await makeWorld({ cluster: twoTasks, env });
  await world.start();
  await world.settle();
  await world.type('mara', '/mesos audit anchor');
  const told = await isTold(world, 'mara', 'The head of the audit log goes to');
  const head = /`([^`]+)`/.exec(told.slice(told.indexOf('Head:')))?.[1] ?? '';
  await world.type('sam', '/mesos audit anchor');
  expect(await isTold(world, 'sam', 'not')).toContain('operator');
  await world.pass(5_000); // Slack takes a message a second from us in one channel
  await world.bot?.stop();
  world.bot = null;

  const anchors = world.slack.model.messages
    .timeline(opsChannel.id)
    .filter(({ text }) => text.startsWith('*Audit log:*'))
    .map(({ text }) => text.split('\n').find((line) => line.startsWith('Head: ')) ?? '');
  expect(anchors).toHaveLength(3);
  expect(anchors[1]).toContain(head);
  const kept = join(folder, 'anchors.txt');
  writeFileSync(kept, anchors.join('\n'));
  const { status, out } = await runAudit(
    'verify',
    world.databasePath,
    '--anchors',
    kept,
    '--public-key',
    `${key}.pub`,
  );
  expect([status, out.slice(1)]).toEqual([
    0,
    [
      expect.stringMatching(/^3 anchors fit, the last of entry \d+\.$/),
      expect.stringMatching(
        /^Signed up to entry \d+, .* Only the entry with that signature is under none\.$/,
      ),
    ],
  ]);
});
