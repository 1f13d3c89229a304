import { afterEach, describe, expect, it } from '@jest/globals';
import { openPrompt, opsChannel } from '../../../playground/scenarios/story.ts';
import { userNamed } from '../../../playground/slack/workspace/workspace.ts';
import { applied, audited, close, hears, isTold } from '../../support/tell.ts';
import {
  asked,
  becomes,
  expiryMs,
  holdMs,
  joinsApprovers,
  leavesApprovers,
  no,
  nothingLeaves,
  prompt,
  reacts,
  settlements,
  stop,
  takesBack,
  votes,
  votesOnRecord,
  yes,
} from '../../support/two-people.ts';
import type { World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

/** Somebody who is in the channel, and in the approvers' group: only who they are speaks against them. */
function isApprover(user: string, who: Parameters<typeof becomes>[2] = {}): (world: World) => void {
  return (there) => {
    joinsApprovers(there, user);
    becomes(there, user, who);
    const { channels } = there.slack.model.workspace;
    channels.get(opsChannel.id)?.members.add(userNamed(there.slack.model.workspace, user).id);
  };
}

describe('nothing leaves on a ✅', () => {
  it('of whoever asked, though they are an approver', async () => {
    world = await asked();
    await votes(world, 'mara');
    expect(await isTold(world, 'mara', 'does not count')).toContain('second person');
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual(['mara refused own-vote']);
  });

  it('of a second account of whoever asked, in the same enterprise', async () => {
    world = await asked({
      before: (there) => {
        becomes(there, 'mara', { enterpriseUserId: 'W0MARA' });
        isApprover('sam', { enterpriseUserId: 'W0MARA' })(there);
      },
    });
    await votes(world, 'sam');
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual(['sam refused own-vote']);
  });

  it.each([
    ['a bot', 'ci', {}, 'bot'],
    ['a guest', 'guest', {}, 'guest'],
    ['a single-channel guest', 'sam', { isUltraRestricted: true }, 'guest'],
    ['somebody of another workspace', 'partner', {}, 'other-workspace'],
  ])('of %s, though the approvers’ group has them', async (_, user, who, refusal) => {
    world = await asked({ before: isApprover(user, who) });
    await votes(world, user);
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual([`${user} refused ${refusal}`]);
  });

  it('of an account that is deactivated while the call waits', async () => {
    world = await asked({ before: isApprover('sam') });
    await votes(world, 'sam');
    await hears(world, 'leaves at');
    becomes(world, 'sam', { isDeleted: true });
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual(['sam approves', 'sam refused deactivated']);
  });

  it('of somebody who is no approver', async () => {
    world = await asked();
    await votes(world, 'sam');
    await isTold(world, 'sam', 'does not count');
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual(['sam refused not-entitled']);
  });

  it('of an approver who is taken out of the group between the vote and the call', async () => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    leavesApprovers(world, 'dev');
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual(['dev approves', 'dev refused not-entitled']);
  });

  it('that is a 👍, or looks like a ✅', async () => {
    world = await asked();
    for (const emoji of ['+1', '+1::skin-tone-3', 'heavy_check_mark', 'ballot_box_with_check', 'ok_hand'])
      await votes(world, 'dev', emoji);
    expect(await isTold(world, 'dev', 'not a vote')).toContain('white_check_mark');
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual(['dev refused not-a-vote']);
  });

  it('that was there in time and could be read only after the expiry', async () => {
    world = await asked();
    await world.pass(expiryMs - 10_000, 10_000);
    const late = world.slack.model.faults;
    late.add({ method: 'reactions.get', fault: '500', times: 1_000 });
    await world.slack.react('dev', opsChannel.name, prompt(world).ts, yes);
    await world.pass(20_000);
    expect(await settlements(world)).toEqual(['expired']);
    await nothingLeaves(world);
  });

  it('that comes after the expiry, and says so', async () => {
    world = await asked();
    const { ts } = prompt(world);
    await world.pass(expiryMs, 10_000);
    expect(await settlements(world)).toEqual(['expired']);
    await reacts(world, 'dev', ts);
    await isTold(world, 'dev', 'a1');
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual(['dev refused settled']);
  });

  it('on another message: a copy of the prompt, a reply to it, or the prompt of a question that is settled', async () => {
    world = await asked();
    const first = prompt(world);
    const copy = await world.slack.say('mara', opsChannel.name, first.text);
    const reply = await world.slack.say('mara', opsChannel.name, 'a reply', first.ts);
    await reacts(world, 'dev', copy);
    await reacts(world, 'dev', reply);
    await nothingLeaves(world);
    await votes(world, 'mara', no);
    await world.type('mara', '/mesos drain agent3 --mark-gone --reason "again"');
    await world.until('the second prompt', () => openPrompt(world) !== null);
    await reacts(world, 'dev', first.ts);
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual(['mara withdraws', 'dev refused settled']);
  });

  it('that only an event tells of: held back, doubled or out of order, Slack’s copy decides', async () => {
    world = await asked();
    world.slack.events.hold();
    await votes(world, 'dev');
    await takesBack(world, 'dev');
    world.slack.events.release('backwards');
    world.slack.events.repeat();
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual([]);
  });
});

