import { describe, expect, it } from '@jest/globals';
import { drainId, instant } from '../../../src/domain/ids.ts';
import type { FrameworkThere, MachineTold } from '../../../src/domain/maintenance/standing.ts';
import { agentThere, machineTold, maintenanceStatus } from './maintenance-examples.ts';
import { earlier, now } from './moments.ts';
import { read } from './read.ts';

const hour = 3_600_000;
const hours = (n: number) => instant(now + n * hour);
const machine = (over: Partial<MachineTold> = {}) => machineTold('agent3.example', over);
const line = (over: Partial<MachineTold> = {}): string =>
  read(maintenanceStatus([machine(over)]))
    .split('\n')
    .find((each) => each.startsWith('• ')) ?? '';
const marathon: FrameworkThere = { id: 'f-1', name: 'marathon', tasks: 3, answer: null };
const spark: FrameworkThere = {
  id: 'f-2',
  name: 'spark',
  tasks: 1,
  answer: { answer: 'ACCEPT', at: earlier },
};

describe('one machine of the maintenance status', () => {
  it.each<[string, Partial<MachineTold>, string]>([
    [
      'is told with its window, agent, work and answers',
      {
        frameworks: [marathon, spark],
        work: [{ on: { what: 'drain', drain: drainId(17), way: 'drain' }, permalink: null }],
      },
      '• `agent3.example (10.0.0.3)`: from 14:32 UTC until 16:32 UTC (2 h); agent3.example (S3), active; marathon with 3 tasks: no answer and spark with 1 task: ACCEPT 14:20 UTC; drain d17 is open',
    ],
    [
      'whose window has begun',
      { window: { start: hours(-1), durationMs: 2 * hour } },
      '• `agent3.example (10.0.0.3)`: its window began 13:22 UTC, until 15:22 UTC (2 h); agent3.example (S3), active; no tasks run there',
    ],
    [
      'whose window has ended, which changes nothing',
      { window: { start: hours(-3), durationMs: hour } },
      '• `agent3.example (10.0.0.3)`: its window of 1 h *ended 12:22 UTC*; agent3.example (S3), active; no tasks run there',
    ],
    [
      'without an end',
      { window: { start: hours(1), durationMs: null } },
      '• `agent3.example (10.0.0.3)`: from 15:22 UTC, without an end; agent3.example (S3), active; no tasks run there',
    ],
    [
      'of which it is not known what runs there',
      { frameworks: [{ ...spark, tasks: null }], runsNotKnown: 'connection refused.' },
      '• `agent3.example (10.0.0.3)`: from 14:32 UTC until 16:32 UTC (2 h); agent3.example (S3), active; spark: ACCEPT 14:20 UTC; what runs there is not known: connection refused',
    ],
    [
      'named by half never fits an agent',
      {
        machine: { hostname: 'agent3.example', ip: null },
        agents: [],
        alike: [agentThere('agent3.example')],
      },
      '• `agent3.example`: from 14:32 UTC until 16:32 UTC (2 h); *half of a name: it never fits an agent*, and nothing comes of it (agent3.example (S3) is registered from 10.0.0.3)',
    ],
    [
      'of another address than its agent',
      {
        machine: { hostname: 'agent3.example', ip: '10.0.0.4' },
        agents: [],
        alike: [agentThere('agent3.example')],
      },
      '• `agent3.example (10.0.0.4)`: from 14:32 UTC until 16:32 UTC (2 h); *no agent is known by this hostname and IP* (agent3.example (S3) is registered from 10.0.0.3)',
    ],
    [
      'that is DOWN, with the agent that it had',
      { is: 'down', agents: [agentThere('agent3.example', { state: 'unlisted' })] },
      '• `agent3.example (10.0.0.3)`: from 14:32 UTC until 16:32 UTC (2 h); agent3.example (S3) was its agent',
    ],
    [
      'that is not scheduled',
      { is: 'up', window: null, frameworks: [marathon] },
      '• `agent3.example (10.0.0.3)`: up; agent3.example (S3), active; marathon with 3 tasks',
    ],
  ])('%s', (_, over, told) => {
    expect(line(over)).toBe(told);
  });
});

describe('the maintenance status', () => {
  it('counts first, and tells each kind apart', () => {
    const text = read(
      maintenanceStatus([
        machine(),
        machine({ is: 'down' }),
        machine({ machine: { hostname: 'x', ip: null }, agents: [] }),
        machine({ machine: { hostname: 'y', ip: null }, agents: [] }),
      ]),
    );
    expect(text.split('\n').filter((each) => each.startsWith('*'))).toEqual([
      '*Maintenance of prod: 1 machine is to go down, 1 machine is DOWN and 2 entries fit no agent.*',
      '*To go down:*',
      '*DOWN:*',
      '*In the schedule, and fit no agent:*',
    ]);
  });

  it.each<[string, MachineTold[], string | null]>([
    [
      'no answer yet',
      [machine({ frameworks: [marathon] })],
      'a failover or any write of the schedule forgets them',
    ],
    ['an answer', [machine({ frameworks: [spark] })], null],
    [
      'a drained agent',
      [machine({ agents: [agentThere('agent3.example', { state: 'drained' })] })],
      'Frameworks are not asked about an agent that is deactivated, draining or drained. Once its maintenance starts, the master removes it and forgets that: it comes back active.',
    ],
    [
      'a machine that is DOWN',
      [machine({ is: 'down' })],
      '`/mesos maintenance stop agent3.example` brings it up again',
    ],
  ])('says what is meant by %s', (_, machines, said) => {
    const text = read(maintenanceStatus(machines));
    if (said === null) expect(text).not.toContain('forgets them');
    else expect(text).toContain(said);
  });

  it.each<[string, MachineTold[], boolean, string]>([
    ['an empty schedule', [], false, '*No machine of prod is in the maintenance schedule.*'],
    [
      'a machine that is in none',
      [machine({ is: 'up', window: null })],
      true,
      '*On prod, that machine is not in the maintenance schedule.*',
    ],
  ])('says of %s that nothing is scheduled', (_, machines, narrowed, first) => {
    expect(read(maintenanceStatus(machines, { narrowed })).split('\n')[0]).toBe(first);
  });
});
