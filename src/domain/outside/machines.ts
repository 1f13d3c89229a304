import type { KnownAgent, Machine } from '../agent.ts';
import type { Instant, MasterId } from '../ids.ts';
import { isRegistered } from '../target.ts';

/** A machine that is in the maintenance schedule. `durationMs` null: without an end. */
export interface ScheduledMachine {
  machine: Machine;
  start: Instant;
  durationMs: number | null;
  /** Its agents were shut down and removed, and none may register. */
  down: boolean;
}

/** The schedule as it was last believed. */
export interface Schedule {
  leader: MasterId;
  /** Before the read was sent that showed it. */
  at: Instant;
  machines: ScheduledMachine[];
}

/** What was done to a machine; also the `outcome` that the log keeps. */
export type MachineDeed = 'scheduled' | 'rescheduled' | 'unscheduled' | 'taken-down' | 'brought-up';

/** One machine, and how the schedule had it before; null: not at all, then or now. */
export interface MachineChange {
  deed: MachineDeed;
  machine: Machine;
  before: ScheduledMachine | null;
  now: ScheduledMachine | null;
}

/** A look at the schedule, held against what was believed. */
export interface SiftedSchedule {
  /** Believed from here on; null: it could never be read. */
  now: Schedule | null;
  changes: MachineChange[];
  /** What a new leader showed, which must show it again; null: nothing. */
  doubt: string | null;
}

/** Judges a look at the schedule; null: it could not be read. Of another leader than before a change counts once that one
 * has shown it twice. */
export function siftSchedule(
  before: Schedule | null,
  seen: Schedule | null,
  doubted: string | null,
): SiftedSchedule {
  if (seen === null || before === null) return { now: seen ?? before, changes: [], doubt: null };
  const changes = scheduleDeeds(before.machines, seen.machines);
  const words = JSON.stringify([seen.leader, seen.machines]);
  return changes.length > 0 && before.leader !== seen.leader && doubted !== words
    ? { now: before, changes: [], doubt: words }
    : { now: seen, changes, doubt: null };
}

/** What somebody has done to the schedule between two looks. Machines don't change by the clock (mesos-api 6). */
function scheduleDeeds(before: ScheduledMachine[], now: ScheduledMachine[]): MachineChange[] {
  const was = new Map(before.map((each) => [nameOf(each.machine), each]));
  const is = new Map(now.map((each) => [nameOf(each.machine), each]));
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((name) => {
    const [old = null, fresh = null] = [was.get(name), is.get(name)];
    const machine = (fresh ?? old)?.machine;
    const deed = deedOn(old, fresh);
    return deed === null || machine === undefined ? [] : [{ deed, machine, before: old, now: fresh }];
  });
}

function deedOn(was: ScheduledMachine | null, is: ScheduledMachine | null): MachineDeed | null {
  if (is === null) return was?.down === true ? 'brought-up' : was === null ? null : 'unscheduled';
  if (was === null) return is.down ? 'taken-down' : 'scheduled';
  if (was.down !== is.down) return is.down ? 'taken-down' : 'brought-up';
  return was.start === is.start && was.durationMs === is.durationMs ? null : 'rescheduled';
}

/** Mesos tells machines apart by both parts, the hostname without regard to case. */
function nameOf({ hostname, ip }: Machine): string {
  return JSON.stringify([hostname?.toLowerCase() ?? null, ip]);
}

/** The agent of a machine, where it is one and the same; of several the only one that is registered. */
export function agentOn({ hostname, ip }: Machine, agents: readonly KnownAgent[]): KnownAgent | null {
  const there = agents.filter(
    (agent) => agent.hostname.toLowerCase() === hostname?.toLowerCase() && agent.address?.ip === ip,
  );
  const registered = there.filter(isRegistered);
  const [only, ...more] = there.length === 1 ? there : registered;
  return only !== undefined && more.length === 0 ? only : null;
}
