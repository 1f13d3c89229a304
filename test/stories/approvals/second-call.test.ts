import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterSpec } from '../../../playground/mesos/spec.ts';
import { openPrompt, shows } from '../../../playground/scenarios/story.ts';
import type { Message } from '../../../playground/slack/workspace/messages.ts';
import {
  applied,
  audited,
  auditedEvents,
  byCurl,
  close,
  hears,
  isTold,
  replies,
} from '../../support/tell.ts';
import {
  asked,
  askGone,
  leavesApprovers,
  nextPrompt,
  no,
  prompt,
  settlements,
  stop,
  takesBack,
  votes,
  withVolume,
} from '../../support/two-people.ts';
import { makeWorld, type World } from '../../support/world.ts';

let world: World;
/** The first question's. */
let first: Message;
afterEach(() => close(world));

const idOf3 = () => world.cluster.model.agentId('agent3.example');
const drain = (more: object) => ({
  type: 'DRAIN_AGENT',
  drain_agent: { agent_id: { value: idOf3() }, max_grace_period: { seconds: 600 }, ...more },
});
const reactivate = () => ({ type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id: { value: idOf3() } } });

/** The first of the two calls has left, on dev's vote. */
async function firstCall(cluster: ClusterSpec = withVolume, env: Record<string, string> = {}): Promise<void> {
  world = await asked({ cluster, env });
  first = prompt(world);
  await votes(world, 'dev');
  await hears(world, '*Started:*');
}

/** It is proven empty, and nothing more was sent. */
async function staysPlain(): Promise<void> {
  await hears(world, 'is DRAINED');
  await world.pass(300_000, 2_000);
  expect(applied(world)).toEqual(['DRAIN_AGENT']);
}

/** The question is asked again: the same drain, its first step done; dev approves once more. */
async function askedAgain(): Promise<void> {
  await nextPrompt(world, first);
  await votes(world, 'dev');
  await hears(world, 'is gone, proven', 300);
}

