import { copyFileSync, rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { botSaid, openPrompt, opsChannel, shows } from '../../../playground/scenarios/story.ts';
import { onlyCluster } from '../../support/only-cluster.ts';
import { applied, audited, auditedEvents, byCurl, close, hears, isTold } from '../../support/tell.ts';
import {
  asked,
  askGone,
  joinsApprovers,
  nextPrompt,
  nothingLeaves,
  prompt,
  reacts,
  settlements,
  votes,
  votesOnRecord,
  withVolume,
  yes,
} from '../../support/two-people.ts';
import { makeWorld, type World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

const channel = () => world.slack.model.workspace.channels.get(opsChannel.id);

async function stopBot(): Promise<void> {
  await world.bot?.stop();
  world.bot = null;
}

function putBack(copy: string): void {
  for (const part of ['-wal', '-shm']) rmSync(`${world.databasePath}${part}`, { force: true });
  copyFileSync(copy, world.databasePath);
}

describe('a question is void', () => {
  it('when its message is deleted, also while the call waits', async () => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    await world.slack.deleteMessage('mara', opsChannel.name, prompt(world).ts);
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual(['no-prompt']);
  });

  it('when its channel becomes shared with others, whoever had approved', async () => {
    world = await asked();
    await votes(world, 'dev');
    const shared = channel();
    if (shared) shared.isExtShared = true;
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual(['no-prompt']);
    if (shared) shared.isExtShared = false;
    await nothingLeaves(world);
  });

  it('when the bot is taken out of the channel: it could see no vote', async () => {
    world = await asked();
    await votes(world, 'dev');
    channel()?.members.delete(world.slack.botUserId);
    await world.pass(120_000, 1_000);
    expect(applied(world)).toEqual([]);
    expect(await settlements(world)).toEqual(['no-prompt']);
    channel()?.members.add(world.slack.botUserId);
    await world.pass(60_000);
  });

  it('when the approval was 15 minutes ago and Slack could not be asked; then it is asked again', async () => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    world.slack.model.faults.add({ method: 'reactions.get', fault: '500', times: 100_000 });
    await world.pass(16 * 60_000, 30_000);
    expect(applied(world)).toEqual([]);
    expect(await settlements(world)).toEqual(['late']);
    while (world.slack.model.faults.take('reactions.get') !== null);
    await world.until('a new prompt', () => openPrompt(world) !== null);
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
    const again = (await audited(world)).filter(({ event }) => event === 'approval.asked');
    expect(again.map(({ approval }) => approval?.id)).toEqual([1, 2]);
  }, 60_000);
});

describe('while a question is open', () => {
  it('the hold lengthens while Slack can not be asked, and the call leaves when it can', async () => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    world.slack.model.faults.add({ method: 'reactions.get', fault: '500', times: 100_000 });
    await world.pass(120_000, 5_000);
    expect(applied(world)).toEqual([]);
    while (world.slack.model.faults.take('reactions.get') !== null);
    await hears(world, 'is gone, proven');
  }, 60_000);

  it('the call waits while no master can say what is there', async () => {
    world = await asked();
    await votes(world, 'dev');
    world.cluster.model.loseZooKeeper();
    await world.pass(60_000);
    expect(applied(world)).toEqual([]);
    world.cluster.model.restoreZooKeeper();
    await hears(world, 'is gone, proven', 300);
  }, 60_000);

  it('another command for the same agent is refused, and the first one’s words are what leaves', async () => {
    world = await asked();
    await world.type('dev', '/mesos drain agent3 --max-grace-period 5s --mark-gone --reason "faster"');
    expect(await isTold(world, 'dev', 'Nothing was done.')).toContain('a1');
    await world.type('mara', '/mesos mark-gone agent3 --now --reason "faster"');
    await isTold(world, 'mara', 'Nothing was done.');
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
    const bodies = (await audited(world)).flatMap(({ event, request }) =>
      event === 'call.intended' ? [request?.body] : [],
    );
    expect(bodies.map((body) => JSON.parse(body ?? '').drain_agent.max_grace_period)).toEqual([
      { seconds: 600 },
      { seconds: 600 },
    ]);
  });

  it('a restart in the hold begins it anew, in sight and in full', async () => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    await world.pass(20_000);
    await world.whileBotIsAway(() => world.pass(20_000));
    await world.pass(25_000);
    expect(applied(world)).toEqual([]);
    expect(await auditedEvents(world)).toContain('approval.held-anew');
    await hears(world, 'is gone, proven');
  });

  it.each<[string, () => Promise<void>, string[]]>([
    [
      'an approver denies it',
      () => world.slack.react('ines', opsChannel.name, prompt(world).ts, 'x'),
      ['denied'],
    ],
    ['the ✅ is taken back', () => world.slack.unreact('dev', opsChannel.name, prompt(world).ts, yes), []],
    [
      'somebody stops it',
      () => world.slack.react('sam', opsChannel.name, prompt(world).ts, 'octagonal_sign'),
      ['stopped'],
    ],
  ])('what people do while the bot is away counts: %s', async (_, meanwhile, how) => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    await world.whileBotIsAway(async () => {
      await meanwhile();
      await world.pass(40_000);
    });
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual(how);
  });

  it('a policy that no longer names the approver takes the vote’s worth away', async () => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    await stopBot();
    Object.assign(onlyCluster(world.config).policy.approvers, { users: ['U0INES0001'], groups: [] });
    await world.start();
    await nothingLeaves(world);
    expect((await votesOnRecord(world)).at(-1)).toBe('dev refused not-entitled');
    await votes(world, 'ines');
    await hears(world, 'is gone, proven');
  });

  it('a policy that asks for one more waits for it', async () => {
    world = await asked();
    await votes(world, 'dev');
    await stopBot();
    onlyCluster(world.config).policy.approvals.needed = 2;
    await world.start();
    await nothingLeaves(world);
    await votes(world, 'ines');
    await hears(world, 'is gone, proven');
  });
});

