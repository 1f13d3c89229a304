import { describe, expect, it } from '@jest/globals';
import type { KnownAgent } from '../../src/domain/agent.ts';
import {
  brakeOn,
  type ClusterLook,
  inService,
  isOn,
  type OwnRecords,
  readBrake,
  withOut,
} from '../../src/domain/brake.ts';
import { agentId as id } from '../../src/domain/ids.ts';
import { machinesPlan } from '../support/plan-samples.ts';
import { at, known } from '../support/samples.ts';

const none: OwnRecords = { drains: [], markings: [], plans: [] };

/** One per state, on machines of their own: `a1`, `a2` … */
function agents(...states: KnownAgent['state'][]): KnownAgent[] {
  return states.map((state, nth) => agent(`a${nth + 1}`, { state }));
}

function agent(name: string, over: Partial<KnownAgent> = {}): KnownAgent {
  const number = Number(name.slice(1));
  const address = { ip: `10.0.0.${number}`, port: 5051 };
  return known({ agentId: id(name), hostname: `${name}.example`, address, ...over });
}

function look(over: Partial<ClusterLook>): ClusterLook {
  return { agents: [], unexplained: [], down: [], ...over };
}

function outIn(seen: Partial<ClusterLook>, own: Partial<OwnRecords> = {}) {
  const { all, out } = inService(look(seen), { ...none, ...own });
  return { of: all.size, out: Object.fromEntries(out) };
}

describe('who of a cluster is in service', () => {
  it.each([
    ['active', {}],
    ['draining', { a1: 'draining' }],
    ['drained', { a1: 'drained' }],
    ['deactivated', { a1: 'deactivated' }],
    ['disconnected', { a1: 'disconnected' }],
    ['unreachable', { a1: 'unreachable' }],
    ['recovered', { a1: 'recovered' }],
  ] as const)('counts an agent that is %s', (state, out) => {
    expect(outIn({ agents: agents(state) })).toEqual({ of: 1, out });
  });

  it.each([
    ['gone', {}],
    ['unlisted', {}],
  ] as const)('does not count one that is %s as of the cluster', (state, out) => {
    expect(outIn({ agents: agents(state) })).toEqual({ of: 0, out });
  });

  it('counts one that nobody can say anything of as out', () => {
    const seen = { agents: agents('active', 'unlisted'), unexplained: [id('a2')] };
    expect(outIn(seen)).toEqual({ of: 2, out: { a2: 'not-known' } });
  });

  it('counts the last agent of a machine that is down, and no earlier one', () => {
    const before = agent('a1', { state: 'unlisted', lastSeenAt: at(0) });
    const last = { ...before, agentId: id('a2'), lastSeenAt: at(9) };
    const down = [{ hostname: 'A1.example', ip: '10.0.0.1' }];
    expect(outIn({ agents: [before, last], down })).toEqual({ of: 1, out: { a2: 'down' } });
  });

  it.each(['unreachable', 'recovered', 'unlisted'] as const)(
    'counts no second time a machine whose %s agent has come back under another id',
    (state) => {
      const before = agent('a1', { state });
      const seen = { agents: [before, { ...before, agentId: id('a9'), state: 'active' as const }] };
      expect(outIn({ ...seen, unexplained: [id('a1')] })).toEqual({ of: 1, out: {} });
    },
  );

  it('counts what our calls are about to take out, each agent once', () => {
    const own = { drains: [{ agentId: id('a1') }, { agentId: id('a2') }], markings: [{ agentId: id('a1') }] };
    const seen = { agents: agents('active', 'draining', 'active') };
    expect(outIn(seen, own)).toEqual({ of: 3, out: { a1: 'ours', a2: 'draining' } });
  });

  it('counts the agents of machines that we take down', () => {
    const state = {
      status: 'running' as const,
      since: at(0),
      step: { at: 'calling' as const, call: 'start' as const, intendedAt: at(0), base: null },
    };
    const [line] = machinesPlan().lines;
    const mine = line?.agents[0]?.agentId ?? id('none');
    const seen = { agents: [{ ...agent('a1'), agentId: mine }] };
    expect(outIn(seen, { plans: [machinesPlan({ state })] })).toEqual({ of: 1, out: { [mine]: 'ours' } });
  });
});

describe('the brake', () => {
  it.each([
    // out, of, percent, on
    [0, 5, 20, false],
    [1, 5, 20, false],
    [2, 10, 20, false],
    [1, 6, 20, false],
    [2, 6, 20, true],
    [201, 1000, 20, true],
    [200, 1000, 20, false],
    [0, 5, 0, false],
    [1, 500, 0, true],
    [7, 7, 100, false],
    // Nobody knows of any agent.
    [0, 0, 20, true],
    [0, 0, 100, false],
  ])('with %s of %s out and %s %% allowed, is on: %s', (out, of, percent, on) => {
    expect(isOn({ out, of, percent, notKnown: 0 })).toBe(on);
  });

  const service = inService(
    look({ agents: agents('drained', 'unlisted', 'active', 'active', 'active'), unexplained: [id('a2')] }),
    none,
  );

  it('says how many are out, and of how many nobody can say', () => {
    expect(readBrake(service, 30)).toEqual({ out: 2, of: 5, notKnown: 1, percent: 30 });
    expect(brakeOn(service, 30)).toEqual({ out: 2, of: 5, notKnown: 1, percent: 30 });
    expect(brakeOn(service, 40)).toBeNull();
  });

  it('does not hold an agent against itself', () => {
    expect(brakeOn(service, 30, id('a1'))).toBeNull();
    expect(brakeOn(service, 30, id('a3'))?.out).toBe(2);
  });

  it('counts a set that is to go out, and none of it twice', () => {
    expect(readBrake(withOut(service, [id('a1'), id('a3'), id('a4')]), 20).out).toBe(4);
    expect(readBrake(withOut(service, [id('elsewhere')]), 20).out).toBe(2);
  });
});
