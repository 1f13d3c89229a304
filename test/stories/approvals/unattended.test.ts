import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../../playground/mesos/spec.ts';
import { openPrompt } from '../../../playground/scenarios/story.ts';
import { applied, audited, auditedEvents, close, hears, isTold, twoTasks } from '../../support/tell.ts';
import { asked, prompt, votes, withVolume } from '../../support/two-people.ts';
import { makeWorld, type World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

const ask = '/mesos drain agent3 --max-grace-period 10m --mark-gone --unattended --reason "rack loses power"';

/** A framework whose tasks keep their grace: it does not know TASK_KILLING. */
const patient: ClusterSpec = {
  ...withVolume,
  frameworks: [{ name: 'marathon', failoverTimeoutSeconds: 604_800, capabilities: ['PARTITION_AWARE'] }],
  tasks:
    twoTasks.tasks?.map((task) => ({ ...task, exitsAfterSigtermMs: 60_000, killPolicySeconds: 120 })) ?? [],
};

/** The one call has left, on dev's vote. */
async function sent(cluster = patient): Promise<void> {
  world = await asked({ text: ask, cluster });
  await votes(world, 'dev');
  await hears(world, '*Started:*');
}

const graceOf = (body: string | undefined) => JSON.parse(body ?? '').drain_agent;

describe('an unattended mark gone', () => {
  it('is one call, carried out by the master though the bot is away', async () => {
    await sent();
    await world.whileBotIsAway(() => world.pass(120_000));
    await hears(world, 'was marked gone');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    const intent = (await audited(world)).find(({ event }) => event === 'call.intended');
    expect(graceOf(intent?.request?.body)).toMatchObject({
      mark_gone: true,
      max_grace_period: { seconds: 600 },
    });
    expect(intent?.approval?.by.map(({ name }) => name)).toEqual(['dev']);
  });

  it('warns of tasks that lose their grace, and they do: gone at once, as recorded', async () => {
    world = await asked({ text: ask });
    expect(prompt(world).text).toContain('may lose their grace');
    await votes(world, 'dev');
    await hears(world, 'was marked gone');
    const call = (await audited(world)).find(({ event }) => event === 'call.accepted');
    const end = (await audited(world)).find(({ event }) => event === 'drain.ended');
    expect(Date.parse(end?.at ?? '') - Date.parse(call?.at ?? '')).toBeLessThan(7_000);
  });

  it('does not warn where tasks keep their grace', async () => {
    world = await asked({ text: ask, cluster: patient });
    expect(prompt(world).text).not.toContain('may lose their grace');
  });

  it('is not called gone because it is listed nowhere', async () => {
    await sent();
    world.cluster.model.unregisterAgent('agent3.example');
    await hears(world, 'no proof');
    await world.pass(600_000, 5_000);
    expect((await auditedEvents(world)).filter((event) => event.startsWith('drain.ended'))).toEqual([]);
  });
});

describe('cancelling an unattended mark gone', () => {
  it('sends the same drain without mark_gone, and believes only what the master then shows', async () => {
    await sent();
    await world.type('ines', '/mesos cancel d1');
    await isTold(world, 'ines', 'd1');
    await hears(world, 'is taken back');
    await hears(world, 'is DRAINED', 300);
    await world.pass(120_000);
    const bodies = (await audited(world)).flatMap(({ event, request }) =>
      event === 'call.intended' ? [graceOf(request?.body)] : [],
    );
    expect(bodies).toEqual([
      expect.objectContaining({ mark_gone: true, max_grace_period: { seconds: 600 } }),
      expect.objectContaining({ mark_gone: false, max_grace_period: { seconds: 600 } }),
    ]);
    expect(await auditedEvents(world)).toContain('drain.recalled accepted');
    expect(world.cluster.model.cluster.registry.gone.size).toBe(0);
  });

  it('works also while the agent is unreachable: it comes back, and is not gone', async () => {
    await sent();
    world.cluster.model.killAgentProcess('agent3.example');
    await world.pass(80_000);
    await world.type('mara', '/mesos cancel d1');
    await hears(world, 'is taken back', 200);
    world.cluster.model.returnAgent('agent3.example');
    await hears(world, 'is DRAINED', 600);
  });

  it('whose answer is lost is found out by looking, and never sent again', async () => {
    await sent();
    for (const index of [0, 1])
      world.cluster.model
        .masterFaults(index)
        .add({ match: { call: 'DRAIN_AGENT' }, fault: 'drop-after-apply', times: 1 });
    await world.type('mara', '/mesos cancel d1');
    await hears(world, 'is taken back', 200);
    expect(applied(world)).toHaveLength(2);
  });

  it('that was lost before the master is not applied, said so, and can be asked again', async () => {
    await sent({
      ...patient,
      tasks:
        patient.tasks?.map((task) => ({ ...task, exitsAfterSigtermMs: 400_000, killPolicySeconds: 500 })) ??
        [],
    });
    for (const index of [0, 1])
      world.cluster.model.masterFaults(index).add({ match: { call: 'DRAIN_AGENT' }, fault: 'refuse' });
    await world.type('mara', '/mesos cancel d1');
    await hears(world, 'was not taken back', 200);
    for (const index of [0, 1]) world.cluster.model.masterFaults(index).clear();
    await world.type('mara', '/mesos cancel d1');
    await hears(world, 'is taken back', 200);
  });

  it('that comes too late is refused, and the drain ends as gone', async () => {
    await sent(withVolume);
    await hears(world, 'was marked gone');
    await world.type('mara', '/mesos cancel d1');
    await isTold(world, 'mara', 'Nothing was done.');
    const last = (await audited(world)).findLast(({ event }) => event === 'command.refused');
    expect(last?.decision).toBe('drain-ended');
  });
});

describe('a short grace', () => {
  it('needs a second person where tasks run, and leaves on their vote as one plain drain', async () => {
    world = await asked({ text: '/mesos drain agent3 --max-grace-period 0s --reason "it burns"' });
    expect(prompt(world).text).toContain('0 s');
    await votes(world, 'mara');
    await world.pass(60_000);
    expect(applied(world)).toEqual([]);
    await votes(world, 'dev');
    await hears(world, 'is DRAINED');
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    const intent = (await audited(world)).find(({ event }) => event === 'call.intended');
    expect(graceOf(intent?.request?.body)).toMatchObject({
      mark_gone: false,
      max_grace_period: { seconds: 0 },
    });
  });

  it('needs none where nothing runs', async () => {
    world = await makeWorld({ cluster: { ...twoTasks, tasks: [] } });
    await world.start();
    await world.type('mara', '/mesos drain agent3 --max-grace-period 0s --reason "empty"');
    await hears(world, 'is DRAINED');
    expect(openPrompt(world)).toBeNull();
  });
});
