import { describe, expect, it } from '@jest/globals';
import * as ids from '../../../src/domain/ids.ts';
import { evolveMachines } from '../../../src/domain/maintenance/evolve.ts';
import { type MachinesLook, observeMachines } from '../../../src/domain/maintenance/observe.ts';
import type { Window } from '../../../src/domain/maintenance/window.ts';
import type { MachinesPlan, MachinesStep, MachinesWork } from '../../../src/domain/plan.ts';
import { machinesPlan } from '../../support/plan-samples.ts';

const a = { hostname: 'agent1.example', ip: '10.0.0.1' };
const other = { hostname: 'other.example', ip: '10.0.0.8' };
const s1 = ids.agentId('3669f2a1-S1');
const s9 = ids.agentId('3669f2a1-S9');
const leader = ids.masterId('m-1');
const span = { startNs: 1_795_389_486_883_645_441n, durationNs: 3_600_000_000_000n };
const window = { startNs: `${span.startNs}`, durationNs: `${span.durationNs}` };
const ours: Window = { machines: [a], ...span };
const theirs: Window = { machines: [other], startNs: 5n, durationNs: null };

const minute = 60_000;
const at = (ms: number) => ids.instant(1_000_000 + ms);

function plan(work: MachinesWork, step: MachinesStep): MachinesPlan {
  return machinesPlan({
    work,
    lines: [{ machine: a, agents: [{ agentId: s1, drain: null }] }],
    state: { status: 'running', since: at(0), step },
  });
}

function look(
  ms: number,
  over: { windows?: Window[]; down?: (typeof a)[]; on?: ids.AgentId[]; by?: ids.MasterId } = {},
): MachinesLook {
  const { windows = [], down = [], on = [], by = leader } = over;
  return {
    at: at(ms),
    seen: { leader: by, windows, draining: [], down },
    registered: on.map((agentId) => ({ agentId, ...a })),
  };
}

const silent = (ms: number): MachinesLook => ({ at: at(ms), seen: null, why: 'timeout' });

/** Each event by its type, an end by why. */
function told(of: MachinesPlan, ...looks: MachinesLook[]): string[][] {
  let now = of;
  return looks.map((each) => {
    const events = observeMachines(now, each);
    for (const event of events) now = evolveMachines(now, event);
    return events.map((event) => {
      if (event.type === 'step-begun') return `step-begun ${event.step.at}`;
      if (event.type !== 'ended') return event.type;
      return `ended ${event.end.kind === 'failed' ? event.end.why.code : event.end.kind}`;
    });
  });
}

const schedule: MachinesWork = { do: 'schedule', window };
const start: MachinesWork = { do: 'start', window, drainFirst: null };
const stop: MachinesWork = { do: 'stop' };
const written = { base: [], between: [] };
const following = (call: 'schedule' | 'start' | 'stop'): MachinesStep => ({
  at: 'following',
  call,
  ...(call === 'schedule' ? written : { base: null, between: [] }),
  acceptedAt: at(0),
  amiss: null,
  toldAt: null,
});
const checking = (call: 'schedule' | 'start'): MachinesStep => ({
  at: 'checking',
  call,
  ...(call === 'schedule' ? written : { base: null, between: [] }),
  intendedAt: at(0),
  why: 'timeout',
  noEffect: null,
  blindSince: null,
  toldAt: null,
});
const returning: MachinesStep = { at: 'returning', since: at(0), toldAt: null, back: [] };

