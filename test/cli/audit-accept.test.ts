import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { auditCommand } from '../../src/cli/audit-command.ts';
import { noProgress } from '../../src/cli/progress.ts';
import * as ids from '../../src/domain/ids.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { cleanUp, freshPath, open } from '../store/fresh-store.ts';
import { noon } from '../store/noon.ts';
import { readAudit } from '../support/read-audit.ts';
import { restored } from '../support/restored-samples.ts';

cleanUp();

async function accept(path: string) {
  const out: string[] = [];
  const status = await auditCommand(['accept-restore', path, '--reason', 'disk failed'], {
    defaultFile: '/nowhere/default.db',
    progress: noProgress,
    clock: { now: () => ids.after(noon, 60_000), after: () => () => undefined },
    newId: () => 'id-1',
    sha256,
    by: { kind: 'os-user', name: 'olga', host: 'bot-1' },
    print: async (line) => void out.push(line),
    complain: (line) => void out.push(line),
  });
  return { status, out: out.join('\n') };
}

describe('npm run audit -- accept-restore', () => {
  it('shows what was found, files who accepts it and why, and lets numbers go on above', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.setRestored(restored));
    await store.close();
    const { status, out } = await accept(path);
    expect(status).toBe(0);
    expect(out).toContain('its log ended at entry 300, and Slack holds an anchor of entry 412');
    expect(out).toContain('Questions that became void: a9\nDrains that were only watched: d16, d17');
    expect(out).toContain('Old messages that were not sent: 3\nNumbers go on above d20, a11, p4');
    expect(out).toMatch(/Accepted by olga on bot-1, entry 1 of the log, head 1:[0-9a-f]{64}/);
    const { entries, flaws } = await readAudit(path);
    expect(flaws).toEqual([]);
    expect(entries).toMatchObject([
      {
        event: 'database.restore-accepted',
        actor: { kind: 'os-user', name: 'olga', host: 'bot-1' },
        reason: 'disk failed',
        facts: { how: 'behind', numbers: { drains: 20, approvals: 11, plans: 4 } },
      },
    ]);
    const after = await open(path);
    expect(await after.thisDatabase()).toMatchObject({
      restored: null,
      acceptedUpTo: ids.after(noon, 60_000),
    });
    expect(await after.transact((tx) => tx.nextDrainId())).toBe(21);
    expect(await after.transact((tx) => tx.nextApprovalId())).toBe(12);
  });

  it('does nothing where the bot has found nothing', async () => {
    const path = freshPath();
    await (await open(path)).close();
    const { status, out } = await accept(path);
    expect([status, out]).toEqual([1, expect.stringContaining('Nothing was accepted')]);
    expect((await readAudit(path)).entries).toEqual([]);
  });

  it('wants the bot stopped, and says who has the file', async () => {
    const path = freshPath();
    await open(path, 'host-a pid 1');
    const { status, out } = await accept(path);
    expect(status).toBe(2);
    expect(out).toContain('in use by host-a pid 1');
    expect(out).toContain('stop that one first');
  });

  it('makes no database where there is none', async () => {
    const path = freshPath();
    expect((await accept(path)).status).toBe(2);
    expect(existsSync(path)).toBe(false);
  });
});
