import type { KnownAgent, TaskFacts } from '../agent.ts';
import type { Instant, Seconds } from '../ids.ts';
import type { DrainLimits } from '../policy.ts';
import type { Known, TaskGroup } from '../preview.ts';
import type { Unjudged, WaveObjection } from '../rolling.ts';
import { type Alike, type LastInstances, lastInstancesOn } from './alike.ts';
import { endsOfWaves, longestGrace } from './expected-end.ts';
import { objectionsToWave, type WaveFacts } from './judge-wave.ts';
import { roomForWaves } from './room-for-waves.ts';
import { type Candidate, packWaves } from './waves.ts';

/** An agent that is to be drained in a wave, and what runs on it. */
export interface Laid extends Candidate {
  groups: Known<TaskGroup[]>;
  tasks: Known<TaskFacts[]>;
}

/** What the whole cluster has to say of the waves. */
export interface Around {
  /** Every agent that the master has now. */
  directory: readonly KnownAgent[];
  alike: readonly Alike[];
  /** Frameworks of which nobody can say where else their tasks run. */
  unknown: readonly { id: string; name: string | null; why: string }[];
}

/** One wave as it would begin by what is there now. */
export interface Wave<T extends Laid> {
  agents: T[];
  /** Null: not known. */
  expectedEnd: Instant | null;
  /** Null: nothing runs on it, or it is not known (`objections` then tells). */
  room: Extract<NonNullable<WaveFacts['room']>, { known: true }>['value'] | null;
  /** What runs on one agent of it alone. */
  sole: LastInstances[];
  /** What it would halt at, and what is not known. */
  objections: WaveObjection[];
}

interface Meant {
  limits: DrainLimits;
  minFreePercent: number;
  pause: Seconds;
  /** Agents are back, empty, before the next wave. */
  comeBack: boolean;
  at: Instant;
}

/** The waves of these agents, in the order of the list, each as it is judged now. */
export function layOut<T extends Laid>(agents: readonly T[], meant: Meant, around: Around): Wave<T>[] {
  const waves = packWaves(agents, meant.limits, around.alike);
  const rooms = roomForWaves(
    waves.map((wave) => ({ agents: wave.map(({ agentId }) => agentId), tasks: together(wave) })),
    around.directory,
    meant.comeBack,
  );
  const longest = waves.map((wave) => longestGrace(wave.map(({ groups }) => groups)));
  const ends = endsOfWaves(longest, meant.pause, meant.at);
  return waves.map((wave, nth) => {
    const room = isIdle(wave) ? null : (rooms[nth] ?? null);
    const last = lastInstancesOn(
      wave.map(({ agentId }) => agentId),
      around.alike,
    );
    const facts = { room, last, unknown: unknownOn(wave, around) };
    return {
      agents: wave,
      expectedEnd: ends[nth] ?? null,
      room: room?.known === true ? room.value : null,
      sole: last.filter(({ agents: on }) => on.length === 1),
      objections: objectionsToWave(facts, meant.minFreePercent, { room: false, frameworks: [] }),
    };
  });
}

/** What nobody can say of these waves now. */
export function unjudgedOf(waves: readonly Wave<Laid>[], { unknown }: Around): Unjudged {
  const room = waves.some(({ objections }) =>
    objections.some((each) => each.code === 'not-known' && each.what === 'room'),
  );
  return { room, frameworks: unknown.map(({ id }) => id) };
}

function unknownOn(wave: readonly Laid[], { unknown }: Around): Around['unknown'] {
  const there = new Set(
    wave.flatMap(({ groups }) =>
      groups.known ? groups.value.map(({ framework }) => framework.id as string) : [],
    ),
  );
  return unknown.filter(({ id }) => there.has(id));
}

function together(wave: readonly Laid[]): Known<TaskFacts[]> {
  const blind = wave.flatMap(({ tasks }) => (tasks.known ? [] : tasks))[0];
  return blind ?? { known: true, value: wave.flatMap(({ tasks }) => (tasks.known ? tasks.value : [])) };
}

function isIdle(wave: readonly Laid[]): boolean {
  return wave.every(({ tasks }) => tasks.known && tasks.value.length === 0);
}