describe('a plan over machines', () => {
  it.each<[string, MachinesPlan, MachinesLook[], string[][]]>([
    [
      'is done once a read shows what it wrote',
      plan(schedule, following('schedule')),
      [look(1, { windows: [theirs, ours] })],
      [['step-done', 'ended done']],
    ],
    [
      'ends as undone after two reads of one leader that do not show it',
      plan(schedule, following('schedule')),
      [look(1), look(500), look(1_001)],
      [['amiss-seen'], [], ['ended undone']],
    ],
    [
      'begins its doubt anew with another leader',
      plan(schedule, following('schedule')),
      [look(1), look(1_001, { by: ids.masterId('m-2') })],
      [['amiss-seen'], ['amiss-seen']],
    ],
    [
      'takes the machine down once it is scheduled',
      plan(start, following('schedule')),
      [look(1, { windows: [ours] })],
      [['step-done', 'step-begun next']],
    ],
    [
      'waits until the agent of a machine that is DOWN is removed, and tells when that lasts',
      plan(start, following('start')),
      [
        look(1, { down: [a], on: [s1] }),
        look(3 * minute, { down: [a], on: [s1] }),
        look(4 * minute, { down: [a] }),
      ],
      [[], ['still-there'], ['step-done', 'ended done']],
    ],
    [
      'waits for the agent of a machine that is up',
      plan(stop, following('stop')),
      [look(1), look(minute, { on: [s1] })],
      [
        ['step-done', 'step-begun returning'],
        ['agent-back', 'ended done'],
      ],
    ],
    [
      'finds the effect of a call whose answer was lost',
      plan(start, checking('start')),
      [look(1, { down: [a] })],
      [['effect-seen', 'step-done', 'ended done']],
    ],
    [
      'takes a call for not applied after two late reads without effect, and no sooner',
      plan(start, checking('start')),
      [look(1), look(2 * minute), look(2 * minute + 1_000)],
      [[], ['no-effect-seen'], ['ended not-applied']],
    ],
    [
      'keeps what others write while its own write may be on its way, and tells what that took out',
      plan(schedule, checking('schedule')),
      [look(1, { windows: [theirs] }), look(2, { windows: [theirs] }), look(3, { windows: [ours] })],
      [['read-between'], [], ['effect-seen', 'step-done', 'ended done']],
    ],
    [
      'tells while nobody can look, hourly, and never takes that for an answer',
      plan(start, checking('start')),
      [silent(1), silent(3 * minute), silent(4 * minute), silent(64 * minute), look(65 * minute)],
      [['unseen'], ['unseen'], [], ['unseen'], ['seen-again', 'no-effect-seen']],
    ],
    [
      'tells hourly, then daily, that no agent is back, and gives up after a week',
      plan(stop, returning),
      [
        look(59 * minute),
        look(60 * minute),
        look(25 * 60 * minute),
        look(30 * 60 * minute),
        look(7 * 24 * 60 * minute),
      ],
      [[], ['not-back'], ['not-back'], [], ['ended not-back']],
    ],
    [
      'ends when somebody takes a machine down again that is waited for',
      plan(stop, returning),
      [look(1, { down: [a] })],
      [['ended undone']],
    ],
    [
      'does nothing where a call is next',
      plan(start, { at: 'next', call: 'start' }),
      [look(1, { down: [a] })],
      [[]],
    ],
  ])('%s', (_, of, looks, events) => {
    expect(told(of, ...looks)).toEqual(events);
  });

  it('says what of others its late write took out, word for word', () => {
    let now = plan(schedule, checking('schedule'));
    for (const event of observeMachines(now, look(1, { windows: [theirs] })))
      now = evolveMachines(now, event);
    const done = observeMachines(now, look(2, { windows: [ours] })).find(({ type }) => type === 'step-done');
    expect(done).toMatchObject({
      beside: {
        lost: [{ machine: other, before: { startNs: '5', durationNs: null }, after: null, byUs: true }],
        added: [],
      },
    });
  });

  it.each([
    ['the same id', s1, [s1]],
    ['a new one', s9, [s1]],
  ])('tells an agent that is back under %s', (_, agentId, was) => {
    const [back] = observeMachines(plan(stop, returning), look(1, { on: [agentId] }));
    expect(back).toMatchObject({ type: 'agent-back', agentId, was, machine: a });
  });
});
