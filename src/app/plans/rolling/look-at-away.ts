import type { MasterSighting } from '../../../domain/agent.ts';
import type { Judging } from '../../../domain/drain/proof.ts';
import type { AgentId, Instant } from '../../../domain/ids.ts';
import type { RollingEvent } from '../../../domain/rolling/events.ts';
import { type AwayLook, observeAway } from '../../../domain/rolling/observe-away.ts';
import type { RollingLine } from '../../../domain/rolling.ts';
import type { Master } from '../../ports.ts';
import { sightingIn } from './keep-away.ts';
import { type RunningPlan, type WriteDeps, writeRolling } from './write-rolling.ts';

export interface LookAtAwayDeps extends WriteDeps {
  master: Master;
  judging: Judging;
}

/** From here on one read of all agents costs less than one of each. */
const few = 3;

/** Looks at the agents that a plan keeps away, or is about to, and writes what that means. Answers the plan as it is then; null:
 * it runs no more. Throws a MasterFault where the master can't list them. */
export async function lookAtAway(
  deps: LookAtAwayDeps,
  plan: RunningPlan,
  lines: readonly RollingLine[],
): Promise<RunningPlan | null> {
  if (lines.length === 0) return plan;
  const { master, clock, judging } = deps;
  const begun = clock.now();
  const seen = await sightings(master, lines);
  const at = clock.now();
  return writeRolling(deps, plan, (now) =>
    now.lines.flatMap((line) => movedBy(line, seen.get(line.agentId), { begun, at }, judging)),
  );
}

function movedBy(
  line: RollingLine,
  seen: MasterSighting | undefined,
  when: { begun: Instant; at: Instant },
  judging: Judging,
): RollingEvent[] {
  if (seen === undefined) return [];
  const look: AwayLook = { ...when, seen };
  const to = observeAway(line, look, judging);
  return to === null
    ? []
    : [{ type: 'line-moved', at: when.at, agentId: line.agentId, from: line.state.is, to }];
}

async function sightings(
  master: Master,
  lines: readonly RollingLine[],
): Promise<Map<AgentId, MasterSighting>> {
  const sweep = lines.length > few ? await master.sweep() : null;
  const seen = new Map<AgentId, MasterSighting>();
  for (const { agentId } of lines)
    seen.set(
      agentId,
      sweep === null ? await master.lookAt(agentId) : await sightingIn(sweep, agentId, master),
    );
  return seen;
}
