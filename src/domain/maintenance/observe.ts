import { first, type Judging, judging, proven } from '../drain/proof.ts';
import type { AgentId, Instant } from '../ids.ts';
import type { MachinesCall, MachinesPlan, MachinesStep } from '../plan.ts';
import { type AfterWrite, afterWrite } from './after-write.ts';
import { differences, splitBy } from './difference.ts';
import type { MachinesEvent } from './events.ts';
import { isAmong, machineKey, type WholeMachine } from './machine.ts';
import type { MaintenanceSeen } from './seen.ts';
import { callAfter, changeBy } from './steps.ts';
import { lineText, windowsOf, windowsText } from './text.ts';

/** One look at the schedule, its machines and the registered agents, of one leader; or why there was none. */
export type MachinesLook =
  | { at: Instant; seen: MaintenanceSeen; registered: { agentId: AgentId; hostname: string; ip: string }[] }
  | { at: Instant; seen: null; why: string };

type Seen = Extract<MachinesLook, { registered: unknown }>;
type At<S extends MachinesStep['at']> = Extract<MachinesStep, { at: S }>;

/** As many schedules of others are kept while the fate of ours is not known. */
const mostBetween = 8;

/** What one look means for a plan that runs: a table of step × look. An unchanged look yields nothing; only time adds to it. */
export function observeMachines(
  plan: MachinesPlan,
  look: MachinesLook,
  limits: Judging = judging,
): MachinesEvent[] {
  if (plan.state.status !== 'running') return [];
  const { step } = plan.state;
  switch (step.at) {
    case 'draining': // its drains are followed by themselves
    case 'next': // nothing has left
    case 'calling': // the door is still waiting for the master's answer; it writes the next event itself
      return [];
    case 'checking':
      return look.seen === null ? unseen(step, look, limits) : observeChecking(plan, step, look, limits);
    case 'following':
      return look.seen === null ? [] : observeFollowing(plan, step, look, limits);
    case 'returning':
      return look.seen === null ? [] : observeReturning(plan, step, look, limits);
  }
}

/** The call's fate is unknown: its effect proves it was applied; two late reads without one, that it was not. */
function observeChecking(
  plan: MachinesPlan,
  step: At<'checking'>,
  look: Seen,
  limits: Judging,
): MachinesEvent[] {
  const { at, seen } = look;
  const { leader } = seen;
  if (hasEffect(plan, step, seen)) {
    const { call, base, between } = step;
    const following = {
      at: 'following',
      call,
      base,
      between,
      acceptedAt: at,
      amiss: null,
      toldAt: null,
    } as const;
    return [{ type: 'effect-seen', at, leader }, ...observeFollowing(plan, following, look, limits)];
  }
  const between = [...againSeen(step, at), ...readBetween(step, look)];
  if (at < step.intendedAt + limits.unknownMs) return between;
  return proven(step.noEffect, leader, at, limits)
    ? [{ type: 'ended', at, end: { kind: 'failed', why: { code: 'not-applied', call: step.call } } }]
    : [...between, ...first(step.noEffect, leader, { type: 'no-effect-seen' as const, at, leader })];
}

function againSeen({ blindSince }: At<'checking'>, at: Instant): MachinesEvent[] {
  return blindSince === null ? [] : [{ type: 'seen-again', at }];
}

/** What others have in the schedule while ours may still be on its way: should ours come after it, only this read can tell. */
function readBetween({ base, between }: At<'checking'>, { at, seen }: Seen): MachinesEvent[] {
  if (base === null || between.length >= mostBetween) return [];
  const last = between.at(-1) ?? base;
  return differences(windowsOf(last), seen.windows).length === 0
    ? []
    : [{ type: 'read-between', at, windows: windowsText(seen.windows) }];
}

/** Told when that has lasted, then hourly. */
function unseen(
  { blindSince, toldAt }: At<'checking'>,
  { at, why }: Extract<MachinesLook, { why: string }>,
  limits: Judging,
): MachinesEvent[] {
  if (blindSince === null) return [{ type: 'unseen', at, why, tell: false }];
  const due = toldAt === null ? blindSince + limits.stuckAfterMs : toldAt + limits.repeatMs;
  return at >= due ? [{ type: 'unseen', at, why, tell: true }] : [];
}

