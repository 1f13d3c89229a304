import { describe, expect, it } from '@jest/globals';
import type { AppliedCall } from '../../playground/mesos/state.ts';
import { stories } from '../../playground/scenarios/index.ts';
import { applied, audited, auditedEvents } from '../support/tell.ts';
import { makeWorld } from '../support/world.ts';

/** What each story leaves behind: the calls that took effect, and how its questions ended. */
const left: Record<string, [calls: AppliedCall['type'][], settled: string[]]> = {
  'mark-gone': [['DRAIN_AGENT', 'DRAIN_AGENT'], ['used']],
  'happy-drain': [['DRAIN_AGENT'], []],
  'drain-and-return': [['DRAIN_AGENT', 'REACTIVATE_AGENT'], []],
  denied: [[], ['denied']],
  expired: [[], ['expired']],
  withdrawn: [[], ['withdrawn']],
  'hold-stopped': [[], ['stopped']],
  drift: [['DRAIN_AGENT'], ['changed', 'used']],
  'cancel-gone': [['DRAIN_AGENT', 'REACTIVATE_AGENT'], ['taken-back']],
  'unattended-cuts-grace': [['DRAIN_AGENT'], ['used']],
  'mark-dead-agent': [['MARK_AGENT_GONE'], ['used']],
  'bot-away-between-calls': [['DRAIN_AGENT', 'DRAIN_AGENT'], ['used']],
};

describe('the story', () => {
  it('has what it leaves behind written down, for each', () => {
    expect(Object.keys(left).sort()).toEqual(stories.map(({ name }) => name).sort());
  });

  it.each(stories.map((story) => [story.name, story.title, story] as const))(
    '%s: %s',
    async (name, _, story) => {
      const world = await makeWorld({ cluster: story.cluster, env: { ...story.env } });
      try {
        await world.start();
        await story.play(world);
        await world.pass(30_000);
        const [calls, settled] = left[name] ?? [[], []];
        expect(applied(world)).toEqual(calls);
        const events = await auditedEvents(world);
        expect(events.flatMap((event) => event.match(/^approval\.settled (.+)$/)?.[1] ?? [])).toEqual(
          settled,
        );
        // Whoever is asked about it a year later: each call that left has its approval, or needed none.
        for (const { event, request, approval, reason } of await audited(world)) {
          if (event !== 'call.intended' || request?.call === 'REACTIVATE_AGENT') continue;
          if (
            calls.length > 1 ||
            request?.body.includes('"mark_gone":true') ||
            request?.call === 'MARK_AGENT_GONE'
          )
            if (settled.length > 0)
              expect([name, approval?.by.map((by) => by.name), reason]).toEqual([name, ['dev'], reason]);
        }
        expect(world.errors).toEqual([]);
      } finally {
        await world.close();
      }
    },
  );
});
