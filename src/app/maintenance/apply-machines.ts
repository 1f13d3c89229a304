import { approvalInLog } from '../../domain/audit/approval-in-log.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import { type Instant, type MasterId, noticeId } from '../../domain/ids.ts';
import type { MachinesEvent } from '../../domain/maintenance/events.ts';
import { evolveMachines } from '../../domain/maintenance/evolve.ts';
import { narrateMachines } from '../../domain/maintenance/narrate.ts';
import { maintenanceCard } from '../../domain/maintenance/news.ts';
import type { MachinesPlan } from '../../domain/plan.ts';
import { applyEvents } from '../drains/apply-events.ts';
import { placeInLog } from '../place-in-log.ts';
import type { NewId, Tx } from '../ports.ts';

/** Writes events of a plan over machines, in order: its new state, the log's entries, its thread's messages, all in the
 * transaction at hand. `master`: the leader whose word they rest on; null: nobody's. Throws VersionConflict where it has
 * moved on, and AgentHeld where another plan took one of its agents. */
export async function applyMachines(
  tx: Tx,
  plan: MachinesPlan,
  events: readonly MachinesEvent[],
  newId: NewId,
  master: MasterId | null = null,
): Promise<MachinesPlan> {
  let now = plan;
  for (const event of events) {
    const before = now;
    now = evolveMachines(before, event);
    await tx.savePlan(now);
    if (event.type === 'begun') await openThread(tx, now, newId);
    if (event.type === 'step-done' && event.call === 'start') await endDrains(tx, now, event.at, newId);
    const { audit, say } = narrateMachines(before, now, event);
    if (audit !== null)
      for (const agent of event.type === 'begun' ? agentsInLog(now) : [null])
        await tx.append({
          ...(await auditOfMachines(tx, now)),
          ...(agent === null ? {} : { agent }),
          actor: { kind: 'bot' },
          ...(master === null ? {} : { master }),
          ...audit,
          at: event.at,
        });
    // What nobody but its asker has seen has no thread to tell it in.
    if (say !== null && before.state.status !== 'proposed')
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'reply', thread: now.thread, broadcast: say.broadcast },
        notice: say.notice,
        createdAt: event.at,
      });
    if (before.state.status !== 'proposed') await tx.cardStale(now.thread, event.at);
  }
  return now;
}

/** Each agent that the beginning is filed for, so that the log of an agent has what was done to its machine; one null where no
 * agent is known there. */
function agentsInLog({ lines }: MachinesPlan): ({ id: string; hostname: string } | null)[] {
  const agents = lines.flatMap(({ machine: { hostname }, agents }) =>
    agents.map(({ agentId }) => ({ id: agentId, hostname })),
  );
  return agents.length === 0 ? [null] : agents;
}

/** What keeps its agents out of service is over with their registration. A drain in the plan's own thread is told by that. */
async function endDrains(tx: Tx, plan: MachinesPlan, at: Instant, newId: NewId): Promise<void> {
  const drains = [...(await tx.openDrains(plan.cluster)), ...(await tx.outOfService(plan.cluster))];
  for (const { machine, agents } of plan.lines)
    for (const { agentId } of agents) {
      const drain = drains.find((each) => each.agentId === agentId);
      if (drain === undefined || drain.state.status === 'calling') continue;
      const end = { kind: 'removed' as const, down: machine, plan: plan.id };
      const told = drain.thread === plan.thread ? { told: true as const } : {};
      await applyEvents(tx, drain, [{ type: 'ended', at, end, ...told }], newId);
    }
}

/** Its card, where no question has opened the thread before. */
async function openThread(tx: Tx, plan: MachinesPlan, newId: NewId): Promise<void> {
  if (plan.approved !== null || plan.state.status !== 'running') return;
  const { thread, channel, id, state } = plan;
  const rootNotice = noticeId(newId());
  await tx.openThread({ id: thread, channel, rootNotice, drain: null, approval: null, plan: id });
  await tx.queue({
    id: rootNotice,
    to: { kind: 'root', thread },
    notice: { kind: 'maintenance-card', card: maintenanceCard(plan, state.since) },
    createdAt: state.since,
  });
}

/** The fields by which the log ties an entry to its plan. */
export async function auditOfMachines(
  tx: Tx,
  plan: MachinesPlan,
): Promise<
  Pick<AuditDraft, 'correlation' | 'cluster' | 'plan' | 'machines' | 'approval' | 'place' | 'reason'>
> {
  return {
    correlation: plan.correlation,
    cluster: plan.cluster,
    plan: plan.id,
    machines: plan.lines.map(({ machine: { hostname, ip } }) => ({ hostname, ip })),
    ...(plan.approved === null ? {} : { approval: approvalInLog(plan.approved) }),
    place: await placeInLog(tx, plan),
    ...(plan.reason === null ? {} : { reason: plan.reason }),
  };
}
