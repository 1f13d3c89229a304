import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { botSaid } from '../../playground/scenarios/story.ts';
import {
  applied,
  audited,
  auditedEvents,
  byCurl,
  close,
  drainAgent3,
  hears,
  isTold,
  replies,
  twoTasks,
} from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

const typed = '/mesos reactivate agent3 --reason "new kernel runs"';
/** Nothing to stop: the agent is DRAINED at once. */
const idle: ClusterSpec = { ...twoTasks, tasks: [] };

async function begin(cluster: ClusterSpec = idle, env: Record<string, string> = {}): Promise<string> {
  world = await makeWorld({ cluster, env: { SWEEP_SECONDS: '20', ...env } });
  await world.start();
  return world.cluster.model.agentId('agent3.example');
}

/** Drained by the bot, and out of service. */
async function drained(cluster: ClusterSpec = idle, env: Record<string, string> = {}): Promise<string> {
  const id = await begin(cluster, env);
  await world.type('mara', drainAgent3);
  await hears(world, 'Safe to take down');
  return id;
}

/** Deactivated by somebody else: no drain of ours. */
async function deactivated(): Promise<string> {
  const id = await begin();
  await byCurl(world, { type: 'DEACTIVATE_AGENT', deactivate_agent: { agent_id: { value: id } } });
  return id;
}

/** Types it and answers what the typist alone was told, and the decision on record; no call has left. */
async function refused(text = typed, user = 'mara'): Promise<[told: string, decision: string]> {
  const before = applied(world);
  await world.type(user, text);
  const told = await isTold(world, user, 'Nothing was done.');
  expect(applied(world)).toEqual(before);
  const last = (await audited(world)).findLast(({ event }) => event === 'command.refused');
  expect(last?.command?.typed).toBe(text.replace('/mesos ', ''));
  return [told, last?.decision ?? ''];
}

