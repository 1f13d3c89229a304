import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { agents, frameworks, task } from '../../playground/scenarios/small-cluster.ts';
import { opsChannel } from '../../playground/scenarios/story.ts';
import { userNamed } from '../../playground/slack/workspace/workspace.ts';
import { applied, audited, byCurl, close, drainAgent3, hears, isTold, twoTasks } from '../support/tell.ts';
import { makeWorld, type World } from '../support/world.ts';

/** Types it and answers what the typist alone was told; no call has left, and the refusal is on record. */
async function refused(
  world: World,
  asked: { user?: string; channel?: string; text?: string },
): Promise<{ told: string; decision: string }> {
  const { user = 'mara', channel = opsChannel.name, text = drainAgent3 } = asked;
  const before = applied(world).length;
  await world.type(user, text, channel);
  const told = await isTold(world, user, 'Nothing was done.', channel);
  await world.pass(5_000);
  expect(applied(world)).toHaveLength(before);
  const last = (await audited(world)).findLast(({ event }) => event === 'command.refused');
  expect(last?.actor).toMatchObject({
    kind: 'person',
    user: userNamed(world.slack.model.workspace, user).id,
  });
  expect(last?.command?.typed).toBe(text.replace('/mesos ', ''));
  return { told, decision: last?.decision ?? '' };
}

describe('a drain is refused for the place or the person', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld({
      cluster: twoTasks,
      env: { SLACK_CHANNELS: 'C0MESOSOPS,C0SHARED01,C0SECRET01,C0RANDOM01' },
    });
    await world.start();
  });
  afterAll(() => close(world));

  it.each([
    ['in a direct message', { channel: 'D0MARABOT1' }, 'direct-message'],
    ['in a direct message between people', { channel: 'D0MARADEV1' }, 'direct-message'],
    ['in a channel shared with others', { channel: 'shared-with-partner' }, 'shared-channel'],
    ['in a private channel without the bot', { channel: 'secret' }, 'bot-not-in-channel'],
    ['in a public channel without the bot', { channel: 'random' }, 'bot-not-in-channel'],
    ['in a channel that is not allowed', { channel: 'sre-private' }, 'channel-not-allowed'],
    ['from somebody who is no operator', { user: 'sam' }, 'not-operator'],
    ['from a guest', { user: 'guest' }, 'not-a-member-of-workspace'],
    ['from a bot account', { user: 'ci' }, 'not-a-member-of-workspace'],
  ])('%s', async (_name, asked, code) => {
    expect((await refused(world, asked)).decision).toBe(code);
    expect(applied(world)).toEqual([]);
  });

  it('says to a guest, who is a listed operator, that only full members may', async () => {
    world.slack.model.workspace.groups.get('S0OPERATOR')?.users.push('U0GUEST001');
    const { told } = await refused(world, { user: 'guest' });
    expect(told).toContain('This account is a guest.');
  });
});

const near: ClusterSpec = {
  ...twoTasks,
  agents: [
    { hostname: 'agent3.example', attributes: { rack: 'r1' } },
    { hostname: 'agent33.example', attributes: { rack: 'r1' } },
    { hostname: 'twin.example', attributes: { rack: 'r2' } },
    { hostname: 'twin.example', attributes: { rack: 'r3' } },
  ],
};

describe('a drain is refused for its target or its words', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld({ cluster: near });
    await world.start();
  });
  afterAll(() => close(world));

  it.each([
    ['an agent nobody knows, naming the near ones', 'drain agnet3', 'no-such-agent', 'agent3.example'],
    ['a name that two agents have, naming both', 'drain twin', 'ambiguous-agent', 'twin.example'],
    ['a word that is no option', 'drain agent3 --forse', 'bad-command', '--forse'],
    ['no grace without a reason', 'drain agent3 --max-grace-period 0s', 'reason-needed', '0 s'],
    ['a grace of 3 s without a reason', 'drain agent3 --max-grace-period 3s', 'reason-needed', '3 s'],
    ['--mark-gone without a reason', 'drain agent3 --mark-gone', 'reason-needed', '--reason'],
    ['the same on a phone', 'drain agent3 —mark-gone', 'reason-needed', '--reason'],
    ['mark-gone of a live agent with tasks', 'mark-gone agent3 --reason dead', 'alive-with-tasks', '--now'],
    ['mark-gone by a name that two agents have', 'mark-gone twin --reason dead', 'ambiguous-agent', 'twin'],
    ['cancel of no question', 'cancel a7', 'no-such-approval', 'a7'],
    ['cancel', 'cancel d1', 'no-such-drain', 'There is no drain'],
  ])('for %s', async (_name, words, code, part) => {
    const { told, decision } = await refused(world, { text: `/mesos ${words}` });
    expect(decision).toBe(code);
    expect(told).toContain(part);
  });
});

