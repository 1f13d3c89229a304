import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { opsChannel } from '../../playground/scenarios/story.ts';
import { runAudit } from '../cli/run-audit.ts';
import { readAudit } from '../support/read-audit.ts';
import { applied, audited, hears } from '../support/tell.ts';
import { asked, holdMs, votes } from '../support/two-people.ts';
import type { World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('a log that is archived in the middle of a drain', () => {
  it('goes on in the new file: the votes stand, the second call leaves, and no restore is seen', async () => {
    world = await asked({ env: { SLACK_OPS_CHANNEL: opsChannel.id } });
    await votes(world, 'dev');
    await world.pass(holdMs, 5_000);
    await hears(world, '*Started:*');
    const archive = join(dirname(world.databasePath), 'bot-2026.db');
    await world.whileBotIsAway(async ({ databasePath }) => {
      expect((await runAudit('archive', archive, databasePath)).err).toBe('');
    });
    await hears(world, 'is gone, proven');
    expect(applied(world)).toEqual(['DRAIN_AGENT', 'DRAIN_AGENT']);
    const since = (await audited(world)).map(({ event }) => event);
    expect(since[0]).toBe('log.continued');
    expect(since).toContain('mark-gone.ended');
    expect(since).not.toContain('database.restored');
    expect((await readAudit(archive)).entries.map(({ event }) => event)).toContain('approval.asked');
    expect((await runAudit('verify', archive, world.databasePath)).status).toBe(0);
    expect(world.errors).toEqual([]);
  });
});
