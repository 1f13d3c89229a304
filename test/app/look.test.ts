import { describe, expect, it } from '@jest/globals';
import { look } from '../../src/app/drains/look.ts';
import type { Diagnosis } from '../../src/domain/agent.ts';
import type { Drain } from '../../src/domain/drain.ts';
import { fakeMaster, type MasterSays } from '../support/fake-master.ts';
import { portClock } from '../support/port-clock.ts';
import {
  asked,
  at,
  drain,
  drained,
  draining,
  inDraining,
  noon,
  notAsked,
  shows,
  task,
  unreachable,
} from '../support/samples.ts';

const listed: Diagnosis = {
  at: noon,
  tasks: { known: true, value: [] },
  operations: { known: true, value: [] },
};

async function asks(says: MasterSays, over: Partial<Drain>, diagnosis: Diagnosis | null) {
  const { master, reads } = fakeMaster(says);
  const { clock } = portClock();
  const order = drain({ state: inDraining(), ...over });
  const sighting = await look(master, clock, order, async () => diagnosis);
  return { reads, sighting };
}

describe('a look at the agent of a drain', () => {
  it.each<[string, MasterSays, Partial<Drain>, Diagnosis | null, string]>([
    ['nobody has to be named', { lookAt: shows(draining), askAgent: asked(4) }, {}, null, 'lookAt askAgent'],
    [
      'tasks are overdue',
      { lookAt: shows(draining), askAgent: asked(4) },
      { expectedEnd: at(-1) },
      null,
      'lookAt askAgent frameworks',
    ],
    [
      'an operation is pending',
      { lookAt: shows(draining), askAgent: asked(0, { pendingOperations: 1 }) },
      {},
      null,
      'lookAt askAgent frameworks',
    ],
    [
      'a task is not acknowledged',
      { lookAt: shows(draining), askAgent: asked(0, { tasks: [task({ terminalUnacknowledged: true })] }) },
      {},
      null,
      'lookAt askAgent frameworks',
    ],
    [
      'executors run on after DRAINED',
      { lookAt: shows(drained), askAgent: asked(0, { executors: 1 }) },
      {},
      null,
      'lookAt askAgent frameworks',
    ],
    [
      'executors run before it',
      { lookAt: shows(draining), askAgent: asked(0, { executors: 1 }) },
      {},
      null,
      'lookAt askAgent',
    ],
    [
      'the master had to list what is there',
      { lookAt: shows(draining), askAgent: notAsked },
      {},
      listed,
      'lookAt askAgent frameworks',
    ],
    [
      'the agent is silent and nothing was listed',
      { lookAt: shows(draining), askAgent: notAsked },
      {},
      null,
      'lookAt askAgent',
    ],
    ['it is not registered', { lookAt: unreachable() }, {}, listed, 'lookAt'],
  ])('asks who the frameworks are only to name one: %s', async (_what, says, over, diagnosis, expected) => {
    expect((await asks(says, over, diagnosis)).reads.join(' ')).toBe(expected);
  });

  it('goes without their names where they can not be read', async () => {
    const says: MasterSays = { lookAt: shows(draining), askAgent: asked(4), failing: ['frameworks'] };
    const { sighting } = await asks(says, { expectedEnd: at(-1) }, null);
    expect(sighting).toMatchObject({ frameworks: [], agent: { kind: 'asked' } });
  });
});
