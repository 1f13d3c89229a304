import { describe, expect, it } from '@jest/globals';
import { stories } from '../../playground/scenarios/index.ts';
import { applied, audited, auditedEvents, replies } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';
import { left } from './what-stories-leave.ts';

/** The cards and questions as they stand, and the replies under them, oldest first. */
function transcript(world: World): string {
  const roots = world.slack.model.messages
    .timeline('C0MESOSOPS')
    .filter(({ threadTs, botId }) => threadTs === null && botId !== null)
    .map(({ text }) => text);
  // Times as a reader in UTC sees them.
  return [...replies(world), ...roots].join('\n\n').replace(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1');
}

describe('the story', () => {
  it('has what it leaves behind written down, for each', () => {
    expect(Object.keys(left).sort()).toEqual(stories.map(({ name }) => name).sort());
  });

  it.each(stories.map((story) => [story.name, story.title, story] as const))(
    '%s: %s',
    async (name, _, story) => {
      const leaves = left[name];
      const world = await makeWorld({
        cluster: story.cluster,
        second: story.second,
        // As the playground plays it.
        env: { BRAKE_PERCENT: '20', ...leaves?.env, ...story.env },
        ...(story.file === undefined ? {} : { file: story.file }),
      });
      try {
        await world.start();
        await story.play(world);
        await world.pass(30_000);
        const { calls = [], settled = [] } = leaves ?? {};
        expect(applied(world)).toEqual(calls);
        const events = await auditedEvents(world);
        expect(events.flatMap((event) => event.match(/^approval\.settled (.+)$/)?.[1] ?? [])).toEqual(
          settled,
        );
        // Whoever is asked about it a year later: each call that left has its approval, or needed none.
        for (const { event, command, request, approval, reason } of await audited(world)) {
          if (event !== 'call.intended' || request?.call === 'REACTIVATE_AGENT') continue;
          if (
            (calls.length > 1 && leaves?.outside === undefined && command?.typed.includes('mark-gone')) ||
            request?.body.includes('"mark_gone":true') ||
            request?.call === 'MARK_AGENT_GONE'
          )
            if (settled.length > 0 && request?.call !== leaves?.unapproved)
              expect([name, approval?.by.map((by) => by.name), reason]).toEqual([
                name,
                leaves?.approvers ?? ['dev'],
                reason,
              ]);
        }
        let rest = transcript(world);
        for (const sentence of leaves?.says ?? []) {
          expect(rest).toContain(sentence);
          rest = rest.slice(rest.indexOf(sentence) + sentence.length);
        }
        for (const sentence of leaves?.never ?? []) expect(transcript(world)).not.toContain(sentence);
        for (const sentence of leaves?.once ?? [])
          expect([sentence, transcript(world).split(sentence).length - 1]).toEqual([sentence, 1]);
        for (const event of leaves?.filed ?? []) expect(events).toContain(event);
        expect(world.errors.map(({ message }) => message)).toEqual(leaves?.errors ?? []);
        if (leaves?.outsiders !== undefined)
          expect(
            (await audited(world))
              .filter(({ actor }) => actor.kind === 'outside')
              .map(({ event, outcome }) => `${event} ${outcome}`),
          ).toEqual(leaves.outsiders);
      } finally {
        await world.close();
      }
    },
  );
});