describe('a ✅ of a second person', () => {
  it('counts once, however often its event comes', async () => {
    world = await asked();
    await votes(world, 'dev');
    for (let times = 0; times < 3; times++) world.slack.events.repeat();
    await hears(world, 'is gone, proven');
    world.slack.events.repeat();
    await world.pass(60_000);
    expect(await votesOnRecord(world)).toEqual(['dev approves']);
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'DRAIN_AGENT']);
  });

  it('counts also when its event is lost: within a minute it is read', async () => {
    world = await asked();
    world.slack.events.lose();
    await world.slack.react('dev', opsChannel.name, prompt(world).ts, yes);
    await hears(world, 'leaves at', 65);
    await hears(world, 'is gone, proven');
  });

  it('counts also when it is quicker than the bot, which has yet to find out which message its question is', async () => {
    world = await asked({
      // Slack has the message, and its answer is lost.
      before: ({ slack }) =>
        void slack.model.faults.add({ method: 'chat.postMessage', fault: 'drop-after-apply' }),
    });
    await votes(world, 'dev');
    await world.pass(9_000, 1_000);
    expect(await votesOnRecord(world)).toEqual(['dev approves']);
  });

  it('that was given while the link to Slack was down is read as soon as it is up again', async () => {
    world = await asked();
    await world.pass(1_000);
    world.slack.events.lose();
    world.slack.disconnect('cut');
    await world.slack.react('dev', opsChannel.name, prompt(world).ts, yes);
    await hears(world, 'leaves at', 20);
    await hears(world, 'is gone, proven');
  });

  it('is kept while Slack can not say who that is, and judged when it can', async () => {
    world = await asked();
    world.slack.model.faults.add({ method: 'users.info', fault: '500', times: 3 });
    await votes(world, 'dev');
    await hears(world, 'leaves at', 120);
    expect(await votesOnRecord(world)).toEqual(['somebody not-judged', 'dev approves']);
  });

  it('lets the call leave only after the hold, in sight', async () => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    await world.pass(holdMs - 3_000, 500);
    expect(applied(world)).toEqual([]);
    await world.pass(5_000, 500);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  });

  it('is not enough where two are needed, and one human with two accounts is one', async () => {
    world = await asked({
      env: { APPROVALS_NEEDED: '2' },
      before: (there) => {
        becomes(there, 'dev', { enterpriseUserId: 'W0DEV' });
        isApprover('sam', { enterpriseUserId: 'W0DEV' })(there);
      },
    });
    await votes(world, 'dev');
    await votes(world, 'sam');
    await nothingLeaves(world);
    await votes(world, 'ines');
    await hears(world, 'is gone, proven');
    const intent = (await audited(world)).find(({ event }) => event === 'call.intended');
    expect(intent?.approval?.by.map(({ name }) => name)).toEqual(['dev', 'ines']);
  });
});

describe('a no', () => {
  it.each([
    ['an approver denies it', 'dev', no, 'denied'],
    ['whoever asked takes it back', 'mara', no, 'withdrawn'],
  ])('ends the question: %s', async (_, user, emoji, how) => {
    world = await asked();
    await votes(world, user, emoji);
    expect(await settlements(world)).toEqual([how]);
    await world.until('the face', () => openPrompt(world) === null);
    await nothingLeaves(world);
  });

  it.each([
    ['🛑 of anybody of the team', 'sam', stop, 'stopped'],
    ['⛔ of anybody of the team', 'sam', 'no_entry', 'stopped'],
    ['❌ of anybody of the team', 'sam', no, 'stopped'],
    ['❌ of an approver', 'ines', no, 'denied'],
    ['❌ of whoever asked', 'mara', no, 'withdrawn'],
  ])('stops a call that is about to leave: %s', async (_, user, emoji, how) => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    await votes(world, user, emoji);
    expect(await settlements(world)).toEqual([how]);
    await nothingLeaves(world);
  });

  it('of anybody keeps an open question back while it stands, and no longer', async () => {
    world = await asked();
    await votes(world, 'sam', stop);
    await votes(world, 'dev');
    await nothingLeaves(world);
    await takesBack(world, 'sam', stop);
    await hears(world, 'is gone, proven');
  });

  it('of a guest stops nothing, and is told so', async () => {
    world = await asked();
    await votes(world, 'dev');
    await votes(world, 'guest', stop);
    await isTold(world, 'guest', 'does not count');
    await hears(world, 'is gone, proven');
  });

  it('is also a ✅ taken back in the hold; given again, the hold begins anew', async () => {
    world = await asked();
    await votes(world, 'dev');
    await hears(world, 'leaves at');
    await world.pass(20_000);
    await takesBack(world, 'dev');
    await nothingLeaves(world);
    await votes(world, 'dev');
    await world.pass(holdMs - 5_000);
    expect(applied(world)).toEqual([]);
    await hears(world, 'is gone, proven');
  });
});
