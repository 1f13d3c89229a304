import { describe, expect, it } from '@jest/globals';
import type { AgentSighting, MasterSighting } from '../../../src/domain/agent.ts';
import type { Cause } from '../../../src/domain/drain/cause.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import { judging } from '../../../src/domain/drain/proof.ts';
import { isEmpty, movingAgain, tasksLeft, waitingOn } from '../../../src/domain/drain/stuck.ts';
import type { Drain, DrainEvent } from '../../../src/domain/drain.ts';
import {
  asked,
  at,
  drain,
  drained,
  draining,
  framework,
  frameworkFacts,
  inDraining,
  leader,
  notAsked,
  notRead,
  operation,
  shows,
  sighting,
  task,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

const killed = task({ taskId: 'web.9', state: 'TASK_KILLED', terminalUnacknowledged: true });
const unacknowledged = asked(0, { tasks: [killed] });
const recovered: MasterSighting = { kind: 'recovered', leader };

describe('the cause of a wait', () => {
  it.each<[string, number, MasterSighting, AgentSighting, object]>([
    ['a silent master', 5, notRead, notAsked, { code: 'master-silent', why: 'no master answers' }],
    ['a failover', 5, recovered, notAsked, { code: 'recovering' }],
    ['an unreachable agent', 15, unreachable(), notAsked, { code: 'unreachable', since: at(10) }],
    ['an unlisted agent', 5, unexplained, notAsked, { code: 'not-listed', why: 'the registry answers 403' }],
    ['a silent agent', 5, shows(draining), notAsked, { code: 'not-known', why: 'connection refused' }],
    [
      'tasks before the expected end',
      600,
      shows(draining),
      asked(4),
      { code: 'tasks-in-grace', tasks: 4, until: at(600) },
    ],
    ['tasks after the expected end', 601, shows(draining), asked(4), { code: 'tasks-overdue', count: 4 }],
    [
      'ended tasks that nobody acknowledged',
      5,
      shows(draining),
      unacknowledged,
      { code: 'unacknowledged', tasks: 1 },
    ],
    [
      'a running task before an unacknowledged one',
      5,
      shows(draining),
      asked(1, { tasks: [task(), killed] }),
      { code: 'tasks-in-grace', tasks: 1, until: at(600) },
    ],
    [
      'a pending operation',
      5,
      shows(draining),
      asked(0, { pendingOperations: 2 }),
      { code: 'operations-pending', operations: 2 },
    ],
    ['nothing at all', 5, shows(draining), asked(0), { code: 'missed-check' }],
    [
      'tasks that are counted and not listed',
      5,
      shows(draining),
      asked(1, { tasks: [] }),
      { code: 'not-known', why: 'the agent counts tasks that it does not list' },
    ],
    [
      'work after DRAINED',
      5,
      shows(drained),
      asked(0, { executors: 2, draining: true }),
      { code: 'agent-still-busy', executors: 2, tasks: 0, operations: 0, draining: true },
    ],
  ])('is named: %s', (_, seconds, master, own, cause) => {
    const look = {
      drain: drain(),
      sighting: sighting(seconds, master, own),
      limits: judging,
      at: at(seconds),
    };
    expect(waitingOn(look, inDraining({ waiting: null }))).toMatchObject([{ type: 'waiting', cause }]);
  });

  it.each([
    ['as its name and whether it is connected', [frameworkFacts({ connected: false })], 'marathon', false],
    ['by its id where the master does not tell', [], framework, null],
  ] as const)('names the framework that does not acknowledge, %s', (_, frameworks, name, connected) => {
    const seen = sighting(5, shows(draining), unacknowledged, [...frameworks]);
    const look = { drain: drain(), sighting: seen, limits: judging, at: at(5) };
    expect(waitingOn(look, inDraining({ waiting: null }))).toMatchObject([
      { cause: { code: 'unacknowledged', frameworks: [{ id: framework, name, connected }] } },
    ]);
  });

  it('shows five overdue tasks and counts the rest', () => {
    const look = {
      drain: drain(),
      sighting: sighting(700, shows(draining), asked(7)),
      limits: judging,
      at: at(700),
    };
    const [event] = waitingOn(look, inDraining({ waiting: null }));
    expect(event).toMatchObject({ cause: { code: 'tasks-overdue', count: 7 } });
    expect(
      event?.type === 'waiting' && event.cause.code === 'tasks-overdue' && event.cause.tasks,
    ).toHaveLength(5);
  });
});

/** Looks at one drain again and again; answers what was told, with its second after noon. */
function story(
  steps: [seconds: number, master: MasterSighting, own?: AgentSighting][],
  over: Partial<Drain> = {},
) {
  let now = drain({ state: inDraining({ waiting: null }), ...over });
  const told: string[] = [];
  for (const [seconds, master, own = asked(4)] of steps) {
    const events: DrainEvent[] = observe(now, sighting(seconds, master, own), null);
    for (const event of events) {
      if (event.type === 'waiting' && event.tell) told.push(`${seconds} ${event.cause.code}`);
      if (event.type === 'moving-again') told.push(`${seconds} over: ${event.was.code}`);
      if (event.type === 'ended') told.push(`${seconds} ended ${event.end.kind}`);
      now = evolve(now, event);
    }
  }
  return told;
}

const stuck: [MasterSighting, AgentSighting] = [shows(draining), unacknowledged];
const minute = 60;
const hour = 3_600;
const day = 86_400;

describe('what people are told of a wait', () => {
  it('is nothing for two minutes, then the cause, then the same once an hour', () => {
    const steps = [5, 100, 124, 125, 130, hour, hour + 124, hour + 125, 2 * hour + 125];
    expect(story(steps.map((seconds) => [seconds, ...stuck]))).toEqual([
      '125 unacknowledged',
      `${hour + 125} unacknowledged`,
      `${2 * hour + 125} unacknowledged`,
    ]);
  });

  it('is nothing while tasks are within their grace, however long that is', () => {
    const expectedEnd = at(30 * day);
    expect(
      story(
        [5, hour, day, 29 * day].map((seconds) => [seconds, shows(draining)]),
        { expectedEnd },
      ),
    ).toEqual([]);
  });

  it('is that tasks are overdue, two minutes after the expected end', () => {
    expect(story([5, 600, 601, 720, 721].map((seconds) => [seconds, shows(draining)]))).toEqual([
      '721 tasks-overdue',
    ]);
  });

  it('is that tasks do not move, where nobody knows when they should end', () => {
    expect(
      story(
        [5, 124, 125].map((seconds) => [seconds, shows(draining)]),
        { expectedEnd: null },
      ),
    ).toEqual(['125 tasks-in-grace']);
  });

  it('is nothing about an agent that can not be asked, until its tasks should have ended', () => {
    const steps = [5, 300, 600, 719, 720].map((seconds): Parameters<typeof story>[0][number] => [
      seconds,
      shows(draining),
      notAsked,
    ]);
    expect(story(steps)).toEqual(['720 not-known']);
  });

  it.each([
    ['the master', notRead, notAsked],
    ['a leader that the agent has not registered with', recovered, notAsked],
  ])('is the cause in time, though %s is silent now and then', (_, master, own) => {
    const steps = Array.from({ length: 30 }, (__, n): Parameters<typeof story>[0][number] =>
      n % 6 === 5 ? [5 + 5 * n, master, own] : [5 + 5 * n, ...stuck],
    );
    expect(story(steps)).toEqual(['125 unacknowledged']);
    const everyOther = steps.map(([seconds], n): Parameters<typeof story>[0][number] =>
      n % 2 === 1 ? [seconds, master, own] : [seconds, ...stuck],
    );
    expect(story(everyOther)).toEqual(['125 unacknowledged']);
  });

  it('is since when a framework is seen away, also after a look at nothing', () => {
    const away = frameworkFacts({ connected: false });
    let now = drain({ state: inDraining({ waiting: null }) });
    for (const seen of [
      sighting(5, ...stuck, [away]),
      sighting(10, notRead, notAsked),
      sighting(15, notRead, notAsked),
      sighting(20, ...stuck, [away]),
    ])
      now = observe(now, seen, null).reduce(evolve, now);
    expect(now.state).toMatchObject({
      waiting: { since: at(5), cause: { code: 'unacknowledged', frameworks: [{ since: at(5) }] } },
    });
  });

  it('is at once that the agent is unreachable, and that it is back', () => {
    expect(
      story([
        [5, shows(draining)],
        [10, unreachable()],
        [15, unreachable()],
        [20, shows(draining)],
      ]),
    ).toEqual(['10 unreachable', '20 over: unreachable']);
  });

  it('is that it moves again when a task ends after it was stuck', () => {
    expect(
      story([
        [5, ...stuck],
        [130, ...stuck],
        [135, shows(draining), asked(0, { pendingOperations: 1 })],
      ]),
    ).toEqual(['130 unacknowledged', '135 over: unacknowledged']);
    expect(
      story([
        [601, shows(draining)],
        [721, shows(draining)],
        [730, shows(draining), asked(3)],
        [735, shows(draining), asked(3)],
      ]),
    ).toEqual(['721 tasks-overdue', '730 over: tasks-overdue']);
  });

  it.each([
    ['the master is silent for a look', notRead, notAsked],
    ['the agent is silent for a look', shows(draining), notAsked],
    ['the agent has not re-registered', recovered, notAsked],
  ])('is not that it moves again because %s', (_, master, own) => {
    expect(
      story([
        [5, ...stuck],
        [130, ...stuck],
        [135, master, own],
        [140, ...stuck],
      ]),
    ).toEqual(['130 unacknowledged']);
  });

  it('is the silence of the master where that lasts until the next reminder', () => {
    expect(
      story([
        [5, ...stuck],
        [130, ...stuck],
        [135, notRead],
        [hour + 130, notRead],
      ]),
    ).toEqual(['130 unacknowledged', `${hour + 130} master-silent`]);
  });

  it('is hourly on the first day that an agent is not listed, daily then, and the end after seven', () => {
    const told = story(
      Array.from({ length: 8 * 24 }, (_, n): Parameters<typeof story>[0][number] => [
        10 * minute + n * hour,
        unexplained,
      ]),
    );
    expect(told.slice(0, 24)).toEqual(
      Array.from({ length: 24 }, (_, n) => `${10 * minute + n * hour} not-listed`),
    );
    expect(told.slice(24, -1)).toHaveLength(6);
    expect(told.at(-1)).toBe(`${10 * minute + 7 * day} ended lost-sight`);
  });

  it('counts the days out of sight on while the master is silent for a look', () => {
    const steps = [0, day, 3 * day, 7 * day].flatMap((seconds): Parameters<typeof story>[0] => [
      [seconds + 10, unexplained],
      [seconds + 15, notRead],
    ]);
    expect(story(steps).at(-1)).toBe(`${7 * day + 10} ended lost-sight`);
  });
});

/** So many operations that an operator asked for. */
function pending(operations: number): Cause {
  const named = Array.from({ length: operations }, (_, n) => operation({ id: `op-${n + 1}` }));
  return { code: 'operations-pending', by: 'agent', operations, named };
}

describe('a wait whose facts change', () => {
  it('is noted without being told, so that the card shows the truth', () => {
    const state = inDraining({
      waiting: { cause: pending(3), since: at(5), toldAt: at(125) },
    });
    const seen = sighting(200, shows(draining), asked(0, { pendingOperations: 1 }));
    const look = { drain: drain(), sighting: seen, limits: judging, at: at(200) };
    expect(waitingOn(look, state)).toEqual([
      { type: 'waiting', at: at(200), cause: pending(1), tell: false },
    ]);
  });
});

describe('movingAgain', () => {
  const cause = { code: 'recovering' } as const;
  it.each([
    ['a wait that was told', { cause, since: at(1), toldAt: at(2) }, 1],
    ['a wait that nobody heard of', { cause, since: at(1), toldAt: null }, 0],
    ['no wait', null, 0],
  ])('after %s', (_, waiting, count) => {
    expect(movingAgain(inDraining({ waiting }), at(9))).toHaveLength(count);
  });
});

describe('what an agent says is left', () => {
  it.each<[string, ReturnType<typeof asked>, number, boolean]>([
    ['nothing', asked(0), 0, true],
    ['a launched task', asked(1), 1, false],
    ['a queued task', asked(0, { queued: 1 }), 1, false],
    ['a pending task', asked(0, { pending: 1 }), 1, false],
    ['an executor', asked(0, { executors: 1 }), 0, false],
    ['an operation', asked(0, { pendingOperations: 1 }), 0, false],
    ['its own drain', asked(0, { draining: true }), 0, false],
  ])('%s', (_, own, left, empty) => {
    expect(tasksLeft(own)).toBe(left);
    expect(isEmpty(own)).toBe(empty);
  });

  it('is not known of an agent that could not be asked', () => {
    expect(tasksLeft(notAsked)).toBeNull();
  });
});