/** It was taken. What it is to bring about must be seen, or twice something else. */
function observeFollowing(
  plan: MachinesPlan,
  step: At<'following'>,
  look: Seen,
  limits: Judging,
): MachinesEvent[] {
  const { at, seen } = look;
  const { leader } = seen;
  const { call } = step;
  if (!hasEffect(plan, step, seen)) {
    if (!proven(step.amiss, leader, at, limits))
      return first(step.amiss, leader, { type: 'amiss-seen' as const, at, leader });
    const now = placesNow(plan, seen);
    return [{ type: 'ended', at, end: { kind: 'failed', why: { code: 'undone', call, now } } }];
  }
  const there = call === 'start' ? agentsOn(plan, look) : [];
  if (there.length > 0) {
    const due = step.toldAt === null ? step.acceptedAt + limits.stuckAfterMs : step.toldAt + limits.repeatMs;
    return at >= due ? [{ type: 'still-there', at, agents: there }] : [];
  }
  const after = writeOf(plan, step, seen);
  const beside =
    after === null
      ? null
      : {
          lost: after.lost.map((each) => ({ ...lineText(each), byUs: each.byUs })),
          added: after.added.map(lineText),
        };
  const done: MachinesEvent = { type: 'step-done', at, leader, call, beside };
  const next = callAfter(plan.work, call);
  if (next !== null) return [done, { type: 'step-begun', at, step: { at: 'next', call: next } }];
  if (call !== 'stop') return [done, { type: 'ended', at, end: { kind: 'done' } }];
  const returning = { at: 'returning', since: at, toldAt: null, back: [] } as const;
  return [
    done,
    { type: 'step-begun', at, step: { ...returning, back: [] } },
    ...observeReturning(plan, { ...returning, back: [] }, look, limits),
  ];
}

/** The machines are up: whose agents are back, and who is waited for. */
function observeReturning(
  plan: MachinesPlan,
  step: At<'returning'>,
  look: Seen,
  limits: Judging,
): MachinesEvent[] {
  const { at, seen, registered } = look;
  const known = new Set(step.back.map(({ machine, agentId }) => machineKey(machine) + agentId));
  const events: MachinesEvent[] = [];
  const waiting: WholeMachine[] = [];
  for (const { machine, agents } of plan.lines) {
    const here = registered.filter((each) => isAmong(machine, [each]));
    for (const { agentId } of here)
      if (!known.has(machineKey(machine) + agentId))
        events.push({ type: 'agent-back', at, machine, agentId, was: agents.map((each) => each.agentId) });
    // Nobody waits for an agent that nobody has ever seen.
    if (here.length === 0 && agents.length > 0 && !step.back.some((back) => isAmong(machine, [back.machine])))
      waiting.push(machine);
  }
  const down = plan.lines.filter(({ machine }) => isAmong(machine, seen.down));
  if (down.length > 0) {
    const now = placesNow(plan, seen);
    return [
      ...events,
      { type: 'ended', at, end: { kind: 'failed', why: { code: 'undone', call: 'stop', now } } },
    ];
  }
  if (waiting.length === 0) return [...events, { type: 'ended', at, end: { kind: 'done' } }];
  if (at >= step.since + limits.giveUpMs) {
    const forDays = Math.floor(limits.giveUpMs / 86_400_000);
    const why = { code: 'not-back' as const, machines: waiting, forDays };
    return [...events, { type: 'ended', at, end: { kind: 'failed', why } }];
  }
  const slow = at >= step.since + limits.repeatSlowMs;
  const due = (step.toldAt ?? step.since) + (slow ? limits.repeatSlowMs : limits.repeatMs);
  return at >= due ? [...events, { type: 'not-back', at, machines: waiting }] : events;
}

function hasEffect(
  plan: MachinesPlan,
  step: { call: MachinesCall } & Pick<At<'checking'>, 'base' | 'between'>,
  seen: MaintenanceSeen,
): boolean {
  switch (step.call) {
    case 'schedule':
    case 'clear':
      return writeOf(plan, step, seen)?.stands === true;
    case 'start':
      return plan.lines.every(({ machine }) => isAmong(machine, seen.down));
    case 'stop':
      return !plan.lines.some(({ machine }) => isAmong(machine, seen.down));
  }
}

function writeOf(
  plan: MachinesPlan,
  { call, base, between }: { call: MachinesCall } & Pick<At<'checking'>, 'base' | 'between'>,
  seen: MaintenanceSeen,
): AfterWrite | null {
  const change = changeBy(plan, call);
  if (change === null || base === null) return null;
  return afterWrite(change, {
    base: windowsOf(base),
    between: between.map(windowsOf),
    seen: seen.windows,
  });
}

/** How the schedule has our machines now. */
function placesNow({ lines }: MachinesPlan, { windows }: MaintenanceSeen) {
  const machines = lines.map(({ machine }) => machine);
  return splitBy(machines, differences([], windows)).ours.map(lineText);
}

function agentsOn({ lines }: MachinesPlan, { registered }: Seen): AgentId[] {
  const machines = lines.map(({ machine }) => machine);
  return registered.filter((each) => isAmong(each, machines)).map(({ agentId }) => agentId);
}
