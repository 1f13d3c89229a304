import { describe, expect, it } from '@jest/globals';
import { applyEvents } from '../../src/app/drains/apply-events.ts';
import type { Tx } from '../../src/app/ports.ts';
import type { AuditDraft } from '../../src/domain/audit.ts';
import type { DrainEvent } from '../../src/domain/drain.ts';
import { approvalId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { render } from '../../src/slack/blocks/render.ts';
import { agentsPlan, machinesPlan } from '../support/plan-samples.ts';
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

describe('the end of a drain that is a line of a plan', () => {
  const running = { status: 'running', since: at(0) } as const;

  it.each<[string, Plan, string | null]>([
    ['of agents: tells the way back', agentsPlan({ state: running }), null],
    [
      'that takes its machine down next: tells that',
      machinesPlan({ state: { ...running, step: { at: 'draining' } } }),
      '*Next:* plan p4 takes its machine down',
    ],
    [
      'that was stopped: tells the way back',
      machinesPlan({ state: { status: 'ended', at: at(9), end: { kind: 'done' } } }),
      null,
    ],
  ])('%s', async (_, plan, next) => {
    const told: Notice[] = [];
    const tx = {
      saveDrain: async () => {},
      permalinkOf: async () => link,
      append: async () => {},
      queue: async ({ notice }: { notice: Notice }) => void told.push(notice),
      cardStale: async () => {},
      plan: async () => plan,
    } as unknown as Tx;
    const proven = { type: 'drained', at: at(60), leader, proof: { by: 'master-and-agent' } } as const;
    await applyEvents(tx, drain({ plan: plan.id, state: inDraining() }), [proven], () => 'n-1', leader);
    const words = told.map((each) => render(each).text).join();
    expect(words).toContain(next ?? '*Next:* do the work, then reactivate it.');
  });
});
