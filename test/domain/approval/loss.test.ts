import { describe, expect, it } from '@jest/globals';
import type { Held } from '../../../src/domain/agent.ts';
import { type FrameworkLoss, lossOf } from '../../../src/domain/approval/loss.ts';
import { type Act, marksGone, tasksAreLoss } from '../../../src/domain/approval.ts';
import type { Preview, TaskGroup } from '../../../src/domain/preview.ts';
import { at, framework, frameworkFacts, known, preview, previewTask } from '../../support/samples.ts';

const acts: Record<string, Act> = {
  drain: { kind: 'drain', maxGrace: null },
  'drain-then-gone': { kind: 'drain-then-gone', maxGrace: null },
  'drain-unattended': { kind: 'drain-unattended', maxGrace: null },
  'mark-gone': { kind: 'mark-gone', now: false },
};
const held: Held[] = [
  { kind: 'volume', id: 'v-1', role: 'db', sizeMb: 1024 },
  { kind: 'reservation', role: 'db', resource: 'cpus', amount: 1.5 },
];
const task = previewTask();
const two: TaskGroup[] = [
  { framework: frameworkFacts(), tasks: [task, { ...task, name: 'api' }] },
  { framework: { id: 'f-2', name: null, why: '403' }, tasks: [task] },
];

describe('what an act destroys', () => {
  it.each([
    ['drain', false, false],
    ['drain-then-gone', false, true],
    ['drain-unattended', true, true],
    ['mark-gone', true, true],
  ])('%s: running tasks are loss %s, the agent never comes back %s', (kind, tasks, gone) => {
    expect(tasksAreLoss(acts[kind] as Act)).toBe(tasks);
    expect(marksGone(acts[kind] as Act)).toBe(gone);
  });

  const byFramework = [
    { framework, name: 'marathon', tasks: 2 },
    { framework: 'f-2', name: null, tasks: 1 },
  ];
  it.each<[string, Held[], FrameworkLoss[] | null]>([
    // It is asked for the sake of the tasks, and keeps what is held.
    ['drain', [], byFramework],
    ['drain-then-gone', held, null],
    ['drain-unattended', held, byFramework],
    ['mark-gone', held, byFramework],
  ])('%s: held is %j, tasks by framework are %j', (kind, lost, tasks) => {
    const seen = preview({ groups: { known: true, value: two }, held: { known: true, value: held } });
    expect(lossOf(acts[kind] as Act, seen)).toEqual({
      alive: true,
      held: { known: true, value: lost },
      tasks: tasks === null ? null : { known: true, value: tasks },
    });
  });

  it.each([
    ['drain', { known: false, why: '403' }],
    ['drain-then-gone', null],
    ['drain-unattended', { known: false, why: '403' }],
    ['mark-gone', { known: false, why: '403' }],
  ])('%s: tasks that could not be read are never none: %j', (kind, tasks) => {
    const seen = preview({ groups: { known: false, why: '403' } });
    expect(lossOf(acts[kind] as Act, seen).tasks).toEqual(tasks);
  });

  it('takes what was never seen of it for not known, and never for none', () => {
    const seen = preview({ held: { known: false, why: 'it was never seen registered' } });
    for (const act of Object.values(acts).filter(marksGone))
      expect(lossOf(act, seen).held).toEqual({ known: false, why: 'it was never seen registered' });
  });

  it.each(['unreachable', 'recovered', 'gone', 'absent', 'unexplained'] as const)(
    'counts an agent that is %s as not alive',
    (state) => {
      const subject: Preview['subject'] = { kind: 'away', known: known(), state, since: at(1) };
      expect(
        lossOf(acts['mark-gone'] as Act, preview({ subject, held: { known: true, value: held } })),
      ).toMatchObject({
        alive: false,
        held: { known: true, value: held },
      });
    },
  );
});