describe('a drain that is to be marked gone', () => {
  it('is told from the question to the proof in one thread, and the log says on whose word', async () => {
    await firstCall();
    const { ts } = prompt(world);
    await hears(world, 'is gone, proven');
    const roots = world.slack.model.messages
      .timeline('C0MESOSOPS')
      .filter(({ botId, threadTs }) => botId !== null && threadTs === null);
    expect(roots.map((root) => root.ts)).toEqual([ts]);
    await world.until('the card', () => roots[0]?.text.includes('Approved by <@U0DEV00001>') ?? false);
    const events = (await auditedEvents(world)).filter((event) => event !== 'drain.progressed');
    expect(events).toEqual([
      'bot.started',
      'policy.changed first',
      'approval.asked second person asked',
      'approval.vote approves',
      'approval.held',
      'approval.stands',
      'call.intended approved',
      'call.accepted accepted',
      'drain.framework-left',
      'drain.drained master-and-agent',
      'approval.settled used',
      'call.intended approved',
      'call.accepted accepted',
      'mark-gone.ended gone',
      'drain.ended gone',
    ]);
    for (const { event, approval, request, reason } of await audited(world)) {
      if (!event.startsWith('call.')) continue;
      expect(approval).toEqual({ id: 1, by: [{ user: 'U0DEV00001', team: 'T0LOCAL001', name: 'dev' }] });
      expect([request?.call, reason]).toEqual(['DRAIN_AGENT', 'disk dying']);
    }
    await world.pass(600_000, 5_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'DRAIN_AGENT']);
  });

  it.each<[string, () => Promise<void>, string]>([
    ['the ✅ is taken back', () => takesBack(world, 'dev'), 'taken-back'],
    ['an approver denies it', () => votes(world, 'ines', no), 'denied'],
    ['whoever asked takes it back', () => votes(world, 'mara', no), 'withdrawn'],
    ['anybody of the team stops it', () => votes(world, 'sam', stop), 'stopped'],
    ['its drain is cancelled', () => world.type('mara', '/mesos cancel d1'), 'withdrawn'],
    ['its question is cancelled', () => world.type('ines', '/mesos cancel a1'), 'withdrawn'],
  ])('stays a plain drain when %s before the second call', async (_, drop, how) => {
    await firstCall();
    await drop();
    expect(await settlements(world)).toEqual([how]);
    await hears(world, 'The mark gone is dropped');
    await staysPlain();
    expect(await hears(world, 'is DRAINED')).toContain('/mesos reactivate agent3.example');
  });

  it.each<[string, () => void]>([
    [
      'the ✅ is taken back',
      () => void world.slack.unreact('dev', 'mesos-ops', prompt(world).ts, 'white_check_mark'),
    ],
    [
      'somebody stops it',
      () => void world.slack.react('sam', 'mesos-ops', prompt(world).ts, 'octagonal_sign'),
    ],
  ])('stays a plain drain when %s while the bot is away', async (_, meanwhile) => {
    await firstCall();
    await world.whileBotIsAway(async () => {
      meanwhile();
      await world.pass(60_000);
    });
    await world.pass(300_000, 2_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    expect(await auditedEvents(world)).toContain('drain.gone-dropped');
  });

  it('stays a plain drain when its message is deleted: nobody could take anything back there', async () => {
    await firstCall();
    await world.slack.deleteMessage('mara', 'mesos-ops', first.ts);
    await world.pass(300_000, 2_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    expect(await settlements(world)).toEqual(['no-prompt']);
    // The thread went with it: what can't be told there is filed, and somebody is woken.
    expect(new Set(world.errors.splice(0).map(({ message }) => message))).toEqual(
      new Set(['a message can not be delivered']),
    );
    expect(await auditedEvents(world)).toContain('notice.undeliverable thread_not_found');
  });

  it('goes on where the bot was merely away', async () => {
    await firstCall();
    await hears(world, 'of 2 tasks gone');
    await world.whileBotIsAway(() => world.pass(120_000));
    await hears(world, 'is gone, proven');
    expect(await settlements(world)).toEqual(['used']);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the leader changed', async () => world.cluster.model.failover()],
    ['somebody drained it once more, with the same words', () => byCurl(world, drain({ mark_gone: false }))],
  ])('is asked again when %s between the calls', async (_, between) => {
    await firstCall();
    await hears(world, 'of 2 tasks gone');
    await between();
    await hears(world, 'Asked again as a2', 700);
    expect(await settlements(world)).toEqual(['changed']);
    const before = applied(world).length;
    await world.pass(60_000);
    expect(applied(world)).toHaveLength(before);
    await askedAgain();
  });

  it('waits while the master has not found the agent again since a failover, and is then asked again', async () => {
    await firstCall();
    world.slack.model.faults.add({ method: 'reactions.get', fault: '500', times: 100_000 });
    await hears(world, 'is DRAINED');
    world.cluster.model.killAgentProcess('agent3.example');
    world.cluster.model.failover();
    await world.pass(30_000);
    while (world.slack.model.faults.take('reactions.get') !== null);
    await world.pass(60_000, 5_000);
    expect(await settlements(world)).toEqual([]);
    world.cluster.model.returnAgent('agent3.example');
    await askedAgain();
    expect(await settlements(world)).toEqual(['changed', 'used']);
  }, 60_000);

  it('is asked again when its votes are more than a day old', async () => {
    const slow = withVolume.tasks?.map((task) => ({
      ...task,
      exitsAfterSigtermMs: 25 * 3_600_000,
      killPolicySeconds: 26 * 3_600,
    }));
    world = await asked({
      cluster: { ...withVolume, tasks: slow ?? [] },
      text: askGone.replace('10m', '30h'),
      env: { POLL_SECONDS: '600' },
    });
    await votes(world, 'dev');
    await hears(world, '*Started:*', 1_000);
    await world.pass(25.5 * 3_600_000, 3_600_000);
    await hears(world, 'is DRAINED', 3_600);
    await hears(world, 'Asked again as a2', 3_600);
    expect(await settlements(world)).toEqual(['late']);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  }, 60_000);

  it('is asked again when those who approved may not any more', async () => {
    await firstCall();
    leavesApprovers(world, 'dev');
    await hears(world, 'Asked again as a2');
    expect(await settlements(world)).toEqual(['changed']);
    await nextPrompt(world, first);
    await votes(world, 'dev');
    await world.pass(60_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    await votes(world, 'ines');
    await hears(world, 'is gone, proven');
  });

  it('is asked again when the agent could be asked and can not be any more', async () => {
    await firstCall();
    await hears(world, 'of 2 tasks gone');
    world.cluster.model.agentFaults('agent3.example').add({ match: {}, fault: 'refuse' });
    await hears(world, 'Asked again as a2', 300);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    expect((await nextPrompt(world, first)).text).toContain("can't be asked");
    await votes(world, 'dev');
    await hears(world, 'is gone, proven', 300);
  });

  it('rests on the master’s word where the prompt had said so', async () => {
    world = await makeWorld({ cluster: withVolume });
    await world.start();
    world.cluster.model.agentFaults('agent3.example').add({ match: {}, fault: 'refuse' });
    await world.type('mara', askGone);
    await world.until('the prompt', () => openPrompt(world) !== null);
    await votes(world, 'dev');
    await hears(world, 'is gone, proven', 300);
    expect(await settlements(world)).toEqual(['used']);
  });

  it('ends with it when somebody reactivates the agent: no second call', async () => {
    // The master says DRAINED, and an executor lingers: not proven yet.
    const tasks = withVolume.tasks?.map((task) => ({ ...task, executorLingersMs: 120_000 })) ?? [];
    await firstCall({ ...withVolume, tasks });
    await world.pass(30_000);
    await byCurl(world, reactivate());
    await world.pass(600_000, 5_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'REACTIVATE_AGENT']);
    expect(await settlements(world)).toEqual(['drain-ended']);
  });

  it('is not called twice when the answer to the second call is lost: gone is found out by looking', async () => {
    await firstCall();
    await hears(world, 'of 2 tasks gone');
    for (const index of [0, 1])
      world.cluster.model
        .masterFaults(index)
        .add({ match: { call: 'DRAIN_AGENT' }, fault: 'drop-after-apply', times: 1 });
    await hears(world, 'is gone, proven', 300);
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'DRAIN_AGENT']);
    expect(await auditedEvents(world)).toContain('call.unknown unknown');
  });

  it('stays a plain drain when the master rejects the second call, and says so', async () => {
    await firstCall({ ...withVolume, acls: { mark_agents_gone: [] } });
    await hears(world, 'rejected', 300);
    await world.pass(60_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    expect((await auditedEvents(world)).slice(-2)).toEqual([
      'mark-gone.ended rejected',
      'drain.gone-dropped',
    ]);
    await world.type('mara', '/mesos reactivate agent3 --reason "enough"');
    await hears(world, 'is back in service');
  });

  it('is not said to be gone while the registry can not be read', async () => {
    await firstCall();
    await hears(world, 'of 2 tasks gone');
    for (const index of [0, 1])
      world.cluster.model
        .masterFaults(index)
        .add({ match: { path: '/registrar(1)/registry' }, fault: '500', times: 100_000 });
    await hears(world, 'Not proven gone yet', 300);
    await world.pass(60_000);
    expect(replies(world).join()).not.toContain('is gone, proven');
    for (const index of [0, 1]) world.cluster.model.masterFaults(index).clear();
    await hears(world, 'is gone, proven', 300);
  }, 60_000);
});

