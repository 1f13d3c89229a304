import type { KnownAgent } from '../../domain/agent.ts';
import { type CoveredAgent, coveredFrom } from '../../domain/approval/covers.ts';
import { buildPreview } from '../agents/build-preview.ts';
import type { Clock, Master } from '../ports.ts';

/** What it costs to end what runs on an agent. `tasksAreLost`: at once, without a drain before. Throws a MasterFault where the
 * master can't say what the agent is. */
export async function costOn(
  { master, clock }: { master: Master; clock: Clock },
  agent: KnownAgent,
  tasksAreLost = false,
): Promise<CoveredAgent> {
  const { preview } = await buildPreview(
    master,
    { chosen: agent, others: [] },
    { maxGrace: null, markGone: false, unattended: false, openDrain: null, at: clock.now() },
  );
  return coveredFrom(agent, preview, tasksAreLost);
}
