import { factsOf } from '../audit/facts.ts';
import { gapOf } from '../drain/gap.ts';
import type { Narration } from '../drain/narrate.ts';
import type { Drain, DrainEvent } from '../drain.ts';

const nothing: Narration = { audit: null, say: null };

/** How long a framework's tasks took is filed where somebody saw it: what comes after reckons with it. That it takes longer
 * than before is told too. */
export function narrateDeparture(
  before: Drain,
  after: Drain,
  event: Extract<DrainEvent, { type: 'framework-left' | 'framework-slow' }>,
): Narration {
  const its = after.frameworks?.find(({ framework }) => framework === event.framework);
  if (its === undefined) return nothing;
  const { framework, name, tasks, usual } = its;
  const seconds = Math.round((event.at - after.intendedAt) / 1000);
  const who = { framework, ...(name === null ? {} : { name }) };
  if (event.type === 'framework-left')
    return event.unseen === true || gapOf(before, event.at) !== null
      ? nothing
      : { audit: { event: 'drain.framework-left', facts: factsOf({ ...who, tasks, seconds }) }, say: null };
  if (usual?.told !== 'quantiles') return nothing;
  const { left } = event;
  const { of: drains, p50, p90 } = usual;
  return {
    audit: {
      event: 'drain.framework-slow',
      facts: factsOf({ ...who, left, of: tasks, seconds, drains, p50, p90 }),
    },
    say: {
      notice: {
        kind: 'framework-slow',
        drain: after.id,
        hostname: after.hostname,
        framework: name ?? framework,
        left,
        of: tasks,
        seconds,
        usual: { drains, p50, p90 },
      },
      broadcast: false,
    },
  };
}
