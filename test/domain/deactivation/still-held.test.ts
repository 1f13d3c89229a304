import { describe, expect, it } from '@jest/globals';
import type { FrameworkFacts } from '../../../src/domain/agent.ts';
import { stillHeld as held, isHeld } from '../../../src/domain/deactivation/still-held.ts';
import type { Cause } from '../../../src/domain/drain/cause.ts';
import { frameworkId } from '../../../src/domain/ids.ts';
import { asked, at, framework, frameworkFacts, shows, sighting, task } from '../../support/samples.ts';

type Asked = Parameters<typeof held>[0];
const stillHeld = (own: Asked, frameworks: FrameworkFacts[], before: Cause | null = null) =>
  held(own, sighting(5, shows(null), own, frameworks), at(5), before);
const word = (launched: number, over: object = {}) => asked(launched, over) as Asked;
const other = frameworkId('36693d5a-0001');

describe('what a deactivated agent still holds', () => {
  it('names the owners of its tasks, those with most first, and who is disconnected', () => {
    const tasks = [
      task({ name: 'cron', framework: other }),
      ...[1, 2, 3, 4].map((n) => task({ name: `web.${n}` })),
    ];
    const facts = [frameworkFacts(), frameworkFacts({ id: other, name: 'chronos', connected: false })];
    expect(stillHeld(word(5, { tasks }), facts)).toEqual({
      code: 'tasks-kept',
      tasks: 5,
      owners: [
        { id: framework, name: 'marathon', connected: true, tasks: 4, named: ['web.1', 'web.2', 'web.3'] },
        { id: other, name: 'chronos', connected: false, tasks: 1, named: ['cron'] },
      ],
      others: 0,
    });
  });

  it('names a framework that nobody knows by its id', () => {
    expect(stillHeld(word(1), [])).toMatchObject({ owners: [{ name: framework, connected: null }] });
  });

  it('remembers the names of those it knew, for they are not asked for at each look', () => {
    const cause = stillHeld(word(1), [frameworkFacts()]);
    expect(stillHeld(word(2), [], cause)).toMatchObject({
      tasks: 2,
      owners: [{ name: 'marathon', connected: true, tasks: 2 }],
    });
    const gone = [frameworkFacts({ connected: false })];
    expect(stillHeld(word(2), gone, cause)).toMatchObject({ owners: [{ connected: false }] });
  });

  it('counts the owners that it leaves out', () => {
    const tasks = Array.from({ length: 9 }, (_, n) => task({ framework: frameworkId(`f-${n}`) }));
    const cause = stillHeld(word(9, { tasks }), []);
    expect(cause).toMatchObject({ tasks: 9, others: 3 });
  });

  it.each<[string, Asked, Cause['code']]>([
    ['tasks that it counts and does not list', word(0, { pending: 2 }), 'tasks-kept'],
    [
      'ends that nobody acknowledged',
      word(0, { tasks: [task({ terminalUnacknowledged: true })], executors: 1 }),
      'unacknowledged',
    ],
    ['pending operations', word(0, { pendingOperations: 1, executors: 1 }), 'operations-pending'],
    ['executors alone', word(0, { executors: 2 }), 'executors-left'],
  ])('tells %s apart', (_, own, code) => {
    const cause = stillHeld(own, []);
    expect(cause.code).toBe(code);
    expect(isHeld(cause)).toBe(true);
  });

  it('is not known where the agent lists nothing, and yet is not empty by the count of the master', () => {
    const cause = stillHeld(word(0), []);
    expect(cause).toMatchObject({ code: 'not-known', why: expect.stringContaining('may hide tasks') });
  });
});
