import { afterEach, describe, expect, it } from '@jest/globals';
import { openPrompt } from '../../../playground/scenarios/story.ts';
import { applied, audited, auditedEvents, close, hears, isTold, twoTasks } from '../../support/tell.ts';
import { nextPrompt, prompt, settlements, votes, withVolume } from '../../support/two-people.ts';
import { makeWorld, type World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

const unreachableMs = 80_000;
const ask = (name: string, more = '') => `/mesos mark-gone ${name} ${more} --reason "mainboard dead"`;

async function begin(cluster = withVolume): Promise<void> {
  world = await makeWorld({ cluster, env: { SWEEP_SECONDS: '20' } });
  await world.start();
  await world.pass(1_000);
}

async function dies(hostname = 'agent3.example'): Promise<string> {
  const id = world.cluster.model.agentId(hostname);
  world.cluster.model.killAgentProcess(hostname);
  await world.pass(unreachableMs);
  return id;
}

async function refused(words: string): Promise<[code: string | undefined, told: string]> {
  await world.type('mara', words);
  const told = await isTold(world, 'mara', 'Nothing was done.');
  const last = (await audited(world)).findLast(({ event }) => event === 'command.refused');
  return [last?.decision, told];
}

async function promptFor(words: string): Promise<string> {
  await world.type('mara', words);
  await world.until('the prompt', () => openPrompt(world) !== null);
  return prompt(world).text;
}

describe('the agent of a dead machine', () => {
  it('is marked gone on two people’s word, as it was last seen, and proven by the registry', async () => {
    await begin();
    const id = await dies();
    const shown = await promptFor(ask('agent3'));
    expect(shown).toContain('powered off');
    expect(shown).toContain('last seen');
    expect(shown).toContain('v-1');
    await votes(world, 'mara');
    await votes(world, 'dev');
    expect(await hears(world, 'is gone, proven')).toContain(id);
    expect(applied(world)).toEqual(['MARK_AGENT_GONE']);
    expect(await auditedEvents(world)).toEqual(
      expect.arrayContaining([
        'approval.vote refused own-vote',
        'approval.settled used',
        'call.intended approved',
        'mark-gone.ended gone',
      ]),
    );
  });

  it('is no case for a drain: a stale order would fire when the machine returns', async () => {
    await begin();
    await dies();
    expect((await refused('/mesos drain agent3 --mark-gone --reason x'))[0]).toBe('unreachable-for-gone');
    expect((await refused('/mesos drain agent3 --mark-gone --unattended --reason x'))[0]).toBe(
      'unreachable-for-gone',
    );
  });

  it('is not marked gone when it comes back while people decide: void, and asked again only with --now', async () => {
    await begin();
    await dies();
    await promptFor(ask('agent3'));
    await votes(world, 'dev');
    world.cluster.model.returnAgent('agent3.example');
    await world.pass(120_000, 1_000);
    expect(applied(world)).toEqual([]);
    expect((await settlements(world)).at(-1)).toMatch(/^(?:refused|changed)$/);
  });

  it('whose hostname a healthy machine has by now wants its id typed, and the healthy one stays', async () => {
    await begin();
    const dead = world.cluster.model.agentId('agent3.example');
    await world.cluster.model.replaceMachine('agent3.example');
    await world.pass(unreachableMs + 60_000);
    const healthy = world.cluster.model.agentId('agent3.example');
    expect(healthy).not.toBe(dead);
    const [code, told] = await refused(ask('agent3'));
    expect(code).toBe('ambiguous-agent');
    expect(told).toContain(dead);
    expect(told).toContain(healthy);
    expect((await refused('/mesos drain agent3 --mark-gone --reason x'))[0]).toBe('ambiguous-agent');
    await promptFor(ask(dead));
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
    expect(applied(world)).toEqual(['MARK_AGENT_GONE']);
    const { leader } = world.cluster.model.cluster;
    expect([leader?.agents.has(healthy), leader?.gone.has(dead)]).toEqual([true, true]);
  });

  it('that died before a failover is still shown with what it held, and its tasks as not known', async () => {
    await begin();
    world.cluster.model.killAgentProcess('agent3.example');
    world.cluster.model.failover();
    await world.pass(12 * 60_000, 5_000);
    const shown = await promptFor(ask('agent3'));
    expect(shown).toContain('v-1');
    expect(shown).toMatch(/Not known.*tasks/);
    // When it was seen last, not when a master last remembered it.
    expect(shown).toContain(`<!date^${Math.floor(Date.UTC(2026, 10, 22, 14) / 1000)}`);
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
  }, 60_000);

  it('without work that comes back while people decide is asked about again, alive', async () => {
    await begin({ ...twoTasks, tasks: [] });
    await dies();
    await promptFor(ask('agent3'));
    const first = prompt(world);
    await votes(world, 'dev');
    world.cluster.model.returnAgent('agent3.example');
    expect((await nextPrompt(world, first)).text).not.toContain('unreachable');
    expect(applied(world)).toEqual([]);
    expect(await settlements(world)).toEqual(['changed']);
  });

  it('is refused while the master has not found it again since a failover', async () => {
    await begin();
    world.cluster.model.killAgentProcess('agent3.example');
    world.cluster.model.failover();
    await world.pass(30_000);
    expect((await refused(ask('agent3')))[0]).toBe('not-markable');
  });

  it('is refused when it is gone already', async () => {
    await begin();
    const id = await dies();
    await promptFor(ask('agent3'));
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
    expect((await refused(ask(id)))[0]).toBe('not-markable');
  });
});

describe('a live agent', () => {
  it('with tasks is refused without --now, and with it goes on two people’s word', async () => {
    await begin();
    expect((await refused(ask('agent3')))[0]).toBe('alive-with-tasks');
    const shown = await promptFor(ask('agent3', '--now'));
    expect(shown).toContain('2 tasks');
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
    expect(applied(world)).toEqual(['MARK_AGENT_GONE']);
  });

  it('without tasks may be marked gone, with an approval', async () => {
    await begin({ ...twoTasks, tasks: [] });
    await promptFor(ask('agent3'));
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
  });
});
