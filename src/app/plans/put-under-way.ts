import { seenFrom } from '../../domain/beside.ts';
import type { Command } from '../../domain/command.ts';
import { type Instant, noticeId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import { planCardOf } from '../../domain/plan/card.ts';
import type { AgentsPlan } from '../../domain/plan.ts';
import { rollingCardOf } from '../../domain/rolling/card.ts';
import type { RollingPlan } from '../../domain/rolling.ts';
import { hourInLog } from '../../domain/time/hour.ts';
import { auditOfCommand } from '../commands/record.ts';
import { Overtaken } from '../overtaken.ts';
import type { Clock, InboxCommand, NewId, Tx } from '../ports.ts';
import { applyAgentsPlan, auditOfPlan } from './apply-agents-plan.ts';
import { objectionOfHolder } from './held-by-plan.ts';
import { applyRolling } from './rolling/apply-rolling.ts';

/** Puts a plan that is stored as proposed, and needs nobody but its asker, before everybody, on the command that settles with it:
 * its card, and that it runs from here on, or waits for its hour. Throws an Overtaken where another plan has one of its
 * agents, and what {@link applyAgentsPlan} throws. */
export async function putUnderWay(
  tx: Tx,
  { clock, newId }: { clock: Clock; newId: NewId },
  plan: AgentsPlan | RollingPlan,
  command: Command,
  typed: InboxCommand,
): Promise<void> {
  const at = clock.now();
  const hour = plan.state.status === 'proposed' ? plan.state.hour : undefined;
  const held = await objectionOfHolder(tx, plan, hour !== undefined);
  if (held !== null) throw new Overtaken(held);
  await tx.settleCommand(typed.id, 'done');
  const rootNotice = noticeId(newId());
  const { thread, channel, id } = plan;
  await tx.openThread({ id: thread, channel, rootNotice, drain: null, approval: null, plan: id });
  const event =
    hour === undefined
      ? { type: 'begun' as const, at, approved: null }
      : { type: 'scheduled' as const, at, hour };
  const before = hour === undefined ? seenFrom(plan, at) : plan;
  const now =
    before.of === 'agents'
      ? await applyAgentsPlan(tx, before, [event], newId)
      : await applyRolling(tx, before, [event], newId);
  await tx.queue({
    id: rootNotice,
    to: { kind: 'root', thread },
    notice: cardOf(now, at),
    createdAt: at,
  });
  const { actor, command: words } = auditOfCommand(typed, command);
  await tx.append({
    ...(await auditOfPlan(tx, now)),
    actor,
    ...(words === undefined ? {} : { command: words }),
    at,
    ...(hour === undefined
      ? { event: 'plan.begun' }
      : { event: 'plan.scheduled', facts: { ...hourInLog(hour), agents: now.lines.length } }),
    decision: 'allowed',
    outcome: plan.work.do,
  });
}

/** None of its lines has a record yet. */
function cardOf(plan: AgentsPlan | RollingPlan, at: Instant): Notice {
  const none = { drain: () => null, reactivation: () => null };
  return plan.of === 'agents'
    ? { kind: 'plan-card', card: planCardOf(plan, none, at) }
    : { kind: 'rolling-card', card: rollingCardOf(plan, none, at) };
}