/** What the log says of calls, drains and reactivations, after the DRAINED proof where there is one. */
async function story(): Promise<string[]> {
  const events = (await auditedEvents(world)).filter((event) => /^(?:call|drain|reactivation)\./.test(event));
  return events.slice(events.findIndex((event) => event.startsWith('drain.drained')) + 1);
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const unreachableMs = 80_000;

describe('a drained agent that is reactivated', () => {
  it('is told in the thread of its drain, which ends with that, and is back on proof', async () => {
    await drained();
    const roots = botSaid(world).length - replies(world).length;
    await world.type('dev', typed);
    const asked = await hears(world, '*Reactivating agent3.example');
    expect(asked).toContain('<@U0DEV00001>');
    expect(asked).toContain('new kernel runs');
    await isTold(world, 'dev', 'the thread of d1');
    const end = await hears(world, 'is back in service');
    expect(end).toContain('<@U0DEV00001>');
    expect(end).toContain('the agent drains no more');
    expect(botSaid(world).length - replies(world).length).toBe(roots);
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'REACTIVATE_AGENT']);
    expect(await story()).toEqual([
      'call.intended allowed',
      'call.accepted accepted',
      'drain.ended reactivated',
      'reactivation.ended active',
    ]);
    const drainEnd = (await audited(world)).find(({ event }) => event === 'drain.ended');
    expect(drainEnd?.facts).toMatchObject({ kind: 'reactivated', by: { userId: 'U0DEV00001' } });
    const card = () => botSaid(world).find((text) => text.includes('Asked by')) ?? '';
    await world.until('the card', () => card().includes('was reactivated'));
    expect(card()).toContain('<@U0DEV00001> had it reactivated');
    // The sweep has nothing to add.
    await world.pass(60_000);
    expect(replies(world).at(-1)).toBe(end);
    await world.type('mara', drainAgent3);
    await world.until('a second drain', () => applied(world).length === 3);
  });

  it('is never told as the doing of somebody else, also when the sweep sees it before the answer is here', async () => {
    world = await makeWorld({ cluster: idle, env: { SWEEP_SECONDS: '5', CALL_DEADLINE_SECONDS: '600' } });
    await world.start((parts) => ({
      ...parts,
      connectMesos: (of) => {
        const mesos = parts.connectMesos(of);
        const { calls, master } = mesos;
        let sweeps = 0;
        const sweep: typeof master.sweep = () => {
          sweeps++;
          return master.sweep();
        };
        return {
          ...mesos,
          master: { ...master, sweep },
          calls: {
            ...calls,
            submit: async (call) => {
              const outcome = await calls.submit(call);
              if (call.type === 'REACTIVATE_AGENT')
                // A second one begins only when the first is over.
                for (const enough = sweeps + 2; sweeps < enough; await nextTurn()) world.clock.advance(10);
              return outcome;
            },
          },
        };
      },
    }));
    await world.type('mara', drainAgent3);
    await hears(world, 'Safe to take down');
    await world.type('mara', typed);
    await hears(world, 'is back in service');
    expect(replies(world).filter((text) => text.includes('was reactivated: it takes tasks again'))).toEqual(
      [],
    );
    const ends = (await audited(world)).filter(({ event }) => event === 'drain.ended');
    expect(ends.map(({ facts }) => facts)).toEqual([expect.objectContaining({ by: expect.anything() })]);
  });

  it('is called back once when two people ask at the same time', async () => {
    await drained();
    const both = ['mara', 'dev'].map((user) => world.slack.type(user, 'mesos-ops', typed));
    await hears(world, 'is back in service');
    await Promise.all(both);
    await world.settle();
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'REACTIVATE_AGENT']);
    const decisions = (await audited(world)).flatMap(({ event, decision }) =>
      event === 'command.refused' ? [decision] : [],
    );
    expect(decisions).toHaveLength(1);
    expect(['reactivation-open', 'not-deactivated']).toContain(decisions[0]);
  });

  it('may have a thread of its own where the drain was not ours', async () => {
    const id = await deactivated();
    await world.type('mara', typed);
    const end = await hears(world, 'is back in service');
    expect(end).toContain(id);
    const [root] = botSaid(world);
    expect(root).toContain('*Reactivating agent3.example');
    expect(applied(world)).toEqual(['DEACTIVATE_AGENT', 'REACTIVATE_AGENT']);
    expect(await story()).toEqual([
      'call.intended allowed',
      'call.accepted accepted',
      'reactivation.ended active',
    ]);
  });

  it('is followed until it returns when it is unreachable; the 409 counts as accepted', async () => {
    await drained();
    world.cluster.model.killAgentProcess('agent3.example');
    await world.pass(unreachableMs);
    await world.type('mara', typed);
    expect(await hears(world, '*Reactivating agent3.example')).toContain('It is unreachable now');
    expect(await hears(world, '*Accepted:*')).toContain('the reactivation has taken effect');
    await hears(world, '*Reactivated, not back yet:*');
    await world.pass(300_000);
    expect(replies(world).filter((text) => text.includes('not back yet'))).toHaveLength(1);
    world.cluster.model.returnAgent('agent3.example');
    await hears(world, 'is back in service');
    expect(await story()).toEqual([
      'call.intended allowed',
      'call.accepted accepted',
      'drain.ended reactivated',
      'reactivation.waiting unreachable',
      'reactivation.ended active',
    ]);
    const call = (await audited(world)).findLast(({ event }) => event === 'call.accepted');
    expect(call?.response).toMatchObject({ status: 409, body: 'Agent removed while processing the call' });
  });

  it('is followed until it returns when it is disconnected', async () => {
    await deactivated();
    world.cluster.model.killAgentProcess('agent3.example');
    await world.type('mara', typed);
    expect(botSaid(world)[0]).toContain('could not be asked whether it still drains');
    await hears(world, 'has lost its connection');
    world.cluster.model.returnAgent('agent3.example');
    await hears(world, 'is back in service');
  });

  it('is followed until it returns when a failover found it away', async () => {
    await drained();
    world.cluster.model.killAgentProcess('agent3.example');
    world.cluster.model.failover();
    await world.pass(30_000);
    await world.type('mara', typed);
    expect(await hears(world, '*Reactivating agent3.example')).toContain('since the last failover');
    await hears(world, 'the reactivation has taken effect');
    await hears(world, 'has not come back to it yet');
    world.cluster.model.returnAgent('agent3.example');
    await hears(world, 'is back in service');
    expect(await story()).toEqual([
      'call.intended allowed',
      'call.accepted accepted',
      'drain.ended reactivated',
      'reactivation.waiting recovering',
      'reactivation.ended active',
    ]);
  });

  it('says whose word is missing when the agent can not be asked', async () => {
    await drained();
    world.cluster.model.agentFaults('agent3.example').add({ match: {}, fault: 'refuse' });
    await world.type('mara', typed);
    await hears(world, '*Reactivating agent3.example');
    const end = await hears(world, 'is back in service');
    expect(end).toContain('The agent itself could not be asked');
  });

  it('ends when somebody drains it again', async () => {
    const id = await deactivated();
    world.cluster.model.killAgentProcess('agent3.example');
    await world.type('mara', typed);
    await hears(world, 'has lost its connection');
    await byCurl(world, { type: 'DRAIN_AGENT', drain_agent: { agent_id: { value: id } } });
    await hears(world, 'was taken out of service again');
    expect((await story()).at(-1)).toBe('reactivation.ended taken-out-again');
  });
});

