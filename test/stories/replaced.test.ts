import { renameSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { botSaid, opsChannel } from '../../playground/scenarios/story.ts';
import type { Parts } from '../../src/bot.ts';
import { applied, audited, close, drainAgent3, hears, isTold, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

describe('a database that is moved away while a call is on its way', () => {
  it('leaves the call unknown until it is back, lets no other leave, and tells people what it missed', async () => {
    world = await makeWorld({
      cluster: twoTasks,
      env: { SLACK_OPS_CHANNEL: opsChannel.id, HEALTH_PORT: '0' },
    });
    const { databasePath } = world;
    let gone = false;
    /** After the master took the call, and before what it said is written. */
    const movedAway = (parts: Parts): Parts => ({
      ...parts,
      connectMesos: (of) => {
        const mesos = parts.connectMesos(of);
        const submit: typeof mesos.calls.submit = async (call) => {
          const outcome = await mesos.calls.submit(call);
          if (!gone) renameSync(databasePath, `${databasePath}.away`);
          gone = true;
          return outcome;
        };
        return { ...mesos, calls: { ...mesos.calls, submit } };
      },
    });
    const bot = await world.start(movedAway);
    const readiness = async () => (await fetch(`http://127.0.0.1:${bot.healthPort}/readyz`)).json();
    await world.slack.type('mara', opsChannel.name, drainAgent3);
    await world.until('the call', () => gone);

    await world.slack.type('mara', opsChannel.name, '/mesos deactivate agent4 --reason "next"');
    const refused = await isTold(world, 'mara', 'The command could not be recorded');
    expect(refused).toContain('REPLACED');
    expect(refused).toContain('Put the file that the bot had back');
    await world.slack.type('mara', opsChannel.name, '/mesos agents');
    expect(await isTold(world, 'mara', 'agent3.example')).toMatch(/not logged/i);
    expect(await readiness()).toMatchObject({ ready: false, parts: { store: 'failing' } });
    await world.pass(60_000);
    const told = (part: string) => botSaid(world).filter((text) => text.includes(part));
    expect(told("The bot's database takes nothing")).toHaveLength(1);
    expect(told('Safe to take down')).toEqual([]);
    // Once, and not once a pass.
    expect(world.errors.map(({ message }) => message)).toEqual([
      'the database can not be used; nothing is changed until it can',
      'the outcome of a call could not be written; looking instead',
    ]);
    world.errors.length = 0;

    renameSync(`${databasePath}.away`, databasePath);
    await hears(world, 'Safe to take down');
    expect(told('Recording again')).toEqual([
      expect.stringContaining('2 commands were answered without a record'),
    ]);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    expect(await readiness()).toMatchObject({ parts: { store: 'ok' } });
    const log = await audited(world);
    const events = log.map(({ event }) => event);
    expect(events.filter((event) => event.startsWith('call.'))).toEqual(['call.intended', 'call.unknown']);
    expect(events).toContain('drain.effect-seen');
    expect(log.filter(({ event }) => event === 'store.recovered')).toMatchObject([
      {
        outcome: 'REPLACED',
        facts: {
          commands: 2,
          first: [
            { user: 'U0MARA0001', typed: 'deactivate agent4 --reason "next"', answered: false },
            { user: 'U0MARA0001', typed: 'agents', answered: true },
          ],
        },
      },
    ]);
  });
});
