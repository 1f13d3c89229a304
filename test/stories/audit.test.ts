import { afterEach, describe, expect, it } from '@jest/globals';
import { openPrompt, opsChannel } from '../../playground/scenarios/story.ts';
import { applied, audited, byCurl, close, drainAgent3, hears, isTold, twoTasks } from '../support/tell.ts';
import { askGone, votes } from '../support/two-people.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => close(world));

const inDirect = () => world.slack.model.messages.inChannel('D0MARABOT1');

describe('the audit log of a drain', () => {
  it('says who asked for what, why, what left, what came back, and how it ended', async () => {
    world = await makeWorld({ cluster: twoTasks, env: { SWEEP_SECONDS: '20' } });
    await world.start();
    await world.type('mara', drainAgent3);
    await hears(world, 'Safe to take down');
    const id = world.cluster.model.agentId('agent3.example');
    await byCurl(world, { type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id: { value: id } } });
    await hears(world, 'was reactivated');
    const entries = await audited(world);
    const told = entries.filter(({ drain }) => drain === 1);
    expect(told.map(({ event }) => event)).toEqual([
      'call.intended',
      'call.accepted',
      'drain.progressed',
      'drain.progressed',
      'drain.framework-left',
      'drain.drained',
      'drain.ended',
    ]);
    const [intended, accepted] = told;
    expect(intended).toMatchObject({
      actor: { kind: 'person', user: 'U0MARA0001', team: world.slack.teamId, name: 'mara' },
      command: { typed: drainAgent3.replace('/mesos ', ''), parsed: { verb: 'drain', maxGrace: 600 } },
      cluster: 'playground',
      agent: { id, hostname: 'agent3.example' },
      place: { channel: opsChannel.id },
      reason: 'kernel upgrade',
      decision: 'allowed',
      request: { call: 'DRAIN_AGENT' },
    });
    expect(JSON.parse(intended?.request?.body ?? '')).toEqual({
      type: 'DRAIN_AGENT',
      drain_agent: { agent_id: { value: id }, max_grace_period: { seconds: 600 }, mark_gone: false },
    });
    expect(accepted).toMatchObject({
      outcome: 'accepted',
      response: { status: 200, body: '' },
      request: { body: intended?.request?.body, url: `${world.cluster.masterUrls[0]}/api/v1` },
    });
    expect(told.at(-2)).toMatchObject({ outcome: 'master-and-agent' });
    expect(told.at(-1)).toMatchObject({ outcome: 'reactivated' });
    // One story, one correlation; each entry after the one before.
    expect(new Set(told.map(({ correlation }) => correlation)).size).toBe(1);
    expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).toSorted());
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'REACTIVATE_AGENT']);
  });

  it('answers in Slack who had what done, on whose approval, why, and what came of it, a page at a time', async () => {
    world = await makeWorld({ cluster: twoTasks });
    await world.start();
    // So many that there is more than one page; all but the last are refused.
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9]) await world.type('mara', `/mesos cancel d${n}`);
    await world.type('mara', askGone);
    await world.until('the prompt', () => openPrompt(world) !== null);
    await votes(world, 'dev');
    await hears(world, 'is gone, proven');
    const [card] = world.slack.model.messages.timeline(opsChannel.id);
    const link = `/archives/${opsChannel.id}/p${card?.ts.replace('.', '')}|d1>`;
    const gone =
      /<@U0MARA0001> drained agent3\.example \(S\d+\) in playground, mark gone, approved by <@U0DEV00001>: “disk dying” → drained at <[^>]*>, gone at <[^>]*>/;

    await world.type('sam', '/mesos audit');
    const first = await isTold(world, 'sam', 'Audit log');
    const [newest] = first.match(/^• .*$/m) ?? [];
    expect(newest).toMatch(gone);
    expect(newest).toContain(link);
    expect(first).not.toContain('the bot started');
    const toSam = () => world.slack.model.messages.ephemerals(opsChannel.id, 'U0SAM00001');
    const [page] = toSam();
    await world.slack.click('sam', opsChannel.name, page?.ts ?? '', 'mesos_command');
    expect(await isTold(world, 'sam', 'further back')).toContain('the bot started');
    // Turned, not added to.
    expect(toSam()).toHaveLength(1);
    await world.slack.click('sam', opsChannel.name, page?.ts ?? '', 'mesos_command');
    expect(await isTold(world, 'sam', 'Audit log')).toBe(first);

    await world.type('dev', '/mesos audit who agent3');
    const who = await isTold(world, 'dev', 'Who did what to agent3.example');
    expect(who).toContain('No work of this bot is under way on it.');
    expect(who.match(/^• /gm)).toHaveLength(1);
    expect(who).toMatch(gone);
    await world.type('dev', '/mesos audit --by @dev');
    expect(await isTold(world, 'dev', 'by <@U0DEV00001>')).toMatch(gone);
    await world.type('dev', '/mesos audit d1');
    const story = await isTold(world, 'dev', 'What happened in');
    const at = (part: string) => story.indexOf(part);
    const order = [
      '“disk dying”',
      'second person',
      '<@U0DEV00001> approved',
      'DRAIN_AGENT is about to be sent for <@U0MARA0001>, approved by <@U0DEV00001>',
      'DRAINED',
      'gone, proven',
      '*The end:*',
    ];
    expect(order.map(at)).toEqual(order.map(at).toSorted((a, b) => a - b));
    expect(order.filter((part) => at(part) === -1)).toEqual([]);
    await world.type('dev', '/mesos audit --by @sam --command drain');
    expect(await isTold(world, 'dev', 'has nothing')).toContain('by <@U0SAM00001>, of `drain`');
    // Looking is on record too.
    const entries = await audited(world);
    expect(entries.at(-1)).toMatchObject({ event: 'command.answered', actor: { user: 'U0DEV00001' } });
  });

  it('goes to whoever wants it as a file, and to nobody else, up to the moment it was asked for', async () => {
    world = await makeWorld({ cluster: twoTasks, env: { SLACK_OPS_CHANNEL: '' } });
    await world.start();
    await world.type('mara', '/mesos status');
    await world.type('mara', '/mesos audit --by @mara --export csv');
    expect(await isTold(world, 'mara', 'comes to you')).toContain(`by <@U0MARA0001>`);
    await world.until('the file', () => inDirect().length === 1, 30);
    const [{ text = '', files: [file] = [] } = {}] = inDirect();
    expect(text).toMatch(/^The audit log: the one entry by <@U0MARA0001>, from #\d+ on\.$/);
    const [head, ...lines] = file?.text.trimEnd().split('\r\n') ?? [];
    expect(head).toMatch(/^\uFEFFat,/);
    expect(lines).toEqual([expect.stringContaining(',command.answered,person,U0MARA0001,')]);
    await world.type('mara', '/mesos audit --by @sam --export jsonl');
    await isTold(world, 'mara', 'no entry by');
    expect(inDirect()).toHaveLength(1);
    expect((await audited(world)).at(-1)).toMatchObject({
      event: 'command.answered',
      command: { parsed: { verb: 'audit', exportAs: 'jsonl' } },
    });
  });

  it('has the start and the orderly stop of the bot', async () => {
    world = await makeWorld({ cluster: twoTasks });
    const bot = await world.start();
    await bot.stop();
    world.bot = null;
    expect((await audited(world)).map(({ event }) => event)).toEqual([
      'bot.started',
      'policy.changed',
      'bot.stopped',
    ]);
  });
});
