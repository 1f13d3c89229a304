import type { Instant } from '../../domain/ids.ts';
import type { AgentsPlan } from '../../domain/plan.ts';
import type { RollingPlan } from '../../domain/rolling.ts';
import type { Tx } from '../ports.ts';
import { auditOfPlan } from './apply-agents-plan.ts';

/** Files that a plan begins by no command: `approved` by people, or because its hour has come. */
export async function fileBeginning(
  tx: Tx,
  running: AgentsPlan | RollingPlan,
  decision: 'approved' | 'scheduled',
  at: Instant,
): Promise<void> {
  await tx.append({
    ...(await auditOfPlan(tx, running)),
    actor: { kind: 'bot' },
    at,
    event: 'plan.begun',
    decision,
    outcome: running.work.do,
  });
}
