import { afterEach, describe, expect, it } from '@jest/globals';
import { signatureHeaders } from '../../playground/slack/delivery/sign-request.ts';
import type { Parts } from '../../src/bot.ts';
import { postButtons } from '../support/buttons-posted.ts';
import { holdDatabase } from '../support/hold-database.ts';
import { applied, audited, auditedEvents, close, hears, isTold, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

const drain = { label: 'Drain it', words: 'drain agent3 --max-grace-period 10m --reason "kernel & more"' };
const click = (user: string, ts: string, channel = 'mesos-ops') =>
  world.slack.click(user, channel, ts, 'mesos_command');

describe('a button', () => {
  it('runs its command for whoever clicks it, also after a restart, and the log tells how it came', async () => {
    world = await makeWorld({ cluster: twoTasks });
    const first = await world.start();
    const ts = await postButtons(world.slack, [drain]);
    await first.stop();
    await world.start();
    expect(await click('dev', ts)).toEqual({ acked: true });
    await hears(world, 'Safe to take down');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    const intended = (await audited(world)).find(({ event }) => event === 'call.intended');
    expect(intended).toMatchObject({
      actor: { user: 'U0DEV00001' },
      command: { typed: 'drain agent3 --max-grace-period 10m --reason "kernel &amp; more"', via: 'button' },
      reason: 'kernel & more',
    });
    await click('mara', ts);
    await isTold(world, 'mara', 'is DRAINED already');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  });

  it('is judged by who clicks and where, and of words that are not understood nothing is done', async () => {
    world = await makeWorld({ cluster: twoTasks, env: { SLACK_CHANNELS: '' } });
    await world.start();
    await click('sam', await postButtons(world.slack, [drain]));
    await isTold(world, 'sam', 'You may not change the cluster');
    const shared = await postButtons(world.slack, [drain], { channel: 'C0SHARED01' });
    await click('mara', shared, 'shared-with-partner');
    await isTold(world, 'mara', 'shared with other organisations', 'shared-with-partner');
    await click('partner', shared, 'shared-with-partner');
    await isTold(world, 'partner', 'shared with other organisations', 'shared-with-partner');
    await click(
      'mara',
      await postButtons(world.slack, [{ label: 'Old', words: 'hurry d17' }], { to: 'U0MARA0001' }),
    );
    await isTold(world, 'mara', 'That command was not understood');
    expect(applied(world)).toEqual([]);
    const refused = (await audited(world)).filter(({ event }) => event === 'command.refused');
    expect(refused.map(({ actor, command }) => [actor, command?.via])).toMatchObject([
      [{ user: 'U0SAM00001', team: 'T0LOCAL001' }, 'button'],
      [{ user: 'U0MARA0001', team: 'T0LOCAL001' }, 'button'],
      [{ user: 'U0PARTNER1', team: 'T0PARTNER1' }, 'button'],
      [{ user: 'U0MARA0001', team: 'T0LOCAL001' }, 'button'],
    ]);
  });

  it('clicked while the database takes no writes does nothing, then or later, and says so', async () => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start();
    const ts = await postButtons(world.slack, [drain]);
    await world.settle();
    const holder = await holdDatabase(world.databasePath);
    expect(await click('dev', ts)).toEqual({ acked: true });
    await isTold(world, 'dev', 'The command could not be recorded');
    await holder.release();
    await world.pass(10_000);
    expect(applied(world)).toEqual([]);
    expect(world.errors.length).toBeGreaterThan(0);
    world.errors.length = 0;
  });

  it('is not run more than 60 s after the click', async () => {
    world = await makeWorld({ cluster: twoTasks });
    /** A bot that takes commands in and has no time for them. */
    const busy = (parts: Parts): Parts => ({
      ...parts,
      openStore: async (sha256) => ({ ...(await parts.openStore(sha256)), waitingCommands: async () => [] }),
    });
    const first = await world.start(busy);
    await click('dev', await postButtons(world.slack, [drain]));
    await world.settle();
    await first.stop();
    await world.pass(61_000);
    await world.start();
    await isTold(world, 'dev', 'The command came too late to be run');
    expect(applied(world)).toEqual([]);
  });

  it('runs once, however often the same signed click comes', async () => {
    world = await makeWorld({ cluster: twoTasks, http: true });
    await world.start();
    const payload = {
      type: 'block_actions',
      user: { id: 'U0MARA0001', username: 'mara', team_id: 'T0LOCAL001' },
      team: { id: 'T0LOCAL001', domain: 'playground' },
      channel: { id: 'C0MESOSOPS', name: 'mesos-ops' },
      container: { type: 'message', message_ts: '1.000001', channel_id: 'C0MESOSOPS', is_ephemeral: false },
      trigger_id: '1.2.same',
      response_url: `${world.slack.apiUrl.replace('/api/', '')}/actions/T0LOCAL001/nobody`,
      actions: [{ type: 'button', action_id: 'mesos_command', block_id: 'b', value: drain.words }],
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...signatureHeaders(world.slack.signingSecret, body),
    };
    const post = () => fetch(world.eventsUrl(), { method: 'POST', headers, body });
    for (const response of await Promise.all([post(), post(), post()])) expect(response.status).toBe(200);
    await hears(world, 'Safe to take down');
    expect((await post()).status).toBe(200);
    await world.pass(10_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    const events = await auditedEvents(world);
    expect(events.filter((event) => event.startsWith('call.intended'))).toHaveLength(1);
    expect(events.filter((event) => event.startsWith('command.'))).toEqual([]);
  });
});
