import type { Command } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import { ok, type Result } from '../../domain/refusal.ts';
import { onlyTarget, type Target } from '../../domain/targets.ts';
import { buildPreview } from '../agents/build-preview.ts';
import { findAgent } from '../agents/find-agent.ts';
import { listAgents } from '../agents/list-agents.ts';
import { lookBeyond } from '../agents/look-beyond.ts';
import { showAgents } from '../plans/agents/propose-agents.ts';
import { showRolling } from '../plans/rolling/propose-rolling.ts';
import type { Clock, Master, People, PolicyInForce, Store, StoredDrain } from '../ports.ts';
import { maintenanceStatus } from './maintenance-status.ts';
import { status } from './status.ts';

export interface ReadDeps {
  clock: Clock;
  store: Store;
  master: Master;
  people: People;
  policy: PolicyInForce;
}

type Read<V extends Command['verb']> = Extract<Command, { verb: V }>;

/** Answers a command that only reads one cluster. Throws MasterFault where the master can't say what was asked. */
export async function answerRead(
  deps: ReadDeps,
  command: Read<'agents' | 'status' | 'preview' | 'maintenance status' | 'drain'>,
  now: Instant,
): Promise<Result<Notice>> {
  switch (command.verb) {
    case 'agents':
      return ok(await listAgents(deps, command, now));
    case 'status':
      return status(deps, command, now);
    case 'preview':
    case 'drain': {
      if (command.verb === 'drain' && command.rolling !== undefined)
        return showRolling(deps, { ...command, rolling: command.rolling });
      const target = onlyTarget(command.targets);
      if (target === null) return showAgents(deps, command);
      const dryRun = command.verb === 'drain';
      const unattended = dryRun && command.unattended;
      return preview(deps, { ...command, target, unattended }, dryRun, now);
    }
    case 'maintenance status':
      return maintenanceStatus(deps, command, now);
  }
}

/** The link to a drain's thread, once Slack has told it. */
export async function permalinkOf(store: Store, { drain }: StoredDrain): Promise<string | null> {
  return (await store.thread(drain.thread))?.permalink ?? null;
}

/** What a drain of an agent would cost. */
export async function preview(
  deps: ReadDeps,
  asked: Pick<Read<'drain'>, 'maxGrace' | 'markGone' | 'unattended'> & { target: Target },
  dryRun: boolean,
  now: Instant,
): Promise<Result<Notice>> {
  const { store, master } = deps;
  const found = await findAgent({ store, master, now }, asked.target, 'read');
  if (!found.ok) return found;
  const { chosen } = found.value;
  const open = await store.openDrains(master.cluster);
  const openDrain = open.find(({ drain }) => drain.agentId === chosen.agentId)?.drain.id ?? null;
  const looked = await buildPreview(master, found.value, { ...asked, openDrain, at: now });
  return ok({ kind: 'preview', preview: await lookBeyond(deps, looked), dryRun, file: false });
}
