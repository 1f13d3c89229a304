import { afterEach, describe, expect, it } from '@jest/globals';
import { observeFleet } from '../../../playground/mesos/observer.ts';
import { said, shows, vote } from '../../../playground/scenarios/story.ts';
import { crash } from '../../support/crash.ts';
import { fleetOf, marathonOn } from '../../support/fleet.ts';
import { applied, audited, isTold, replies } from '../../support/tell.ts';
import { makeWorld, type World } from '../../support/world.ts';

let world: World;
// What a dead bot could not do any more, its log says too.
afterEach(() => world.close());

/** Enough for many waves. `FLEET_AGENTS=200` rolls as many; that takes minutes. */
const agents = Number(process.env['FLEET_AGENTS'] ?? 40);
const fleet = fleetOf(agents);
const hostnames = fleet.agents.flatMap(({ hostname, attributes }) =>
  attributes?.['pool'] === 'batch' ? [hostname] : [],
);

/** How often Slack asked for fewer requests. */
function asksForFewer({ slack }: World): () => number {
  const { limits } = slack.model;
  const take = limits.take.bind(limits);
  let times = 0;
  limits.take = (...request) => {
    const wait = take(...request);
    if (wait !== null) times += 1;
    return wait;
  };
  return () => times;
}

/** Lets time pass in large steps; whenever a bot has died, after so many boundaries, another one starts on its file. */
async function liveUntil(isSo: () => boolean, deaths: number[], meanwhile: () => void): Promise<void> {
  const born = async () => {
    const death = crash({ at: deaths.shift() ?? Number.POSITIVE_INFINITY, when: 'after' });
    world.bot = null;
    const starting = world.start(death.around);
    starting.catch(() => {});
    await Promise.race([starting, death.died]);
    return death;
  };
  let death = await born();
  for (let steps = 0; !isSo(); steps++) {
    if (steps > 4 * agents)
      throw new Error(`it does not end; the last reply:\n${replies(world).slice(-4).join('\n')}`);
    world.clock.advance(Math.max(5_000, (world.clock.nextDue() ?? 0) - world.clock.now()));
    await Promise.race([world.settle(), death.died]);
    if (death.crashed()) {
      await death.bury();
      death = await born();
    }
    meanwhile();
  }
  expect(deaths).toEqual([]);
}

describe('a fleet that is rolled by five', () => {
  it('keeps to every limit through a failover and two crashes, and thread and log tell of each agent', async () => {
    world = await makeWorld({
      cluster: fleet,
      env: {
        ...{ DRAINS_AT_ONCE: '5', BRAKE_PERCENT: '100' },
        ...{ POLL_SECONDS: '15', SWEEP_SECONDS: '3600', CARD_EDIT_SECONDS: '60' },
      },
    });
    const { model } = world.cluster;
    const observer = observeFleet(model.cluster, {
      atOnce: 5,
      per: [{ attribute: 'rack', allowed: 1 }],
      set: hostnames,
    });
    const asked = asksForFewer(world);
    const restart = marathonOn(model, fleet.tasks ?? []);
    await world.start();
    await world.type('mara', '/mesos drain pool=batch --parallel 5 --reason "kernel 6.12"');
    await isTold(world, 'mara', 'confirm p1');
    await world.type('mara', '/mesos confirm p1');
    await vote(world, 'dev', 'white_check_mark');
    await world.bot?.stop();
    let failedOver = false;
    await liveUntil(said(world, 'Plan p1 has ended'), [6 * agents, 10 * agents], () => {
      restart();
      if (failedOver || !said(world, '*Wave 4 of')()) return;
      failedOver = true;
      model.failover();
    });
    await world.until('the card', shows(world, `${agents} of ${agents} agents done`));

    expect(failedOver).toBe(true);
    expect(observer.objections).toEqual([]);
    expect(observer.mostAtOnce()).toBe(5);
    expect(applied(world).toSorted()).toEqual([
      ...hostnames.map(() => 'DEACTIVATE_AGENT'),
      ...hostnames.map(() => 'DRAIN_AGENT'),
    ]);
    expect(asked()).toBe(0);
    const waves = replies(world).filter((text) => /^\*Wave \d+ of \d+ is over:/.test(text));
    for (const hostname of hostnames)
      expect(waves.filter((text) => text.includes(`• ${hostname} `))).toHaveLength(1);
    // The question, its end, the beginning, and what a failover and two starts may add.
    expect(replies(world).length).toBeLessThan(waves.length + 8);

    const entries = await audited(world);
    for (const hostname of hostnames) {
      const own = entries.filter(({ agent }) => agent?.hostname === hostname);
      const intents = own.filter(({ event }) => event === 'call.intended');
      expect(intents.map(({ request }) => request?.call)).toEqual(['DEACTIVATE_AGENT', 'DRAIN_AGENT']);
      for (const intent of intents)
        expect(intent).toMatchObject({
          actor: { name: 'mara' },
          reason: 'kernel 6.12',
          approval: { by: [{ name: 'dev' }] },
        });
      expect(own.filter(({ event }) => event === 'drain.drained')).toHaveLength(1);
    }
    // On a busy machine.
  }, 300_000);
});
