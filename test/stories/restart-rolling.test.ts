import { describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { botSaid, opsChannel, toldTo } from '../../playground/scenarios/story.ts';
import { plansOf, tellThroughCrash } from '../support/tell-through-crash.ts';
import type { World } from '../support/world.ts';

/** Two agents with nothing on them, one to a wave: every kind of boundary, and few of each. */
const cluster: ClusterSpec = {
  agents: [1, 2].map((n) => ({ hostname: `agent${n}.example`, attributes: { rack: `r${n}` } })),
  frameworks: [],
  tasks: [],
};

/** Whoever is told that it is halted has it go on, once for each time. */
async function resume(world: World, resumed: Map<World, number>): Promise<void> {
  const halts = botSaid(world).filter((text) => text.includes('/mesos resume p1')).length;
  if (halts <= (resumed.get(world) ?? 0)) return;
  resumed.set(world, halts);
  world.slack.type('mara', opsChannel.name, '/mesos resume p1').catch(() => {});
}

const resumed = new Map<World, number>();
const tell = tellThroughCrash.bind(null, {
  cluster,
  before: async (world) => {
    await world.type('mara', '/mesos drain --host agent* --parallel 1 --then reactivate --reason kernel');
    await world.until('the list', () => toldTo(world, 'mara').some((text) => text.includes('confirm p1')));
  },
  typed: '/mesos confirm p1',
  meanwhile: (world) => resume(world, resumed),
  isOver: (said) => said.some((text) => text.includes('Plan p1 has ended:')),
  wasNotApplied: () => false,
});

const clean = await tell({ at: Number.POSITIVE_INFINITY, when: 'before' });
/** With the intent on disk and the call not made; with the call made and its outcome not written; and a wave's end. */
const plans = plansOf(clean).filter(({ at }) => {
  const [here, next] = [clean.boundaries[at - 1], clean.boundaries[at]];
  return here === 'call' || next === 'call' || here?.startsWith('post');
});

describe('a rolling drain whose bot dies', () => {
  it.each(plans)('$name: sends each call once at most, and comes to an end', async (plan) => {
    const { world, said, entries, flaws } = await tell(plan);
    expect(flaws).toEqual([]);
    const sent = world.cluster.model.applied.map(({ type, body }) => `${type} ${JSON.stringify(body)}`);
    expect(new Set(sent).size).toBe(sent.length);
    const events = entries.map(({ event }) => event);
    expect(events.filter((event) => event === 'plan.begun')).toHaveLength(1);
    expect(events.filter((event) => event === 'plan.ended')).toHaveLength(1);
    expect(said.filter((text) => text.includes('Plan p1 has ended:'))).toHaveLength(1);
    // Whoever it kept away, it has put back, or it has told why not.
    const of = (type: string) => sent.filter((call) => call.startsWith(type)).length;
    const notBack = entries.filter(
      ({ event, outcome }) => event === 'plan.line-failed' && outcome === 'return-ended',
    );
    expect(of('REACTIVATE_AGENT') + notBack.length).toBe(of('DEACTIVATE_AGENT'));
  });
});
