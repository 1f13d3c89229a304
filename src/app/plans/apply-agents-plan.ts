import { approvalInLog } from '../../domain/audit/approval-in-log.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import { noticeId } from '../../domain/ids.ts';
import { type AgentsPlanEvent, evolveAgentsPlan } from '../../domain/plan/agents-evolve.ts';
import { narrateAgentsPlan } from '../../domain/plan/agents-narrate.ts';
import type { AgentsPlan, Plan } from '../../domain/plan.ts';
import { placeInLog } from '../place-in-log.ts';
import type { NewId, Tx } from '../ports.ts';

/** Writes events of a plan over agents, in order: its new state, the log's entries and the thread's messages, all in the
 * transaction at hand. Throws VersionConflict where it moved on, and AgentHeld where another plan took an agent of it. */
export async function applyAgentsPlan(
  tx: Tx,
  plan: AgentsPlan,
  events: AgentsPlanEvent[],
  newId: NewId,
): Promise<AgentsPlan> {
  let now = plan;
  for (const event of events) {
    const before = now;
    now = evolveAgentsPlan(before, event);
    await tx.savePlan(now);
    const { audit, say } = narrateAgentsPlan(before, now, event);
    if (audit !== null)
      await tx.append({ ...(await auditOfPlan(tx, now)), actor: { kind: 'bot' }, ...audit, at: event.at });
    if (say !== null)
      await tx.queue({
        id: noticeId(newId()),
        to: { kind: 'reply', thread: now.thread, broadcast: say.broadcast },
        notice: say.notice,
        createdAt: event.at,
      });
    if (isSeen(now) || isSeen(before)) await tx.cardStale(now.thread, event.at);
  }
  return now;
}

/** Whether everybody can see its card. */
function isSeen({ state }: AgentsPlan): boolean {
  return state.status === 'scheduled' || state.status === 'running';
}

/** The fields by which the log ties an entry to its plan. */
export async function auditOfPlan(
  tx: Tx,
  plan: Plan,
): Promise<Pick<AuditDraft, 'cluster' | 'plan' | 'agent' | 'correlation' | 'approval' | 'place' | 'reason'>> {
  return {
    cluster: plan.cluster,
    plan: plan.id,
    ...onlyAgentOf(plan),
    correlation: plan.correlation,
    ...(plan.approved === null ? {} : { approval: approvalInLog(plan.approved) }),
    place: await placeInLog(tx, plan),
    ...(plan.reason === null ? {} : { reason: plan.reason }),
  };
}

/** Of a list of one, so that the log finds it by its agent. */
function onlyAgentOf(plan: Plan): Pick<AuditDraft, 'agent'> {
  const [line, another] = plan.of === 'agents' ? plan.lines : [];
  return line === undefined || another !== undefined
    ? {}
    : { agent: { id: line.agentId, hostname: line.hostname } };
}
