import { describe, expect, it } from '@jest/globals';
import type { RegisteredAgent } from '../../../src/domain/agent.ts';
import { agentId, instant, masterId, planId } from '../../../src/domain/ids.ts';
import {
  objectionsToMaintenance,
  objectionsToTakingDown,
  objectionsToUndrained,
} from '../../../src/domain/maintenance/may-maintain.ts';
import type { MaintenanceSeen } from '../../../src/domain/maintenance/seen.ts';
import type { MachinesWork, Plan } from '../../../src/domain/plan.ts';
import { agentsPlan, machinesPlan, next } from '../../support/plan-samples.ts';

const machine = { hostname: 'agent1.example', ip: '10.0.0.1' };
const lines = [{ machine, agents: [{ agentId: agentId('3669f2a1-S1'), drain: null }] }];
const window = { startNs: '1795389486883645441', durationNs: null };
const clear: MachinesWork = { do: 'clear' };
const afterDrain: MachinesWork = { do: 'start', window, drainFirst: { maxGrace: null } };
const atOnce: MachinesWork = { do: 'start', window, drainFirst: null };

const leader = masterId('m-1');
const scheduled: MaintenanceSeen = {
  leader,
  windows: [{ machines: [machine], startNs: 0n, durationNs: null }],
  draining: [],
  down: [],
};
const down: MaintenanceSeen = { ...scheduled, down: [machine] };
const none: MaintenanceSeen = { ...scheduled, windows: [] };

const asked = { status: 'asked' as const, approval: 1 as never };
const others: [string, Plan, string[]][] = [
  ['is about this machine', next(machinesPlan(), asked), ['in-plan']],
  ['is to drain its agent', next(agentsPlan(), asked), ['in-plan']],
  ['only its asker has seen', agentsPlan(), []],
  ['has ended', next(agentsPlan(), { status: 'ended', at: instant(1), end: { kind: 'not-confirmed' } }), []],
];

function agent(
  state: 'DRAINED' | 'DRAINING' | null,
): Pick<RegisteredAgent, 'hostname' | 'address' | 'drain'> {
  const drain = state === null ? null : { state, maxGraceNs: null, markGone: false };
  return { hostname: machine.hostname, address: { ip: machine.ip, port: 5051 }, drain };
}

describe('what speaks against maintenance of a machine', () => {
  it.each(others)('of another plan that %s', (_, plan, why) => {
    const found = objectionsToMaintenance(clear, lines, scheduled, [], [plan], planId(9));
    expect(found.map((each) => each.why)).toEqual(why);
    expect(objectionsToMaintenance(clear, lines, scheduled, [], [plan], plan.id)).toEqual([]);
  });

  it.each<[string, MachinesWork, MaintenanceSeen, ReturnType<typeof agent>[], string[]]>([
    ['is down already', atOnce, down, [], ['down']],
    ['is not scheduled any more', atOnce, none, [], ['not-scheduled']],
    ['has a live agent, which it was meant to lose', atOnce, scheduled, [agent(null)], []],
    ['has the agent that was drained first', afterDrain, scheduled, [agent('DRAINED')], []],
    [
      'has an agent that was to be drained, and was reactivated',
      afterDrain,
      scheduled,
      [agent(null)],
      ['not-drained'],
    ],
    ['has one that drains anew', afterDrain, scheduled, [agent('DRAINING')], ['not-drained']],
    ['has no agent any more', afterDrain, scheduled, [], []],
  ])('that is about to go down: it %s', (_, work, seen, registered, why) => {
    const found = objectionsToTakingDown({ work, lines }, seen, registered);
    expect(found.map((each) => each.why)).toEqual(why);
    const undrained = objectionsToUndrained({ work, lines }, registered);
    expect(undrained.map((each) => each.why)).toEqual(why.filter((each) => each === 'not-drained'));
  });
});
