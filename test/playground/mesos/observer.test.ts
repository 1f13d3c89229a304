import { describe, expect, it } from '@jest/globals';
import { manualClock } from '../../../playground/clock.ts';
import { type FleetRules, observeFleet } from '../../../playground/mesos/observer.ts';
import type { ClusterSpec, TaskSpec } from '../../../playground/mesos/spec.ts';
import { nearCluster } from '../../support/near/near-cluster.ts';

const hosts = [1, 2, 3, 4, 5].map((n) => `agent${n}.example`);

const rules: FleetRules = {
  atOnce: 2,
  per: [{ attribute: 'rack', allowed: 1 }],
  set: ['agent1.example', 'agent2.example'],
};

/** Two agents in rack r1, and one in a rack of its own each. */
function fleet(tasks: Partial<TaskSpec>[] = []) {
  const spec: ClusterSpec = {
    agents: hosts.map((hostname, n) => ({ hostname, attributes: { rack: `r${Math.max(1, n)}` } })),
    frameworks: [{ name: 'marathon' }],
    tasks: tasks.map((task, n) => ({
      name: `web.${n}`,
      framework: 'marathon',
      agent: 'agent1.example',
      resources: { cpus: 1, mem: 64 },
      ...task,
    })),
  };
  const clock = manualClock();
  const { model, byOthers } = nearCluster(spec, clock);
  const observer = observeFleet(model.cluster, rules);
  const call = (type: string, n: number, more: object = {}) =>
    byOthers(
      JSON.stringify({
        type,
        [type.toLowerCase()]: { agent_id: { value: model.agentId(`agent${n}.example`) }, ...more },
      }),
    );
  return {
    ...{ clock, model, observer },
    keepAway: (...agents: number[]) => {
      for (const n of agents) call('DEACTIVATE_AGENT', n);
    },
    drain: (...agents: number[]) => {
      for (const n of agents) call('DRAIN_AGENT', n, { max_grace_period: { seconds: 600 } });
    },
  };
}

/** One that lasts on each of these agents. */
const lasting = (...agents: number[]) =>
  agents.map((n) => ({ agent: `agent${n}.example`, shownAs: `app-${n}` }));

describe('the observer of a fleet', () => {
  it('has nothing against drains within the limits, of a list that was kept away from first', () => {
    const { observer, keepAway, drain } = fleet(lasting(1, 3, 4));
    keepAway(1, 2);
    drain(1, 3);
    expect(observer.objections).toEqual([]);
    expect(observer.mostAtOnce()).toBe(2);
  });

  it('counts no agent that has drained', () => {
    const { observer, keepAway, drain } = fleet();
    keepAway(1, 2);
    drain(1, 2, 3, 4);
    expect(observer.objections).toEqual([]);
  });

  it.each<[string, number[], number[], string]>([
    ['more agents at once', [], [3, 4, 5], 'agent5.example: 3 agents are DRAINING, 2 may at once'],
    [
      'more agents of one rack',
      [1, 2],
      [1, 2],
      'agent2.example: 2 agents of rack=r1 are DRAINING, 1 may at once',
    ],
  ])('objects to %s, whoever drains them', (_, away, agents, objection) => {
    const { observer, keepAway, drain } = fleet(lasting(1, 2, 3, 4, 5));
    keepAway(...away);
    drain(...agents);
    expect(observer.objections).toEqual([`14:00:00 ${objection}`]);
  });

  it('goes on counting through a failover', () => {
    const { observer, model, clock, drain } = fleet(lasting(3, 4, 5));
    drain(3, 4);
    model.failover();
    clock.advance(60_000);
    drain(5);
    expect(observer.objections).toHaveLength(1);
  });

  it('objects to a drain of an agent that took new tasks when the first of its list was drained', () => {
    const { observer, keepAway, drain } = fleet();
    keepAway(1);
    drain(1);
    expect(observer.objections).toEqual([]);
    keepAway(2);
    drain(2);
    expect(observer.objections).toEqual([
      '14:00:00 agent2.example: drained, and took new tasks when the first of its list was drained',
    ]);
  });

  it.each<[string, Partial<TaskSpec>[], string[]]>([
    [
      'objects to agents that run the last instances together',
      [
        { agent: 'agent3.example', shownAs: 'web' },
        { agent: 'agent4.example', shownAs: 'web' },
      ],
      ['14:00:00 agent4.example: drained with 1 more that ran web of marathon, which runs nowhere else'],
    ],
    [
      'has nothing against two instances of three',
      [3, 4, 5].map((n) => ({ agent: `agent${n}.example`, shownAs: 'web' })),
      [],
    ],
    ['has nothing against a sole instance', lasting(3, 4), []],
  ])('%s', (_, tasks, objections) => {
    const { observer, drain } = fleet(tasks);
    drain(3, 4);
    expect(observer.objections).toEqual(objections);
  });

  it('objects to a drain that the rest has no room for', () => {
    const full = hosts.map((agent, n) => ({ agent, shownAs: `app-${n}`, resources: { cpus: 3.5, mem: 64 } }));
    const { observer, drain } = fleet(full);
    drain(3);
    expect(observer.objections).toEqual([
      '14:00:00 agent3.example: what drains needs 3.5 cpus, and the rest has 2',
    ]);
  });

  it('objects to calls that are sent twice, but not to a nudge', () => {
    const { observer, keepAway, drain } = fleet(lasting(3));
    keepAway(4, 4);
    drain(3, 3);
    drain(5, 5);
    expect(observer.objections).toEqual([
      '14:00:00 agent4.example: deactivated, and was so already',
      '14:00:00 agent3.example: drained, and was DRAINING already',
    ]);
  });

  it('objects to a drain where none may begin', () => {
    const { observer, drain } = fleet();
    observer.forbid('the plan is paused');
    drain(3);
    observer.forbid(null);
    drain(4);
    expect(observer.objections).toEqual(['14:00:00 agent3.example: drained, though the plan is paused']);
  });
});
