import type { KnownAgent, Room, TaskFacts } from '../agent.ts';
import type { AgentId, Instant } from '../ids.ts';
import type { Known } from '../preview.ts';

/** Whether the rest of the cluster could take what runs on agents, by amounts alone: what roles, attributes, ports and
 * quotas forbid, nobody outside of the master's allocator knows. */
export interface RoomElsewhere {
  /** When the oldest of these agents was looked at. */
  asOf: Instant;
  /** The active ones that were counted. */
  agents: number;
  /** Active ones of which the room is not known. */
  uncounted: number;
  /** What is free on all of them together. */
  free: Room;
  needed: Room;
  /** Tasks that no single one of them has room for, and the largest of those. */
  misfits: { count: number; largest: { name: string; needs: Room } } | null;
}

const kinds = ['cpus', 'mem', 'disk', 'gpus'] as const;
/** Mesos counts in thousandths; sums of the same parts differ in their last bits. */
const exactness = 1e-6;

/** What the active, reachable agents of a directory have free, other than some. */
export interface FreeElsewhere {
  /** Of each of them. */
  each: Room[];
  /** When the oldest was looked at. */
  asOf: Instant;
  /** Active ones of which the room is not known. */
  uncounted: number;
  /** All that they have together, in use or not. */
  total: Room;
}

/** Room for these tasks on the active, reachable agents of the directory other than `agents`. */
export function roomElsewhere(
  tasks: readonly TaskFacts[],
  agents: readonly AgentId[],
  directory: readonly KnownAgent[],
): Known<RoomElsewhere> {
  const free = freeElsewhere(agents, directory);
  return free.known ? { known: true, value: roomIn(free.value, tasks, neededBy(tasks)) } : free;
}

/** What is free on the active, reachable agents of the directory other than `agents`. */
export function freeElsewhere(
  agents: readonly AgentId[],
  directory: readonly KnownAgent[],
): Known<FreeElsewhere> {
  const others = directory.filter(({ agentId, state }) => !agents.includes(agentId) && state === 'active');
  const counted = others.flatMap(({ room, lastSeenAt }) =>
    room === null ? [] : [{ free: less(room.total, room.used), total: room.total, lastSeenAt }],
  );
  const [first, ...rest] = counted;
  if (directory.length === 0) return { known: false, why: 'the agents have not been listed yet' };
  if (first === undefined)
    return others.length > 0
      ? { known: false, why: 'the bot has not listed the agents since it learned to count their room' }
      : { known: false, why: 'the last list of agents shows no other active one' };
  return {
    known: true,
    value: {
      each: counted.map(({ free }) => free),
      asOf: rest.reduce(
        (oldest, { lastSeenAt }) => (lastSeenAt < oldest ? lastSeenAt : oldest),
        first.lastSeenAt,
      ),
      uncounted: others.length - counted.length,
      total: counted.map(({ total }) => total).reduce(plus),
    },
  };
}

/** How so much fits into what is free, and each of these tasks for itself. */
export function roomIn(free: FreeElsewhere, tasks: readonly TaskFacts[], needed: Room): RoomElsewhere {
  const roomiest = most(free.each);
  const share = (needs: Room) => Math.max(...kinds.map((kind) => needs[kind] / Math.max(1, roomiest[kind])));
  const misfits = tasks
    .map(({ name, resources }) => ({ name, needs: resources }))
    .filter(({ needs }) => !free.each.some((each) => fits(needs, each)))
    .toSorted((a, b) => share(b.needs) - share(a.needs));
  const [largest] = misfits;
  return {
    asOf: free.asOf,
    agents: free.each.length,
    uncounted: free.uncounted,
    free: free.each.reduce(plus, nothing),
    needed,
    misfits: largest === undefined ? null : { count: misfits.length, largest },
  };
}

/** What these tasks take, together. */
export function neededBy(tasks: readonly TaskFacts[]): Room {
  return tasks.map(({ resources }) => resources).reduce(plus, nothing);
}

/** The kinds of which there is less than is needed. */
export function shortOf({ free, needed }: Pick<RoomElsewhere, 'free' | 'needed'>): (keyof Room)[] {
  return kinds.filter((kind) => needed[kind] > free[kind] + exactness);
}

/** The kinds of which there is something. */
export function kindsIn(room: Room): (keyof Room)[] {
  return kinds.filter((kind) => room[kind] > 0);
}

const nothing: Room = { cpus: 0, mem: 0, disk: 0, gpus: 0 };

function fits(needs: Room, free: Room): boolean {
  return kinds.every((kind) => needs[kind] <= free[kind] + exactness);
}

/** Both together. */
export function plus(a: Room, b: Room): Room {
  return { cpus: a.cpus + b.cpus, mem: a.mem + b.mem, disk: a.disk + b.disk, gpus: a.gpus + b.gpus };
}

/** Never below zero: what is oversubscribed is not free. */
function less(total: Room, used: Room): Room {
  const left = (kind: keyof Room) => Math.max(0, total[kind] - used[kind]);
  return { cpus: left('cpus'), mem: left('mem'), disk: left('disk'), gpus: left('gpus') };
}

function most(rooms: Room[]): Room {
  const of = (kind: keyof Room) => Math.max(...rooms.map((room) => room[kind]));
  return { cpus: of('cpus'), mem: of('mem'), disk: of('disk'), gpus: of('gpus') };
}
