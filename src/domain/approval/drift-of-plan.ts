import type { AgentId } from '../ids.ts';
import type { CoveredAgent, CoveredMachine, Covers } from './covers.ts';
import { changesOf, type LineDrift } from './drift.ts';

/** In what way a list is no longer the one that was approved, line by line; empty: it is, or less would be lost. */
export function driftOfPlan(shown: Covers, now: Covers): LineDrift[] {
  if (shown.of === 'agents') return driftOfAgents(shown.lines, now.of === 'agents' ? now.lines : []);
  const machines = now.of === 'machines' ? now.lines : [];
  return shown.lines.flatMap((line): LineDrift[] => {
    const same = machines.find(({ machine }) => isSameMachine(machine, line.machine));
    if (same === undefined) return [{ what: 'machine-missing', machine: line.machine }];
    return [
      ...driftOfAgents(line.agents, same.agents),
      ...same.agents
        .filter(({ agentId }) => !has(line.agents, agentId))
        .map(({ agentId, hostname }) => ({ what: 'agent-new' as const, agentId, hostname })),
    ];
  });
}

/** Whether the very list is still there: what is missing from it can't be asked for again as it was. */
export function isWhole(drift: LineDrift[]): boolean {
  return !drift.some(({ what }) => what === 'agent-missing' || what === 'machine-missing');
}

function driftOfAgents(shown: CoveredAgent[], now: CoveredAgent[]): LineDrift[] {
  return shown.flatMap((line): LineDrift[] => {
    const { agentId, hostname } = line;
    const same = now.find((each) => each.agentId === agentId);
    if (same === undefined) return [{ what: 'agent-missing', agentId, hostname }];
    return changesOf(line, same).map((drift) => ({ what: 'line' as const, agentId, hostname, drift }));
  });
}

function has(agents: CoveredAgent[], agentId: AgentId): boolean {
  return agents.some((each) => each.agentId === agentId);
}

function isSameMachine(a: CoveredMachine['machine'], b: CoveredMachine['machine']): boolean {
  return a.hostname === b.hostname && a.ip === b.ip;
}