describe('a reactivation without an answer', () => {
  it('took effect all the same: seen, never sent again, and back', async () => {
    await drained();
    world.cluster.model
      .masterFaults(0)
      .add({ match: { call: 'REACTIVATE_AGENT' }, fault: 'drop-after-apply', times: 1 });
    await world.type('mara', typed);
    await hears(world, '*Not known yet*');
    expect(await hears(world, '*Found out:*')).toContain('Drain d1 ends with that');
    const end = await hears(world, 'is back in service');
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'REACTIVATE_AGENT']);
    expect(await story()).toEqual([
      'call.intended allowed',
      'call.unknown unknown',
      'reactivation.effect-seen accepted',
      'drain.ended reactivated',
      'reactivation.ended active',
    ]);
    await world.pass(60_000);
    expect(replies(world).at(-1)).toBe(end);
  });

  it('stands in the way of a drain, which it might undo unseen', async () => {
    await deactivated();
    for (const index of [0, 1])
      world.cluster.model.masterFaults(index).add({ match: { call: 'REACTIVATE_AGENT' }, fault: 'refuse' });
    await world.type('mara', typed);
    await hears(world, '*Not known yet*');
    expect((await refused(drainAgent3))[1]).toBe('reactivation-open');
    await hears(world, 'the reactivation was not applied');
    await world.type('mara', drainAgent3);
    await hears(world, 'Safe to take down');
  });

  it('was lost before the master: not applied by two late reads, the drain stands, and it can be asked again', async () => {
    await drained();
    for (const index of [0, 1])
      world.cluster.model.masterFaults(index).add({ match: { call: 'REACTIVATE_AGENT' }, fault: 'refuse' });
    const asked = world.clock.now();
    await world.type('mara', typed);
    expect(await hears(world, 'the reactivation was not applied: the master shows no sign of it')).toContain(
      'ask again',
    );
    expect(world.clock.now() - asked).toBeGreaterThanOrEqual(60_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    expect((await story()).slice(-2)).toEqual(['call.unknown unknown', 'reactivation.ended not-applied']);
    for (const index of [0, 1]) world.cluster.model.masterFaults(index).clear();
    await world.type('mara', typed);
    await hears(world, 'is back in service');
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'REACTIVATE_AGENT']);
  });

  it('is rejected by an ACL, with the words of the master; the drain stands', async () => {
    await drained({ ...idle, acls: { reactivate_agents: [] } });
    await world.type('mara', typed);
    expect(await hears(world, 'the master rejected the reactivation')).toContain('403');
    expect((await story()).slice(-2)).toEqual(['call.rejected rejected', 'reactivation.ended rejected']);
    await world.pass(60_000);
    expect(await auditedEvents(world)).not.toContain('drain.ended reactivated');
  });
});

describe('a reactivation is refused', () => {
  it('while our drain of the agent is open', async () => {
    await begin(twoTasks);
    await world.type('mara', drainAgent3);
    await hears(world, '*Started:*');
    const [told, decision] = await refused();
    expect(decision).toBe('drain-in-the-way');
    expect(told).toContain('|d1>');
  });

  it('while the master shows it DRAINING, by whoever', async () => {
    const id = await begin(twoTasks);
    await byCurl(world, { type: 'DRAIN_AGENT', drain_agent: { agent_id: { value: id } } });
    expect((await refused())[1]).toBe('still-draining');
  });

  it('while the agent itself still drains, whatever the master says', async () => {
    const [first] = twoTasks.tasks ?? [];
    if (first === undefined) throw new Error('no task');
    const id = await begin({ ...twoTasks, tasks: [{ ...first, executorLingersMs: 60_000 }] });
    await byCurl(world, { type: 'DRAIN_AGENT', drain_agent: { agent_id: { value: id } } });
    await world.pass(10_000);
    const [told, decision] = await refused();
    expect(decision).toBe('still-draining');
    expect(told).toContain('itself still drains');
    await world.pass(60_000);
    await world.type('mara', typed);
    await hears(world, 'is back in service');
  });

  it.each([
    ['that is active', typed, 'not-deactivated'],
    ['that nobody knows', '/mesos reactivate agent77', 'no-such-agent'],
    ['without a name', '/mesos reactivate', 'bad-command'],
  ])('of an agent %s', async (_name, text, code) => {
    await begin();
    expect((await refused(text))[1]).toBe(code);
  });

  it('of an agent that was marked gone, or is no longer listed', async () => {
    const id = await drained();
    await byCurl(world, { type: 'MARK_AGENT_GONE', mark_agent_gone: { agent_id: { value: id } } });
    expect(await refused(`/mesos reactivate ${id}`)).toEqual([
      expect.stringContaining('marked gone'),
      'agent-not-reactivatable',
    ]);
  });

  it('by somebody who is no operator', async () => {
    await drained();
    expect((await refused(typed, 'sam'))[1]).toBe('not-operator');
  });

  it('while another of the same agent is open', async () => {
    await deactivated();
    world.cluster.model.killAgentProcess('agent3.example');
    await world.type('mara', typed);
    await hears(world, 'has lost its connection');
    expect((await refused(typed, 'dev'))[1]).toBe('reactivation-open');
  });

  it.each([
    ['is unreachable', () => world.pass(unreachableMs)],
    ['can not be asked', async () => {}],
  ])('on a 1.9 master when the agent %s', async (_name, meanwhile) => {
    await drained({ ...idle, version: '1.9.0' });
    world.cluster.model.killAgentProcess('agent3.example');
    await meanwhile();
    expect((await refused())[1]).toBe('old-master-would-crash');
  });

  it('on no 1.9 master when the agent answers', async () => {
    await drained({ ...idle, version: '1.9.0' });
    await world.type('mara', typed);
    await hears(world, 'is back in service');
  });
});
