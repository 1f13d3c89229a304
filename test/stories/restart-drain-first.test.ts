import { describe, expect, it } from '@jest/globals';
import { opsChannel, toldTo } from '../../playground/scenarios/story.ts';
import { story as markGone } from '../support/mark-gone-story.ts';
import { type Ordeal, plansOf, tellThroughCrash } from '../support/tell-through-crash.ts';
import type { World } from '../support/world.ts';

/** Which list mara has confirmed last, and how long she has waited since; per world. */
const confirmed = new WeakMap<World, { plan: string; steps: number }>();
const patience = 40;

/** Shown, confirmed, approved, drained, scheduled, down. mara confirms whatever she is shown, again where nothing comes of it. */
const story = {
  cluster: markGone.cluster,
  typed: '/mesos maintenance start agent3 --drain-first --max-grace-period 10m --reason "new disks"',
  meanwhile: async (world: World) => {
    await markGone.meanwhile(world);
    const shown = toldTo(world, 'mara').flatMap((text) => text.match(/Confirm (p\d+)/)?.[1] ?? []);
    const plan = shown.at(-1);
    const last = confirmed.get(world) ?? { plan: '', steps: 0 };
    confirmed.set(world, { ...last, steps: last.steps + 1 });
    const isBegun = world.slack.model.messages
      .timeline(opsChannel.id)
      .some(({ text }) => plan !== undefined && new RegExp(`\\b${plan}\\b`).test(text));
    if (plan === undefined || isBegun || (last.plan === plan && last.steps < patience)) return;
    confirmed.set(world, { plan, steps: 0 });
    // A bot that dies answers nobody.
    world.slack.type('mara', opsChannel.name, `/mesos confirm ${plan}`).catch(() => {});
  },
  isOver: (said: string[]) => said.some((text) => /Plan p\d+ is done/.test(text)),
  wasNotApplied: (_: World, said: string[]) => {
    const last = said.findLast((text) => /Plan p\d+ (stops|was not|is not)/.test(text));
    return last !== undefined && said.indexOf(last) === said.length - 1;
  },
} satisfies Ordeal;

const clean = await tellThroughCrash(story, { at: Number.POSITIVE_INFINITY, when: 'before' });
const calls = clean.boundaries.flatMap((name, index) => (name.startsWith('call') ? [index + 1] : []));
/** Before, in and after each of its three calls; what lies between is told by restart.test.ts of a drain and a question. */
const plans = plansOf(clean).filter(({ at }) => calls.some((call) => Math.abs(at - call) <= 1));

describe('maintenance that drains first, whose bot dies', () => {
  it.each(plans)('$name: comes to the same end, with each call once and in its order', async (plan) => {
    const told = await tellThroughCrash(story, plan);
    expect(told.flaws).toEqual([]);
    // Where the intent of the start never left, it stops there: the machine is scheduled by then, and is to be cleared first.
    const stopped = told.said.some((text) => text.includes('START_MAINTENANCE was not applied'));
    expect(told.world.cluster.model.applied.map(({ type }) => type)).toEqual([
      'DRAIN_AGENT',
      'UPDATE_MAINTENANCE_SCHEDULE',
      ...(stopped ? [] : ['START_MAINTENANCE']),
    ]);
    expect(told.said.some((text) => /Plan p\d+ is done: .* is DOWN/.test(text))).toBe(!stopped);
    const starts = told.entries.filter(
      ({ event, request }) => event === 'call.intended' && request?.call === 'START_MAINTENANCE',
    );
    for (const { approval } of starts) expect(approval?.by.map(({ name }) => name)).toEqual(['dev']);
  });
});
