import { describe, expect, it } from '@jest/globals';
import {
  effectiveGrace,
  executorDefaultSeconds,
  expectedEnd,
  groupTasks,
} from '../../../src/domain/drain/grace.ts';
import { frameworkId, seconds } from '../../../src/domain/ids.ts';
import { at, framework, frameworkFacts, noon, task } from '../../support/samples.ts';

describe('effectiveGrace', () => {
  it.each([
    ['no kill policy and no max', null, null, executorDefaultSeconds, 'executor-default'],
    ['no kill policy: a max raises it', null, 600, 600, 'raised'],
    ['no kill policy and a max of 0', null, 0, 0, 'max-grace'],
    ['a kill policy and no max', 30, null, 30, 'kill-policy'],
    ['a longer kill policy is cut', 900, 600, 600, 'max-grace'],
    ['a shorter kill policy stays', 30, 600, 30, 'kill-policy'],
    ['an equal kill policy stays', 600, 600, 600, 'kill-policy'],
  ])('%s', (_, policy, max, graceSeconds, graceFrom) => {
    expect(effectiveGrace(policy, max === null ? null : seconds(max))).toEqual({
      graceSeconds,
      graceFrom,
      ownGraceSeconds: policy ?? executorDefaultSeconds,
    });
  });
});

describe('groupTasks', () => {
  const other = frameworkId('36693d5a-0001');
  const tasks = [
    task({ name: 'short', killPolicySeconds: 1 }),
    task({ name: 'cron', framework: other }),
    task({ name: 'long', killPolicySeconds: 900 }),
  ];

  it('groups tasks by framework, the longest grace first', () => {
    const groups = groupTasks(tasks, [frameworkFacts()], seconds(600), 'not listed');
    expect(groups.map((group) => group.tasks.map(({ name, graceSeconds }) => [name, graceSeconds]))).toEqual([
      [
        ['long', 600],
        ['short', 1],
      ],
      [['cron', 600]],
    ]);
    expect(groups[0]?.framework).toMatchObject({ id: framework, name: 'marathon' });
  });

  it('says why a framework has no name', () => {
    const [, unnamed] = groupTasks(tasks, [frameworkFacts()], null, 'not listed');
    expect(unnamed?.framework).toEqual({ id: other, name: null, why: 'not listed' });
  });

  it('has no group where nothing runs', () => {
    expect(groupTasks([], [frameworkFacts()], null, '')).toEqual([]);
  });
});

describe('expectedEnd', () => {
  it('is when the longest grace of all frameworks is over', () => {
    const groups = groupTasks(
      [task({ killPolicySeconds: 20 }), task({ framework: frameworkId('f-2'), killPolicySeconds: 90 })],
      [],
      null,
      '',
    );
    expect(expectedEnd(groups, noon)).toBe(at(90));
  });

  it('is not there where nothing runs', () => {
    expect(expectedEnd([], noon)).toBeNull();
  });
});