describe('a drain that is under way', () => {
  it('is upgraded by a second command only with an approval of its own', async () => {
    world = await makeWorld({ cluster: withVolume });
    await world.start();
    await world.type('mara', '/mesos drain agent3 --max-grace-period 10m --reason "kernel upgrade"');
    await hears(world, '*Started:*');
    await world.type('mara', '/mesos drain agent3 --mark-gone --reason "no, the disk"');
    await world.until('the prompt', () => openPrompt(world) !== null);
    await votes(world, 'mara');
    await hears(world, 'is DRAINED');
    await world.pass(120_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
    // The question has a message of its own, which must not go on waiting for the proof.
    await world.until('its face', shows(world, '*Gone, proven:*'));
    const calls = (await audited(world)).filter(({ event }) => event === 'call.intended');
    expect(calls.map(({ approval }) => approval?.id ?? null)).toEqual([null, 1]);
    expect(JSON.parse(calls[1]?.request?.body ?? '').drain_agent).toMatchObject({
      max_grace_period: { seconds: 600 },
      mark_gone: true,
    });
  });

  it('of somebody else is followed as ours, once a second person approves', async () => {
    world = await makeWorld({ cluster: withVolume });
    await world.start();
    await byCurl(world, drain({}));
    await world.type('mara', '/mesos drain agent3 --mark-gone --reason "the disk"');
    await world.until('the prompt', () => openPrompt(world) !== null);
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'DRAIN_AGENT']);
    expect(await auditedEvents(world)).toContain('drain.adopted');
  });

  it.each<[string, () => object, string, string]>([
    [
      'that will be marked gone by somebody else',
      () => drain({ mark_gone: true }),
      askGone,
      'gone-by-others',
    ],
    ['with another grace', () => drain({}), askGone.replace('10m', '20m'), 'grace-differs'],
    [
      'with a grace that can not be sent again',
      () => drain({ max_grace_period: { seconds: 6, nanos: 500_000_000 } }),
      '/mesos drain agent3 --mark-gone --reason x',
      'grace-differs',
    ],
    [
      'unattended',
      () => drain({}),
      '/mesos drain agent3 --mark-gone --unattended --reason x',
      'unattended-too-late',
    ],
  ])('of somebody else %s is left alone', async (_, theirs, words, code) => {
    world = await makeWorld({ cluster: withVolume });
    await world.start();
    await byCurl(world, theirs());
    await world.type('mara', words);
    await isTold(world, 'mara', 'Nothing was done.');
    const refusal = (await audited(world)).find(({ event }) => event === 'command.refused');
    expect(refusal?.decision).toBe(code);
  });
});
