import { describe, expect, it } from '@jest/globals';
import type { Held } from '../../../src/domain/agent.ts';
import { growthOf } from '../../../src/domain/approval/drift.ts';
import type { FrameworkLoss } from '../../../src/domain/approval/loss.ts';
import { inShort, loss, reservation, runs, volume } from './losses.ts';

describe('what is held on the agent', () => {
  it.each<[string, Held[] | string, Held[] | string, string]>([
    ['nothing, then as now', [], [], '-'],
    ['the same', [volume('v1'), reservation(2)], [volume('v1'), reservation(2)], '-'],
    ['the same in another order', [volume('v1'), reservation(2)], [reservation(2), volume('v1')], '-'],
    ['less', [volume('v1'), volume('v2'), reservation(2)], [volume('v2')], '-'],
    ['smaller', [volume('v1', 2048), reservation(2)], [volume('v1', 1024), reservation(1)], '-'],
    ['a volume that was not shown', [volume('v1')], [volume('v1'), volume('v2')], 'volume v2'],
    ['one volume in place of another', [volume('v1')], [volume('v2')], 'volume v2'],
    ['a volume that has grown', [volume('v1', 1024)], [volume('v1', 1025)], 'volume v1'],
    ['a volume of no size', [], [volume('v1', 0)], 'volume v1'],
    ['a volume of no size, shown as such', [volume('v1', 0)], [volume('v1', 0)], '-'],
    ['a volume of the same name in another role', [volume('v1')], [volume('v1', 1024, 'web')], 'volume v1'],
    ['a reservation that was not shown', [], [reservation(0.1)], 'reservation cpus'],
    ['a reservation that has grown', [reservation(2)], [reservation(2.5)], 'reservation cpus'],
    // Mesos counts in thousandths.
    ['a reservation that has grown by the least', [reservation(2)], [reservation(2.001)], 'reservation cpus'],
    ['a reservation of another role', [reservation(2)], [reservation(2, 'cpus', 'web')], 'reservation cpus'],
    ['a reservation of another resource', [reservation(2)], [reservation(2, 'mem')], 'reservation mem'],
    // The master counts the pieces of one kind as it likes: only their sum is a size.
    ['a reservation in two parts', [reservation(2)], [reservation(1), reservation(1)], '-'],
    ['two parts made one', [reservation(1), reservation(1)], [reservation(2)], '-'],
    ['two parts that have grown', [reservation(2)], [reservation(1), reservation(1.5)], 'reservation cpus'],
    [
      'parts in another order',
      [reservation(0.3), reservation(0.2), reservation(0.1)],
      [reservation(0.1), reservation(0.2), reservation(0.3)],
      '-',
    ],
    [
      'several things at once',
      [reservation(2)],
      [volume('v1'), reservation(3), reservation(4, 'mem'), volume('v2')],
      'volume v1, reservation cpus, reservation mem, volume v2',
    ],
    ['known no more', [volume('v1')], 'the read failed', 'not-known held'],
    ['known no more, where nothing was shown', [], 'the read failed', 'not-known held'],
    // What was shown as not known was approved as such.
    ['known now, and not then', 'the read failed', [volume('v1'), reservation(2)], '-'],
    ['not known, then as now', 'the read failed', 'the read fails again', '-'],
  ])('%s', (_, shown, now, growth) => {
    expect(inShort(growthOf(loss({ held: shown }), loss({ held: now })))).toBe(growth);
  });
});

describe('the tasks that would be lost', () => {
  it.each<[string, FrameworkLoss[] | string | undefined, FrameworkLoss[] | string | undefined, string]>([
    ['none, then as now', [], [], '-'],
    // Counted, not named: a task replaced under a new id is no growth.
    ['as many', [runs('web', 4)], [runs('web', 4)], '-'],
    ['fewer', [runs('web', 4), runs('db', 1)], [runs('web', 1)], '-'],
    ['a framework that was not shown', [runs('web', 4)], [runs('web', 4), runs('db', 1)], 'framework db'],
    ['the first framework', [], [runs('db', 1)], 'framework db'],
    ['one more of few', [runs('web', 1)], [runs('web', 2)], '-'],
    ['two more of few', [runs('web', 1)], [runs('web', 3)], 'more-tasks web 1→3'],
    ['one more of ten', [runs('web', 10)], [runs('web', 11)], '-'],
    ['two more of ten', [runs('web', 10)], [runs('web', 12)], 'more-tasks web 10→12'],
    ['two more of nineteen', [runs('web', 19)], [runs('web', 21)], 'more-tasks web 19→21'],
    ['a tenth more of twenty', [runs('web', 20)], [runs('web', 22)], '-'],
    ['over a tenth more of twenty', [runs('web', 20)], [runs('web', 23)], 'more-tasks web 20→23'],
    ['a tenth more of a hundred', [runs('web', 100)], [runs('web', 110)], '-'],
    ['over a tenth more of a hundred', [runs('web', 100)], [runs('web', 111)], 'more-tasks web 100→111'],
    [
      'more here, fewer there',
      [runs('web', 10), runs('db', 10)],
      [runs('web', 20), runs('db', 1)],
      'more-tasks web 10→20',
    ],
    [
      'several frameworks at once',
      [runs('web', 1)],
      [runs('api', 1), runs('web', 9), runs('db', 1)],
      'framework api, more-tasks web 1→9, framework db',
    ],
    ['known no more', [runs('web', 4)], '403', 'not-known tasks'],
    ['known no more, where none were shown', [], '403', 'not-known tasks'],
    ['known now, and not then', '403', [runs('web', 9)], '-'],
    ['not known, then as now', '403', '403', '-'],
    // They end as in any drain: a cost, and no loss.
    ['no loss of this act', undefined, undefined, '-'],
    ['no loss of what was asked for', undefined, [runs('web', 4)], '-'],
    ['no loss any more', [runs('web', 4)], undefined, '-'],
  ])('%s', (_, shown, now, growth) => {
    const of = (tasks: typeof shown) => loss(tasks === undefined ? {} : { tasks });
    expect(inShort(growthOf(of(shown), of(now)))).toBe(growth);
  });

  it('are compared by the framework’s id, whatever it calls itself', () => {
    const shown = loss({ tasks: [{ framework: 'f-1', name: 'web', tasks: 4 }] });
    expect(growthOf(shown, loss({ tasks: [{ framework: 'f-1', name: 'WEB', tasks: 4 }] }))).toEqual([]);
    expect(growthOf(shown, loss({ tasks: [{ framework: 'f-2', name: 'web', tasks: 4 }] }))).toEqual([
      { what: 'framework', framework: { framework: 'f-2', name: 'web', tasks: 4 } },
    ]);
  });
});

describe('whether it is alive', () => {
  it.each([
    [true, true, '-'],
    [false, false, '-'],
    [false, true, 'alive'],
    [true, false, 'away'],
  ])('shown as alive %s, now %s: %s', (shown, now, drift) => {
    expect(inShort(growthOf(loss({ alive: shown }), loss({ alive: now })))).toBe(drift);
  });
});
