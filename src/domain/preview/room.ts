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

/** Room for these tasks on the active, reachable agents of the directory other than `agents`. */
export function roomElsewhere(
  tasks: TaskFacts[],
  agents: readonly AgentId[],
  directory: readonly KnownAgent[],
): Known<RoomElsewhere> {
  const others = directory.filter(({ agentId, state }) => !agents.includes(agentId) && state === 'active');
  const counted = others.flatMap(({ room, lastSeenAt }) =>
    room === null ? [] : [{ free: less(room.total, room.used), lastSeenAt }],
  );
  const [first, ...rest] = counted;
  if (directory.length === 0) return { known: false, why: 'the agents have not been listed yet' };
  if (first === undefined)
    return others.length > 0
      ? { known: false, why: 'the bot has not listed the agents since it learned to count their room' }
      : { known: false, why: 'the last list of agents shows no other active one' };
  const roomiest = most(counted.map(({ free }) => free));
  const share = (needs: Room) => Math.max(...kinds.map((kind) => needs[kind] / Math.max(1, roomiest[kind])));
  const misfits = tasks
    .map(({ name, resources }) => ({ name, needs: resources }))
    .filter(({ needs }) => !counted.some(({ free }) => fits(needs, free)))
    .toSorted((a, b) => share(b.needs) - share(a.needs));
  const [largest] = misfits;
  return {
    known: true,
    value: {
      asOf: rest.reduce(
        (oldest, { lastSeenAt }) => (lastSeenAt < oldest ? lastSeenAt : oldest),
        first.lastSeenAt,
      ),
      agents: counted.length,
      uncounted: others.length - counted.length,
      free: counted.map(({ free }) => free).reduce(plus),
      needed: tasks.map(({ resources }) => resources).reduce(plus, nothing),
      misfits: largest === undefined ? null : { count: misfits.length, largest },
    },
  };
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

function plus(a: Room, b: Room): Room {
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
