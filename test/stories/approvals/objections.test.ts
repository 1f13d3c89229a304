import { afterEach, describe, expect, it } from '@jest/globals';
import { opsChannel } from '../../../playground/scenarios/story.ts';
import { applied, close, hears, replies } from '../../support/tell.ts';
import {
  asked,
  leavesApprovers,
  nextPrompt,
  no,
  nothingLeaves,
  prompt,
  settlements,
  stop,
  votes,
  votesOnRecord,
} from '../../support/two-people.ts';
import type { World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

describe('whoever said yes in vain', () => {
  it('can still stop the call that is about to leave', async () => {
    world = await asked();
    await votes(world, 'sam');
    await votes(world, 'dev');
    await votes(world, 'sam', stop);
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual(['stopped']);
    expect(await votesOnRecord(world)).toEqual(['sam refused not-entitled', 'dev approves', 'sam stops']);
  });

  it('can still drop the second call', async () => {
    world = await asked();
    await votes(world, 'sam');
    await votes(world, 'dev');
    await hears(world, '*Started:*');
    await votes(world, 'sam', stop);
    expect(await settlements(world)).toEqual(['stopped']);
  });

  it('can still withdraw what they asked for', async () => {
    world = await asked({ env: { APPROVERS: 'U0DEV00001,U0INES0001' } });
    await votes(world, 'mara');
    await votes(world, 'mara', no);
    expect(await settlements(world)).toEqual(['withdrawn']);
  });

  it('does not keep a question waiting whose approver may approve no more', async () => {
    world = await asked();
    const first = prompt(world);
    await votes(world, 'sam');
    await votes(world, 'dev');
    await hears(world, '*Started:*');
    leavesApprovers(world, 'dev');
    await nextPrompt(world, first);
    expect(await settlements(world)).toEqual(['changed']);
    expect(replies(world).join()).toContain('The approvals that count now are not enough.');
  });

  it('blocks nothing as a guest, who has no vote', async () => {
    world = await asked();
    await votes(world, 'guest');
    await votes(world, 'guest', stop);
    await votes(world, 'dev');
    await hears(world, '*Started:*');
  });
});

describe('an objection while the approvers can not be read', () => {
  const unreadable = { method: 'usergroups.users.list', fault: '500', times: 100_000 } as const;

  it.each([stop, no])('stops all the same: %s', async (emoji) => {
    world = await asked({ env: { APPROVERS: 'U0DEV00001,S0APPROVER' } });
    await votes(world, 'dev');
    await hears(world, '*Started:*');
    world.slack.model.faults.add(unreadable);
    await votes(world, 'sam', emoji);
    expect(await settlements(world)).toEqual(['stopped']);
    await world.pass(300_000, 2_000);
    expect(applied(world)).toEqual(['DRAIN_AGENT']);
  });

  it('is judged as a denial once they can', async () => {
    world = await asked({ env: { APPROVERS: 'U0DEV00001,S0APPROVER' } });
    world.slack.model.faults.add(unreadable);
    await votes(world, 'ines', no);
    expect(await settlements(world)).toEqual([]);
    while (world.slack.model.faults.take('usergroups.users.list') !== null);
    await world.pass(120_000, 1_000);
    expect(await settlements(world)).toEqual(['denied']);
  });
});

describe('a channel that is archived in the hold', () => {
  it('lets nothing leave: nobody can object there', async () => {
    world = await asked();
    await votes(world, 'dev');
    for (const channel of world.slack.model.workspace.channels.values())
      if (channel.name === opsChannel.name) channel.isArchived = true;
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual(['no-prompt']);
  });
});
