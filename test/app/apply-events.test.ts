import { describe, expect, it } from '@jest/globals';
import { applyEvents } from '../../src/app/drains/apply-events.ts';
import type { Tx } from '../../src/app/ports.ts';
import type { AuditDraft } from '../../src/domain/audit.ts';
import type { DrainEvent } from '../../src/domain/drain.ts';
import { approvalId } from '../../src/domain/ids.ts';
import { at, bob, drain, foreign, inDraining, leader } from '../support/samples.ts';

const link = 'https://x.slack.com/archives/C0OPS/p1';

/** The entry that an event of a drain leaves, which bob approved. */
async function filed(event: DrainEvent, master: typeof leader | null): Promise<AuditDraft | undefined> {
  const entries: AuditDraft[] = [];
  const tx = {
    saveDrain: async () => {},
    permalinkOf: async () => link,
    append: async (draft: AuditDraft) => void entries.push(draft),
    queue: async () => {},
    cardStale: async () => {},
  } as unknown as Tx;
  const approved = { approval: approvalId(9), by: [bob] };
  await applyEvents(tx, drain({ approved, state: inDraining() }), [event], () => 'n-1', master);
  return entries[0];
}

describe('the entry about a drain', () => {
  it('says who approved it, why, where it is told, and whose word it is', async () => {
    expect(await filed({ type: 'progressed', at: at(60), left: 2, quarter: 2 }, leader)).toMatchObject({
      event: 'drain.progressed',
      drain: 17,
      approval: { id: 9, by: [{ user: bob.userId }] },
      reason: 'kernel upgrade',
      place: { channel: 'C0OPS', thread: link },
      master: leader,
    });
  });

  it('has no master where it is nobody’s word', async () => {
    expect(await filed({ type: 'progressed', at: at(60), left: 2, quarter: 2 }, null)).not.toHaveProperty(
      'master',
    );
  });

  it('puts what others did under nobody’s approval', async () => {
    const end = { kind: 'superseded', shown: foreign } as const;
    const entry = await filed({ type: 'ended', at: at(60), end }, leader);
    expect(entry).toMatchObject({
      event: 'drain.ended',
      actor: { kind: 'outside' },
      reason: 'kernel upgrade',
    });
    expect(entry).not.toHaveProperty('approval');
  });
});