describe('a drain is refused for what is going on', () => {
  let world: World;
  afterEach(() => close(world));

  /** Six agents of two racks, each with a task that takes minutes. */
  const busy: ClusterSpec = {
    agents,
    frameworks,
    tasks: agents.map(({ hostname }) =>
      task(`long-${hostname}`, 'marathon', hostname.replace('.example', ''), 300_000, 600),
    ),
  };
  const begin = async (env: Record<string, string> = {}, cluster = busy) => {
    world = await makeWorld({ cluster, env });
    await world.start();
  };

  it('by the same agent, already drained by somebody: with a link to that thread', async () => {
    await begin();
    await world.type('dev', drainAgent3);
    await hears(world, '*Started:*');
    const { told, decision } = await refused(world, {});
    expect(decision).toBe('already-open');
    const [card] = world.slack.model.messages.timeline(opsChannel.id);
    expect(told).toContain(`/archives/${opsChannel.id}/p${card?.ts.replace('.', '')}`);
    expect(told).toContain('d1');
  });

  it('by a drain that was started outside the bot', async () => {
    await begin();
    const value = world.cluster.model.agentId('agent3.example');
    await byCurl(world, {
      type: 'DRAIN_AGENT',
      drain_agent: { agent_id: { value }, max_grace_period: { seconds: 300 } },
    });
    const { told, decision } = await refused(world, {});
    expect(decision).toBe('already-draining');
    expect(told).toContain('5 min');
  });

  it('by the limit of one drain a rack', async () => {
    await begin();
    await world.type('dev', '/mesos drain agent1');
    await hears(world, '*Started:*');
    expect((await refused(world, {})).told).toContain('open on agents with `rack=r1`');
  });

  it('by the limit of the cluster', async () => {
    await begin({ DRAINS_AT_ONCE: '1' });
    await world.type('dev', '/mesos drain agent5');
    await hears(world, '*Started:*');
    expect((await refused(world, {})).told).toContain('on this cluster');
  });

  it('by the maintenance schedule', async () => {
    await begin();
    world.cluster.model.scheduleMachine('agent3.example');
    expect((await refused(world, {})).decision).toBe('scheduled-for-maintenance');
  });

  it('by masters that can not be read', async () => {
    await begin();
    world.cluster.model.masterFaults(0).add({ match: {}, fault: 'html-502' });
    expect((await refused(world, {})).decision).toBe('master-unreadable');
  });

  it('by a flood of commands: each refused, and one counted entry', async () => {
    await begin({ COMMANDS_PER_MINUTE: '2' });
    for (const text of ['/mesos whoami', '/mesos help', drainAgent3, drainAgent3])
      await world.type('mara', text);
    await isTold(world, 'mara', 'That was one command too many');
    await world.pass(70_000);
    expect(applied(world)).toEqual([]);
    const limited = (await audited(world)).filter(({ event }) => event === 'commands.limited');
    expect(limited.map(({ facts }) => facts)).toMatchObject([{ user: 'U0MARA0001', count: 2 }]);
  });
});

describe('an idle agent', () => {
  it('may be drained without grace: there is nobody to hurt', async () => {
    const world = await makeWorld({ cluster: twoTasks });
    try {
      await world.start();
      await world.type('mara', '/mesos drain agent4 --max-grace-period 0s');
      await hears(world, 'Safe to take down');
    } finally {
      await close(world);
    }
  });
});
