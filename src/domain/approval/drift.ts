import type { Held } from '../agent.ts';
import type { Act, AgentApproval } from '../approval.ts';
import type { AgentId } from '../ids.ts';
import type { WholeMachine } from '../maintenance/machine.ts';
import type { CoveredAgent } from './covers.ts';
import type { FirstStep } from './first-step.ts';
import type { FrameworkLoss, Loss } from './loss.ts';
import type { MasterWord } from './witness.ts';

/** One way in which the world is no longer as a prompt showed it. */
export type Drift = AgentDrift | CallDrift | LineDrift;

/** An agent is not as it was shown, or more would be lost with it. */
export type AgentDrift =
  | { what: 'volume' | 'reservation'; held: Held }
  | { what: 'framework'; framework: FrameworkLoss }
  | { what: 'more-tasks'; framework: FrameworkLoss; shown: number }
  /** It was shown as dead and is registered now. */
  | { what: 'alive' }
  /** It was shown as alive and is not registered now. */
  | { what: 'away' }
  | { what: 'not-known'; fact: 'held' | 'tasks'; why: string }
  | { what: 'hostname'; shown: string; now: string }
  | { what: 'address'; shown: string; now: string };

/** A line of a plan's list is not as it was shown. */
export type LineDrift =
  | { what: 'line'; agentId: AgentId; hostname: string; drift: AgentDrift }
  /** It can't be found any more. */
  | { what: 'agent-missing'; agentId: AgentId; hostname: string }
  | { what: 'machine-missing'; machine: WholeMachine }
  /** On a machine of the list there is another agent than those that were shown. */
  | { what: 'agent-new'; agentId: AgentId; hostname: string };

/** What the call rests on beside that. */
export type CallDrift =
  /** The leading master is another one, or the drain at the master began anew: what happened between, nobody saw. */
  | { what: 'leader' }
  | { what: 'drain-begun-anew' }
  /** Emptiness rests on the master's word alone, and the prompt did not say that it would. */
  | { what: 'master-word-only'; why: string }
  /** The agent holds work again, or the master counts operations on it. */
  | { what: 'not-empty'; why: string }
  /** Those who approved may not any more, or more of them are needed. */
  | { what: 'not-entitled' };

/** What the agent is now, beside what an approval showed. */
export interface AgentNow {
  hostname: string;
  address: { ip: string; port: number } | null;
  loss: Loss;
  act: Act;
  first: FirstStep;
  witness: MasterWord | null;
  masterWordOnly: boolean;
}

/** Everything that speaks against acting on this approval now; empty: it is as it was shown, or less would be lost. */
export function driftOf(approval: Subject, now: AgentNow): AgentDrift[] {
  return changesOf(approval, now);
}

type Subject = Pick<CoveredAgent, 'hostname' | 'address' | 'loss'>;

/** In what way an agent is no longer as it was shown, or loses more. */
export function changesOf(shown: Subject, now: Subject): AgentDrift[] {
  return [...identityDrift(shown, now), ...growthOf(shown.loss, now.loss)];
}

/** Beside that, what must hold before the first call: it begins as the prompt showed, with exactly what was approved. */
export function driftOfFirstCall(approval: AgentApproval, now: AgentNow): Drift[] {
  const begins = now.first.step === 'ours' ? now.first.drain.id : null;
  const sameBeginning =
    begins === approval.drain &&
    (now.witness === null) === (approval.witness === null) &&
    sameAct(approval.act, now.act);
  return [
    ...driftOf(approval, now),
    ...(sameBeginning
      ? witnessDrift(approval.witness, now.witness)
      : [{ what: 'drain-begun-anew' as const }]),
    ...(now.masterWordOnly && !approval.masterWordOnly
      ? [{ what: 'master-word-only' as const, why: 'it could not be asked just now' }]
      : []),
  ];
}

/** Whether the drain at the master is the one that was seen before, with nothing in between (product.md 4). */
export function witnessDrift(before: MasterWord | null, now: MasterWord | null): Drift[] {
  if (before === null && now === null) return [];
  if (before !== null && now !== null && before.leader !== now.leader) return [{ what: 'leader' }];
  return before?.startedAt === now?.startedAt && before !== null && now !== null
    ? []
    : [{ what: 'drain-begun-anew' }];
}

function sameAct(a: Act, b: Act): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function identityDrift(before: Subject, now: Subject): AgentDrift[] {
  const shown = inWords(before.address);
  const found = inWords(now.address);
  return [
    ...(now.hostname === before.hostname
      ? []
      : [{ what: 'hostname' as const, shown: before.hostname, now: now.hostname }]),
    ...(shown === found ? [] : [{ what: 'address' as const, shown, now: found }]),
  ];
}

function inWords(address: AgentNow['address']): string {
  return address === null ? 'not known' : `${address.ip}:${address.port}`;
}

/** In what way `now` loses more than was `shown`. What was shown as not known was approved as such; a task that took
 * another's place under a new id is no growth. */
export function growthOf(shown: Loss, now: Loss): AgentDrift[] {
  return [
    ...(now.alive && !shown.alive ? [{ what: 'alive' as const }] : []),
    ...(shown.alive && !now.alive ? [{ what: 'away' as const }] : []),
    ...heldGrowth(shown.held, now.held),
    ...taskGrowth(shown.tasks, now.tasks),
  ];
}

function heldGrowth(shown: Loss['held'], now: Loss['held']): AgentDrift[] {
  if (!shown.known) return [];
  if (!now.known) return [{ what: 'not-known', fact: 'held', why: now.why }];
  const before = sizes(shown.value);
  const after = sizes(now.value);
  return now.value
    .filter((held, index) => {
      const key = keyOf(held);
      // Several reservations of one kind count together, and are told once.
      return (after.get(key) ?? 0) > (before.get(key) ?? 0) + exactness && firstOf(now.value, key) === index;
    })
    .map((held) => ({ what: held.kind, held }));
}

/** Sums of the same parts differ in their last bits. Mesos counts in thousandths. */
const exactness = 1e-6;

function firstOf(all: Held[], key: string): number {
  return all.findIndex((held) => keyOf(held) === key);
}

function sizes(all: Held[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const held of all) {
    const size = held.kind === 'volume' ? held.sizeMb : held.amount;
    // A volume of no size is one all the same.
    sum.set(keyOf(held), (sum.get(keyOf(held)) ?? 0) + Math.max(size, 2 * exactness));
  }
  return sum;
}

function keyOf(held: Held): string {
  return JSON.stringify(
    held.kind === 'volume' ? ['volume', held.role, held.id] : ['reservation', held.role, held.resource],
  );
}

function taskGrowth(shown: Loss['tasks'], now: Loss['tasks']): AgentDrift[] {
  if (shown === null || now === null || !shown.known) return [];
  if (!now.known) return [{ what: 'not-known', fact: 'tasks', why: now.why }];
  return now.value.flatMap((framework): AgentDrift[] => {
    const before = shown.value.find((each) => each.framework === framework.framework);
    if (before === undefined) return [{ what: 'framework', framework }];
    const more = framework.tasks - before.tasks;
    return more > Math.max(1, before.tasks * 0.1)
      ? [{ what: 'more-tasks', framework, shown: before.tasks }]
      : [];
  });
}
