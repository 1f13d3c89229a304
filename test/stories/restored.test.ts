import { copyFileSync, rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { botSaid, opsChannel, said, shows } from '../../playground/scenarios/story.ts';
import { applied, audited, auditedEvents, hears, isTold } from '../support/tell.ts';
import { asked, askGone, nothingLeaves, prompt, reacts, votes } from '../support/two-people.ts';
import type { World } from '../support/world.ts';

let world: World;
afterEach(async () => {
  await audited(world); // its chain is whole
  await world.close();
});

const env = { SLACK_OPS_CHANNEL: opsChannel.id, HEALTH_PORT: '0' };
const drain = '/mesos drain agent4 --max-grace-period 10m';
const cause = 'was restored from the past';

/** A question of mara's is open in Slack, and the log goes on after the copy was made. */
async function copied(): Promise<void> {
  world = await asked({ env });
  await world.whileBotIsAway(async ({ databasePath }) => copyFileSync(databasePath, `${databasePath}.copy`));
  await world.type('mara', '/mesos status');
}

const putBack = () =>
  world.whileBotIsAway(async ({ databasePath }) => copyFileSync(`${databasePath}.copy`, databasePath));

async function readyz(): Promise<{ status: number; parts: unknown }> {
  const response = await fetch(`http://127.0.0.1:${world.bot?.healthPort}/readyz`);
  const { parts } = (await response.json()) as { parts: unknown };
  return { status: response.status, parts };
}

/** Whose part of the log it was, and what came of the restore. */
async function aboutRestore(): Promise<unknown[]> {
  return (await audited(world)).flatMap(({ event, outcome, actor, reason }) =>
    event.startsWith('database.') ? [[event, outcome ?? actor, reason]] : [],
  );
}

describe('a database that was set back', () => {
  it('lets no approval of before do anything, and changes things again once that was accepted', async () => {
    await copied();
    const open = prompt(world);
    await putBack();
    await world.until('the void question', shows(world, 'Void'));
    await reacts(world, 'dev', open.ts);
    await nothingLeaves(world);
    expect(botSaid(world).filter((text) => text.includes(cause) && text.includes('a1'))).not.toEqual([]);
    await world.type('mara', drain);
    expect(await isTold(world, 'mara', cause)).toContain('accept-restore');
    await world.type('mara', '/mesos status');
    await isTold(world, 'mara', 'playground');
    expect(await readyz()).toEqual({
      status: 503,
      parts: { store: 'ok', slack: 'ok', policy: 'ok', database: 'restored, changes wait' },
    });
    await world.whileBotIsAway(({ acceptRestore }) => acceptRestore('the disk failed'));
    expect(await readyz()).toMatchObject({ status: 200 });
    await world.type('mara', drain);
    await hears(world, 'is DRAINED');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    expect(await auditedEvents(world)).toContain('approval.settled restored');
    expect(await aboutRestore()).toEqual([
      ['database.restored', 'behind', undefined],
      ['database.restore-accepted', { kind: 'os-user', name: 'olga', host: 'bot-1' }, 'the disk failed'],
    ]);
    expect(world.errors.map(({ message }) => message)).toEqual(['the database was restored: changes wait']);
  }, 60_000);

  it('is noticed when it is another, empty one; its numbers go on above those of the lost one', async () => {
    world = await asked({ env });
    await world.whileBotIsAway(async ({ databasePath }) => rmSync(databasePath));
    await world.until('the word of it', said(world, cause));
    await world.type('mara', drain);
    await isTold(world, 'mara', cause);
    await world.whileBotIsAway(({ acceptRestore }) => acceptRestore('a new machine'));
    await world.type('mara', askGone);
    await world.until('the new question', said(world, 'cancel a2'));
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
    const asking = (await audited(world)).find(({ event }) => event === 'approval.asked');
    expect(asking?.approval?.id).toBe(2);
  }, 60_000);

  it('is noticed later when Slack can not say so at the start', async () => {
    await copied();
    world.slack.model.faults.add({ method: 'conversations.history', fault: '429', times: 100 });
    await putBack();
    await world.until('the doubt', said(world, 'is not known'));
    while (world.slack.model.faults.take('conversations.history') !== null);
    await world.until('the word of it', said(world, `*The bot's database ${cause}`), 180);
    await votes(world, 'dev').catch(() => {}); // nothing takes votes any more
    await nothingLeaves(world);
    await world.type('mara', drain);
    await isTold(world, 'mara', cause);
  }, 60_000);
});
