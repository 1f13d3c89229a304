import { describe, expect, it } from '@jest/globals';
import { agentId as agentIdOf } from '../../../src/domain/ids.ts';
import { type ListedTask, narrowedTo, type Spread, thinOf } from '../../../src/domain/preview/spread.ts';
import { agentId, frameworkFacts, previewTask } from '../../support/samples.ts';

const elsewhere = agentIdOf('x-S9');
let last = 0;

/** `web` is a running task elsewhere, `web!` one here, `web?` one elsewhere that does not run. */
function listed(...names: string[]): ListedTask[] {
  return names.map((name) => ({
    taskId: `t.${++last}`,
    name: name.replace(/[!?]$/, ''),
    agentId: name.endsWith('!') ? agentId : elsewhere,
    running: !name.endsWith('?'),
  }));
}

function thin(here: string[], all: ListedTask[]) {
  const tasks = here.map((name) => previewTask({ name }));
  return thinOf({ framework: frameworkFacts(), tasks }, [agentId], all);
}

const names = (...found: [string, number, number][]) => ({
  known: true,
  value: { told: 'names', names: found.map(([name, here, other]) => ({ name, here, elsewhere: other })) },
});

describe('what of a framework runs hardly anywhere else', () => {
  it.each<[string, string[], string[], [string, number, number][]]>([
    ['the only instance of its name', ['cron'], ['cron!'], [['cron', 1, 0]]],
    ['only other names elsewhere', ['billing'], ['billing!', 'report'], [['billing', 1, 0]]],
    ['one of two: half is not more than half', ['web'], ['web!', 'web'], []],
    ['one of three', ['web'], ['web!', 'web', 'web'], []],
    ['two of three', ['web', 'web'], ['web!', 'web!', 'web'], [['web', 2, 1]]],
    ['all of them', ['web', 'web'], ['web!', 'web!'], [['web', 2, 0]]],
    ['the others do not run', ['web'], ['web!', 'web?', 'web?'], [['web', 1, 0]]],
    [
      'the only ones first',
      ['a', 'a', 'b'],
      ['a!', 'a!', 'a', 'b!'],
      [
        ['b', 1, 0],
        ['a', 2, 1],
      ],
    ],
  ])('judges by names: %s', (_, here, all, found) => {
    expect(thin(here, listed(...all))).toEqual(names(...found));
  });

  it.each<[string, string[], boolean]>([
    ['numbers alone tell them apart', ['web.1!', 'web.2', 'api.1'], true],
    ['ids alone tell them apart', ['job-0a1b2c3d!', 'job-ffee0011'], true],
    ['an ended one had another number', ['job-17!', 'job-16?'], true],
    ['a name comes twice', ['web.1!', 'web.1', 'web.2'], false],
    ['they are different things', ['billing!', 'report'], false],
    ['there is one alone', ['job-17!'], false],
  ])('does not judge names that each task has for itself: %s', (_, all, unique) => {
    const found = thin([all[0]?.slice(0, -1) ?? ''], listed(...all));
    expect(found.known && found.value.told).toBe(unique ? 'unique-names' : 'names');
  });

  it('does not know where the master lists none of the tasks that run here', () => {
    expect(thin(['web'], listed('web'))).toEqual({
      known: false,
      why: expect.stringContaining('permissions'),
    });
  });
});

describe('what of a list of agents is about one of them', () => {
  const { id, name } = frameworkFacts();
  const group = (...of: string[]) => ({
    framework: frameworkFacts(),
    tasks: of.map((each) => previewTask({ name: each })),
  });
  const ofAll = (thinOfAll: Spread['thin']): Spread[] => [{ framework: id, name, thin: thinOfAll }];
  const names2: Spread['thin'] = {
    known: true,
    value: {
      told: 'names',
      names: [
        { name: 'web', here: 3, elsewhere: 0 },
        { name: 'cron', here: 2, elsewhere: 1 },
      ],
    },
  };
  const unknown: Spread['thin'] = { known: false, why: 'timeout' };

  it.each<[string, Spread[], string[], Spread['thin'][]]>([
    ['its own tasks of a name', ofAll(names2), ['web', 'web'], [names(['web', 2, 0]) as Spread['thin']]],
    ['nothing of names that it has not', ofAll(names2), ['api'], [names() as Spread['thin']]],
    ['nothing of a framework that has no task there', ofAll(names2), [], []],
    ['that nobody knows', ofAll(unknown), ['web'], [unknown]],
  ])('%s', (_, spread, tasks, found) => {
    expect(narrowedTo(spread, [group(...tasks)]).map(({ thin: each }) => each)).toEqual(found);
  });
});