describe('a database from before', () => {
  it('that knows the question open grants nothing on a prompt that says it is settled', async () => {
    world = await asked();
    await votes(world, 'dev');
    await stopBot();
    const copy = `${world.databasePath}.copy`;
    copyFileSync(world.databasePath, copy);
    await world.start();
    await votes(world, 'mara', 'x');
    await world.until('the face', () => openPrompt(world) === null);
    const [{ ts } = { ts: '' }] = world.slack.model.messages.timeline(opsChannel.id);
    await world.slack.unreact('mara', opsChannel.name, ts, 'x');
    await stopBot();
    putBack(copy);
    await world.start();
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual(['no-prompt']);
  });

  it('that knows the question open, though its call has left, sends nothing again', async () => {
    world = await asked({ text: '/mesos drain agent3 --mark-gone --unattended --reason "disk dying"' });
    await votes(world, 'dev');
    await stopBot();
    const copy = `${world.databasePath}.copy`;
    copyFileSync(world.databasePath, copy);
    await world.start();
    await hears(world, 'was marked gone');
    await world.pass(30_000);
    expect(applied(world)).toHaveLength(1);
    await stopBot();
    putBack(copy);
    // Else the prompt's own anchor would tell.
    world.slack.model.faults.add({ method: 'conversations.history', fault: '429', times: 100_000 });
    await world.start();
    await world.pass(120_000, 1_000);
    expect(applied(world)).toHaveLength(1);
    expect(await settlements(world)).toEqual(['no-prompt']);
    // What the message says is newer than what this database believes.
    expect(shows(world, 'was marked gone')()).toBe(true);
    expect(botSaid(world).join()).not.toContain('Nothing was sent');
  });

  it('that has never heard of it gives its number to another question, and not its votes', async () => {
    world = await makeWorld({ cluster: withVolume });
    await world.start();
    await stopBot();
    const copy = `${world.databasePath}.copy`;
    copyFileSync(world.databasePath, copy);
    await world.start();
    await world.type('mara', askGone);
    await world.until('the prompt', () => openPrompt(world) !== null);
    const first = prompt(world);
    await reacts(world, 'dev', first.ts);
    await stopBot();
    putBack(copy);
    await world.start();
    await world.type('mara', '/mesos drain agent4 --mark-gone --reason "another one"');
    await world.until('the second prompt', () => prompt(world).ts !== first.ts);
    await reacts(world, 'ines', first.ts);
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual([]);
    expect((await audited(world)).find(({ event }) => event === 'approval.asked')?.approval?.id).toBe(1);
  });
});

describe('nobody can be asked', () => {
  it.each([
    ['where no approvers are configured', { APPROVERS: '' }],
    ['where the requester is the only one', { APPROVERS: 'U0MARA0001' }],
    ['where two are needed and one could', { APPROVERS: 'U0MARA0001,U0DEV00001', APPROVALS_NEEDED: '2' }],
    ['where the other one is a guest', { APPROVERS: 'U0MARA0001,U0GUEST001' }],
  ])('%s: refused at once, saying why', async (_, env) => {
    world = await makeWorld({ cluster: withVolume, env });
    await world.start();
    await world.type('mara', askGone);
    await isTold(world, 'mara', 'Nothing was done.');
    const refusal = (await audited(world)).find(({ event }) => event === 'command.refused');
    expect(refusal?.decision).toBe('nobody-can-approve');
    expect(openPrompt(world)).toBeNull();
  });

  it('by somebody who is no operator, also where they could approve', async () => {
    world = await makeWorld({ cluster: withVolume });
    await world.start();
    joinsApprovers(world, 'sam');
    await world.type('sam', askGone);
    expect(await isTold(world, 'sam', 'Nothing was done.')).toContain('not among the operators');
  });
});

describe('what was shown must still be so', () => {
  it('or it is void, says what changed, and is asked again in a new message', async () => {
    world = await asked({ text: '/mesos drain agent3 --mark-gone --unattended --reason "disk dying"' });
    const first = prompt(world);
    await votes(world, 'dev');
    for (const n of [3, 4, 5])
      world.cluster.model.launchTask({ name: `web.${n}`, framework: 'marathon', agent: 'agent3.example' });
    await hears(world, 'Asked again as a2');
    expect(await settlements(world)).toEqual(['changed']);
    expect(applied(world)).toEqual([]);
    await nextPrompt(world, first);
    // The old prompt grants nothing, whoever adds to it.
    await reacts(world, 'ines', first.ts);
    await nothingLeaves(world);
    await votes(world, 'dev');
    await hears(world, 'was marked gone');
  });

  it('and where the agent is not there any more, it ends without another question', async () => {
    world = await asked();
    await votes(world, 'dev');
    const id = world.cluster.model.agentId('agent3.example');
    await byCurl(world, { type: 'MARK_AGENT_GONE', mark_agent_gone: { agent_id: { value: id } } });
    await world.pass(60_000);
    expect(await settlements(world)).toEqual(['refused']);
    expect(applied(world)).toEqual(['MARK_AGENT_GONE']);
    expect(openPrompt(world)).toBeNull();
  });

  it('and where somebody drains it meanwhile, it is asked again, going on from that', async () => {
    world = await asked();
    await votes(world, 'dev');
    await world.type('dev', '/mesos drain agent3 --max-grace-period 10m --anyway --reason "kernel"');
    await hears(world, 'Asked again as a2');
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'DRAIN_AGENT']);
  });
});
