import { describe, expect, it } from '@jest/globals';
import { agentId } from '../../../src/domain/ids.ts';
import type { ListedTask } from '../../../src/domain/preview/spread.ts';
import { alikeIn, isTogether, lastInstancesOn } from '../../../src/domain/rolling/alike.ts';

const [a, b, c] = ['x-S1', 'x-S2', 'x-S3'].map(agentId) as [
  ReturnType<typeof agentId>,
  ReturnType<typeof agentId>,
  ReturnType<typeof agentId>,
];
const framework = { id: 'f1', name: 'marathon' };
let nth = 0;
const task = (name: string, on: typeof a, running = true): ListedTask => ({
  taskId: `t${++nth}`,
  name,
  agentId: on,
  running,
});

describe('what stands in for one another', () => {
  it('is what runs under one name', () => {
    const listed = [task('web', a), task('web', a), task('web', b), task('db', c), task('db', b, false)];
    expect(alikeIn(framework, listed)).toEqual([
      {
        framework: 'f1',
        frameworkName: 'marathon',
        name: 'web',
        on: [
          { agentId: a, count: 2 },
          { agentId: b, count: 1 },
        ],
      },
      { framework: 'f1', frameworkName: 'marathon', name: 'db', on: [{ agentId: c, count: 1 }] },
    ]);
  });

  it('is all of a framework that names each of its tasks differently', () => {
    expect(alikeIn(framework, [task('web.1', a), task('web.2', b)])).toMatchObject([
      { name: null, on: [{ agentId: a }, { agentId: b }] },
    ]);
  });
});

describe('the last instances on some agents', () => {
  const alike = alikeIn(framework, [
    task('web', a),
    task('web', b),
    task('db', a),
    task('db', a),
    task('api', a),
    task('api', c),
  ]);

  it.each<[string, (typeof a)[], (typeof a)[], [string, number, boolean][]]>([
    ['all on one agent, which no order helps', [a], [], [['db', 2, false]]],
    [
      'all on several that go together',
      [a, b],
      [],
      [
        ['web', 2, true],
        ['db', 2, false],
      ],
    ],
    ['nothing while one runs elsewhere', [b], [], []],
    ['those whose others are going already', [c], [a], [['api', 2, true]]],
    ['nothing of what only others hold', [b], [c], []],
  ])('are %s', (_, agents, going, expected) => {
    const found = lastInstancesOn(agents, alike, going);
    expect(found.map((each) => [each.name, each.count, isTogether(each)])).toEqual(expected);
  });
});
