import { describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { task } from '../../playground/scenarios/small-cluster.ts';
import { botSaid, opsChannel } from '../../playground/scenarios/story.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { type CrashPlan, crash } from '../support/crash.ts';
import { readAudit } from '../support/read-audit.ts';
import { makeWorld, type World } from '../support/world.ts';

/** One agent, two tasks: every kind of boundary, and few of each. */
const cluster: ClusterSpec = {
  agents: [{ hostname: 'agent3.example', attributes: { rack: 'r1' } }],
  frameworks: [{ name: 'marathon' }],
  tasks: [task('web.1', 'marathon', 'agent3', 4_000, 30), task('web.2', 'marathon', 'agent3', 9_000, 30)],
};
const typed = '/mesos drain agent3 --max-grace-period 10m --reason "kernel upgrade"';

interface Told {
  world: World;
  said: string[];
  entries: AuditEntry[];
  flaws: string[];
  boundaries: string[];
}

/** Tells the story to its end. After the crash the same file gets a new bot; whoever got no sign of a drain within
 * 90 s types again, as a person would. */
async function tell(plan: CrashPlan): Promise<Told> {
  const world = await makeWorld({ cluster, env: { CARD_EDIT_SECONDS: '20' } });
  const death = crash(plan);
  let restarted = false;
  const starting = world.start(death.around);
  starting.catch(() => {});
  const step = async () => {
    world.clock.advance(500);
    if (death.crashed() && !restarted) await restart();
    // A dead process is never idle.
    await (restarted ? world.settle() : Promise.race([world.settle(), death.died]));
  };
  const over = () => botSaid(world).some((text) => text.includes('out of service'));
  await Promise.race([starting, death.died]);
  for (let attempt = 1; attempt <= 3 && !over(); attempt++) {
    if (death.crashed() && !restarted) await step();
    const acked = world.slack.type('mara', opsChannel.name, typed);
    acked.catch(() => {});
    const started = () => botSaid(world).length > 0;
    for (let steps = 0; steps < 180 && !started(); steps++) await step();
    for (let steps = 0; steps < 600 && started() && !over() && !notApplied(); steps++) await step();
    for (let steps = 0; steps < 20; steps++) await step();
  }
  const said = botSaid(world);
  await Promise.race([world.bot?.stop(), death.died]);
  if (death.crashed() && !restarted) {
    await restart();
    await world.bot?.stop();
  }
  world.bot = null;
  const { entries, flaws } = await readAudit(world.databasePath);
  await world.close();
  return { world, said, entries, flaws, boundaries: death.seen };

  async function restart(): Promise<void> {
    restarted = true;
    await death.bury();
    world.bot = null;
    await world.start();
  }
  function notApplied(): boolean {
    const { length } = botSaid(world).filter((text) => text.includes('was not applied'));
    return length > 0 && world.cluster.model.applied.length === 0;
  }
}

/** The clean run counts the boundaries; it runs once, when this file is loaded, to make the table. */
const clean = await tell({ at: Number.POSITIVE_INFINITY, when: 'before' });
const plans = clean.boundaries.flatMap((name, i) =>
  (['before', 'after'] as const).map((when) => ({
    name: `${when} boundary ${i + 1}, ${name}`,
    at: i + 1,
    when,
  })),
);

describe('a drain without a crash', () => {
  it('meets every kind of boundary', () => {
    const kinds = new Set(clean.boundaries.map((name) => name.split(' ')[0]));
    expect([...kinds].sort()).toEqual(['call', 'edit', 'post', 'write']);
  });
});

describe('a drain whose bot dies', () => {
  it.each(plans)('$name: comes to the same end', async (plan) => {
    const { world, said, entries, flaws } = await tell(plan);
    expect(flaws).toEqual([]);
    const drains = world.cluster.model.applied.filter(({ type }) => type === 'DRAIN_AGENT');
    expect(drains).toHaveLength(1);
    const ends = said.filter((text) => text.includes('out of service') && text.includes('<@U0MARA0001>'));
    expect(ends.filter((text) => !text.includes('Asked by'))).toHaveLength(1);
    const milestones = said.filter((text) => !text.includes('Asked by'));
    expect(new Set(milestones).size).toBe(milestones.length);
    const events = entries.map(({ event }) => event);
    expect(events.filter((event) => event === 'drain.drained')).toHaveLength(1);
    expect(events.indexOf('call.intended')).toBeLessThan(events.indexOf('drain.drained'));
  });
});
