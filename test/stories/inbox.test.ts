import { afterEach, describe, expect, it } from '@jest/globals';
import { happyDrain } from '../../playground/scenarios/happy-drain.ts';
import { signatureHeaders } from '../../playground/slack/delivery/sign-request.ts';
import type { Parts } from '../../src/bot.ts';
import { holdDatabase } from '../support/hold-database.ts';
import {
  applied,
  audited,
  auditedEvents,
  close,
  drainAgent3,
  hears,
  isTold,
  twoTasks,
} from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

/** The form in which Slack posts a slash command, as often as it likes. */
function signed(text: string, triggerId: string) {
  const body = new URLSearchParams({
    command: '/mesos',
    text,
    trigger_id: triggerId,
    user_id: 'U0MARA0001',
    user_name: 'mara',
    team_id: world.slack.teamId,
    team_domain: 'playground',
    channel_id: 'C0MESOSOPS',
    channel_name: 'mesos-ops',
    api_app_id: 'A0MESOSBOT',
    response_url: `${world.slack.apiUrl.replace('/api/', '')}/commands/T0LOCAL001/nobody`,
  }).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...signatureHeaders(world.slack.signingSecret, body),
  };
  return { method: 'POST', headers, body };
}

describe('a command over HTTP', () => {
  it('tells the whole main job, as over a socket', async () => {
    world = await makeWorld({ cluster: happyDrain.cluster, http: true });
    await world.start();
    expect(world.slack.connections()).toBe(0);
    await happyDrain.play(world);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  });

  it('runs once, however often the same signed request comes', async () => {
    world = await makeWorld({ cluster: twoTasks, http: true });
    await world.start();
    const request = signed('drain agent3 --reason twice', '1.2.same');
    const posts = [0, 1, 2].map(() => fetch(world.eventsUrl(), request));
    for (const response of await Promise.all(posts)) expect(response.status).toBe(200);
    await hears(world, 'Safe to take down');
    expect((await fetch(world.eventsUrl(), request)).status).toBe(200);
    await world.pass(10_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    const events = await auditedEvents(world);
    expect(events.filter((event) => event.startsWith('call.intended'))).toHaveLength(1);
    expect(events).not.toContain('command.refused already-open');
  });

  it('is turned away when its signature is not of Slack', async () => {
    world = await makeWorld({ cluster: twoTasks, http: true });
    await world.start();
    const request = signed('drain agent3', '1.2.forged');
    const forged = { ...request, body: request.body.replace('agent3', 'agent4') };
    expect((await fetch(world.eventsUrl(), forged)).status).toBe(401);
    await world.pass(5_000);
    expect(applied(world)).toEqual([]);
    expect(await auditedEvents(world)).toEqual(['bot.started', 'policy.changed first']);
  });
});

describe('a command that was picked up late', () => {
  it('is not run more than 60 s after it was typed, and says so', async () => {
    world = await makeWorld({ cluster: twoTasks });
    /** A bot that takes commands in and has no time for them. */
    const busy = (parts: Parts): Parts => ({
      ...parts,
      openStore: async (sha256) => ({ ...(await parts.openStore(sha256)), waitingCommands: async () => [] }),
    });
    const first = await world.start(busy);
    await world.slack.type('mara', 'mesos-ops', drainAgent3);
    await world.settle();
    await first.stop();
    await world.pass(61_000);
    await world.start();
    await isTold(world, 'mara', 'The command came too late to be run');
    await world.pass(10_000);
    expect(applied(world)).toEqual([]);
    const late = (await audited(world)).find(({ event }) => event === 'command.late');
    expect(late).toMatchObject({ outcome: 'not-run', actor: { user: 'U0MARA0001' } });
  });
});

describe('a database that takes no writes', () => {
  /** What the bot logged; being woken is right here. */
  const forgiveErrors = () => {
    expect(world.errors.length).toBeGreaterThan(0);
    world.errors.length = 0;
  };

  it('lets no command run, answers reads unlogged, and recovers by itself', async () => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start();
    await world.settle();
    const holder = await holdDatabase(world.databasePath);
    await world.slack.type('mara', 'mesos-ops', drainAgent3);
    await isTold(world, 'mara', 'The command could not be recorded');
    await world.slack.type('mara', 'mesos-ops', '/mesos agents');
    const answer = await isTold(world, 'mara', 'agent3.example');
    expect(answer.toLowerCase()).toContain('not logged');
    await holder.release();
    await world.pass(10_000);
    expect(applied(world)).toEqual([]);
    forgiveErrors();

    await world.type('mara', drainAgent3);
    await hears(world, 'Safe to take down');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  });

  it('lets no call leave whose intent it did not take, and does not run the command later', async () => {
    world = await makeWorld({ cluster: twoTasks });
    let holder: Awaited<ReturnType<typeof holdDatabase>> | null = null;
    await world.start((parts) => ({
      ...parts,
      connectMesos: (of) => {
        const mesos = parts.connectMesos(of);
        const { master } = mesos;
        // Between the look and the intent.
        const scheduled: typeof master.scheduled = async (machine) => {
          holder ??= await holdDatabase(world.databasePath);
          return master.scheduled(machine);
        };
        return { ...mesos, master: { ...master, scheduled } };
      },
    }));
    await world.slack.type('mara', 'mesos-ops', drainAgent3);
    await isTold(world, 'mara', 'The command could not be recorded');
    await (holder as { release(): Promise<void> } | null)?.release();
    await world.pass(30_000);
    expect(applied(world)).toEqual([]);
    expect(await auditedEvents(world)).toContain('command.failed nothing-sent');
    await world.type('mara', drainAgent3);
    await hears(world, 'Safe to take down');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    forgiveErrors();
  });
});
