import { describe, expect, it } from '@jest/globals';
import { agentId as agentIdOf, drainId } from '../../../src/domain/ids.ts';
import type { OpenWork } from '../../../src/domain/preview/open-work.ts';
import type { Spread } from '../../../src/domain/preview/spread.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import { fullPreviewText } from '../../../src/slack/blocks/drains/preview-full.ts';
import { frameworkFacts, preview, previewTask } from '../../support/samples.ts';

const times = <T>(count: number, one: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => one(n));
const tasks = (count: number): Preview['groups'] => ({
  known: true,
  value: [{ framework: frameworkFacts(), tasks: times(count, (n) => previewTask({ name: `web.${n}` })) }],
});
const spread = (count: number): Spread => ({
  framework: 'f',
  name: 'chronos',
  thin: {
    known: true,
    value: { told: 'names', names: times(count, (n) => ({ name: `job-${n}`, here: 1, elsewhere: 0 })) },
  },
});
const work = (n: number): OpenWork => ({
  work: { what: 'drain', drain: drainId(n + 1), way: 'drain' },
  agentId: agentIdOf(`x-S${n}`),
  hostname: `agent${n}.example`,
  sameAgent: false,
  rack: 'r12',
  frameworks: ['marathon'],
  permalink: 'https://slack.example/p',
});

/** One list each, of that many. */
const lists: Record<string, (count: number) => Partial<Preview>> = {
  names: (count) => ({ groups: tasks(count) }),
  frameworks: (count) => ({
    groups: {
      known: true,
      value: times(count, (n) => ({
        framework: frameworkFacts({ name: `f${n}` }),
        tasks: [previewTask()],
      })),
    },
  }),
  volumes: (count) => ({
    held: {
      known: true,
      value: times(count, (n) => ({ kind: 'volume', id: `v${n}`, role: 'db', sizeMb: 2048 })),
    },
  }),
  'names that run mostly here': (count) => ({ beyond: { spread: [spread(count)], room: null, work: [] } }),
  'other work': (count) => ({ beyond: { spread: [], room: null, work: times(count, work) } }),
  'other ids': (count) => ({ alsoKnownAs: times(count, (n) => ({ agentId: `x-S${n}`, state: 'gone' })) }),
};

describe('the whole preview as a file', () => {
  it.each([
    ['names', 4],
    ['frameworks', 5],
    ['volumes', 6],
    ['names that run mostly here', 3],
    ['other work', 4],
    ['other ids', 3],
  ])('is there once a message cuts its %s, after %i', (list, most) => {
    const over = lists[list];
    if (over === undefined) throw new Error('no such list');
    expect(fullPreviewText(preview(over(most)))).toBeNull();
    expect(fullPreviewText(preview(over(most + 1)))).toMatchObject({
      title: 'Preview of agent3.example (S3)',
    });
  });

  it('has every task with its grace, everything held, and all that lies beyond', () => {
    const known = { ...lists['volumes']?.(1), groups: tasks(5) };
    const beyond = { spread: [spread(1)], room: null, work: [work(3)] };
    const alsoKnownAs = [{ agentId: 'x-S1', state: 'gone' }];
    expect(fullPreviewText(preview({ ...known, beyond, alsoKnownAs }))?.text).toBe(
      [
        'agent3.example, agent 36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S3, on main',
        'As read at 2026-11-22T12:00:00.000Z; no max grace period.',
        '',
        'Tasks',
        '  marathon, framework 36693d5a-0000, connected: 5 tasks',
        ...times(5, (n) => `    web.${n}  TASK_RUNNING  grace 3 s (its executor's default)`),
        '',
        'Persistent volumes and reservations',
        '  persistent volume v0 of 2 GB disk, role db',
        '',
        'Names that run mostly here',
        '  chronos: job-0, 1 here, 0 elsewhere',
        '',
        'Our other work on the agent, in its rack or for its frameworks',
        '  drain d4 of agent3.example (x-S3); rack r12; frameworks marathon; https://slack.example/p',
        '',
        'Other agents of the same hostname',
        '  x-S1 (gone)',
        '',
      ].join('\n'),
    );
  });

  it('hides nothing in a name, and keeps it on its line', () => {
    const odd = previewTask({
      name: 'a\u202eb\nSafe: yes',
      executor: 'own',
      graceFrom: 'raised',
      graceSeconds: 600,
    });
    const value = [
      {
        framework: frameworkFacts({ connected: false }),
        tasks: [odd, ...times(5, (n) => previewTask({ name: `${n}` }))],
      },
    ];
    const text = fullPreviewText(preview({ groups: { known: true, value } }))?.text ?? '';
    expect(text).toContain(
      "    ab Safe: yes  TASK_RUNNING  grace 10 min (the max, raised from its executor's 3 s, an executor of its own)\n",
    );
    expect(text).toContain('DISCONNECTED: 6 tasks');
  });
});
