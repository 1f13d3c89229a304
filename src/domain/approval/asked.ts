import type { Act, Approval, PlanApproval } from '../approval.ts';
import type { Verb } from '../command.ts';
import type { AgentId, DrainId, PlanId } from '../ids.ts';
import type { AgentsWork, MachinesWork } from '../plan.ts';
import type { RollingWork } from '../rolling.ts';

/** What a question asks for, of what: enough to name it by. */
export type Asked = AskedOfAgent | AskedOfPlan;

export interface AskedOfAgent {
  of: 'agent';
  agentId: AgentId;
  hostname: string;
  act: Act;
  /** The drain that it goes on from, or has begun. */
  drain: DrainId | null;
}

export interface AskedOfPlan {
  of: 'plan';
  plan: PlanId;
  does: { of: 'agents'; work: AgentsWork | RollingWork } | { of: 'machines'; work: MachinesWork };
  /** Of every line, in the order of the list. */
  hostnames: string[];
}

/** What it asks for. */
export function askedOf(approval: Approval): Asked {
  if (approval.of === 'agent') {
    const { of, agentId, hostname, act, drain } = approval;
    return { of, agentId, hostname, act, drain };
  }
  return askedOfPlan(approval);
}

export function askedOfPlan({ of, plan, covers }: PlanApproval): AskedOfPlan {
  if (covers.of === 'agents') {
    const { work, lines } = covers;
    return { of, plan, does: { of: 'agents', work }, hostnames: lines.map(({ hostname }) => hostname) };
  }
  const { work, lines } = covers;
  return {
    of,
    plan,
    does: { of: 'machines', work },
    hostnames: lines.map(({ machine }) => machine.hostname),
  };
}

/** The command by which the log is searched for what somebody voted on (migrations/009). */
export function verbOf(approval: Approval): Verb {
  if (approval.of === 'agent') return approval.act.kind === 'mark-gone' ? 'mark-gone' : 'drain';
  const { covers } = approval;
  if (covers.of === 'machines') return `maintenance ${covers.work.do}`;
  return covers.work.do === 'roll' ? 'drain' : covers.work.do;
}
