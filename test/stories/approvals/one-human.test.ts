import { afterEach, describe, expect, it } from '@jest/globals';
import { close } from '../../support/tell.ts';
import {
  asked,
  becomes,
  nothingLeaves,
  settlements,
  stop,
  takesBack,
  votes,
  votesOnRecord,
} from '../../support/two-people.ts';
import type { World } from '../../support/world.ts';

let world: World;
afterEach(() => close(world));

describe('whoever asked', () => {
  it('can not approve by an identity that the enterprise gave them since', async () => {
    world = await asked();
    becomes(world, 'mara', { enterpriseUserId: 'W0MARA0001' });
    await votes(world, 'mara');
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual(['mara refused own-vote']);
  });

  it('can not approve by one that Slack names no more', async () => {
    world = await asked({ before: (world) => becomes(world, 'mara', { enterpriseUserId: 'W0MARA0001' }) });
    becomes(world, 'mara', { enterpriseUserId: null });
    await votes(world, 'mara');
    await nothingLeaves(world);
  });

  it('can not approve by a second account that turns out to be theirs after it voted', async () => {
    world = await asked();
    await votes(world, 'dev');
    for (const user of ['mara', 'dev']) becomes(world, user, { enterpriseUserId: 'W0MARA0001' });
    await nothingLeaves(world);
    expect(await votesOnRecord(world)).toEqual(['dev approves', 'dev refused own-vote']);
  });

  it('holds the call back while Slack can not say who they are', async () => {
    world = await asked();
    await votes(world, 'dev');
    world.slack.model.faults.add({ method: 'users.info', fault: '500', times: 100_000 });
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual([]);
  });
});

describe('one human with two accounts', () => {
  it('is one vote, also where that comes out after they voted by the first', async () => {
    world = await asked({ env: { APPROVALS_NEEDED: '2' } });
    await votes(world, 'dev');
    for (const user of ['dev', 'ines']) becomes(world, user, { enterpriseUserId: 'W0DEV00001' });
    await world.pass(120_000);
    await votes(world, 'ines');
    await nothingLeaves(world);
  });

  it('is one vote, also where that comes out after both have voted', async () => {
    world = await asked({ env: { APPROVALS_NEEDED: '2' } });
    await votes(world, 'ines');
    // An objection keeps the call here, so that the two votes are there when it comes out.
    await votes(world, 'sam', stop);
    await votes(world, 'dev');
    for (const user of ['dev', 'ines']) becomes(world, user, { enterpriseUserId: 'W0DEV00001' });
    await takesBack(world, 'sam', stop);
    await nothingLeaves(world);
    expect(await settlements(world)).toEqual([]);
  });
});
