import { describe, expect, it } from '@jest/globals';
import { applied, twoTasks } from '../support/tell.ts';
import { tellThroughCrash } from '../support/tell-through-crash.ts';
import type { World } from '../support/world.ts';

describe('a deactivation whose bot dies at its call', () => {
  /** Its frameworks move their tasks once nothing new comes. */
  const moved = new WeakSet<World>();
  const ordeal = {
    cluster: twoTasks,
    typed: '/mesos deactivate agent3 --reason "frameworks move their tasks"',
    isOver: (said: string[]) => said.some((text) => text.includes('out of service')),
    wasNotApplied: (told: World, said: string[]) =>
      said.some((text) => text.includes('was not applied')) && applied(told).length === 0,
    meanwhile: async (told: World) => {
      if (applied(told).length === 0 || moved.has(told)) return;
      moved.add(told);
      told.cluster.model.finishTask('web.1');
      told.cluster.model.finishTask('web.2');
    },
  };

  it('is found out by looking, and comes to the same end with one call', async () => {
    const clean = await tellThroughCrash(ordeal, { at: Number.POSITIVE_INFINITY, when: 'before' });
    const call = clean.boundaries.findIndex((name) => name.startsWith('call')) + 1;
    for (const when of ['before', 'after'] as const) {
      const told = await tellThroughCrash(ordeal, { at: call, when });
      expect(told.flaws).toEqual([]);
      expect(applied(told.world)).toEqual(['DEACTIVATE_AGENT']);
      expect(told.said.join('\n')).toContain(
        when === 'before' ? 'was not applied' : 'the master shows agent3.example deactivated',
      );
      const events = told.entries.map(({ event }) => event);
      expect(events.filter((event) => event === 'drain.emptied')).toHaveLength(1);
      expect(events.filter((event) => event === 'call.intended')).toHaveLength(when === 'before' ? 2 : 1);
    }
  });
});
