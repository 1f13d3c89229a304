import type { KnownAgent } from '../../domain/agent.ts';
import type { Preview } from '../../domain/preview.ts';
import { buildPreview } from '../agents/build-preview.ts';
import type { Clock, Master } from '../ports.ts';

/** What it means to end what runs on an agent. Throws a MasterFault where the master can't say what the agent is. */
export async function previewOn(
  { master, clock }: { master: Master; clock: Clock },
  agent: KnownAgent,
): Promise<Preview> {
  const { preview } = await buildPreview(
    master,
    { chosen: agent, others: [] },
    { maxGrace: null, markGone: false, unattended: false, openDrain: null, at: clock.now() },
  );
  return preview;
}
