import type { KnownAgent, Room, TaskFacts } from '../agent.ts';
import type { AgentId } from '../ids.ts';
import { freeElsewhere, neededBy, plus, type RoomElsewhere, roomIn } from '../preview/room.ts';
import type { Known } from '../preview.ts';

/** What runs on the agents of a wave. */
export interface WaveTasks {
  agents: readonly AgentId[];
  tasks: Known<TaskFacts[]>;
}

/** Room on the rest of the cluster for one wave. */
export interface RoomForWave extends RoomElsewhere {
  /** All that the rest has, in use or not. */
  total: Room;
}

/** Room for each wave as the cluster is now, counting that the tasks of those before it have gone to the rest as well. Agents
 * of the whole list are no room for any, but those of waves before where they `comeBack`, empty. */
export function roomForWaves(
  waves: readonly WaveTasks[],
  directory: readonly KnownAgent[],
  comeBack: boolean,
): Known<RoomForWave>[] {
  const all = waves.flatMap(({ agents }) => agents);
  let needed: Known<Room> = { known: true, value: neededBy([]) };
  return waves.map(({ tasks }, nth): Known<RoomForWave> => {
    needed = !needed.known
      ? needed
      : tasks.known
        ? { known: true, value: plus(needed.value, neededBy(tasks.value)) }
        : tasks;
    if (!needed.known) return needed;
    const back = comeBack ? waves.slice(0, nth).flatMap(({ agents }) => agents) : [];
    const free = freeElsewhere(
      all.filter((agentId) => !back.includes(agentId)),
      back.length === 0
        ? directory
        : directory.map((agent) => (back.includes(agent.agentId) ? emptied(agent) : agent)),
    );
    if (!free.known) return free;
    const { total } = free.value;
    return {
      known: true,
      value: { ...roomIn(free.value, tasks.known ? tasks.value : [], needed.value), total },
    };
  });
}

function emptied(agent: KnownAgent): KnownAgent {
  const { room } = agent;
  return { ...agent, state: 'active', room: room && { ...room, used: neededBy([]) } };
}

/** Of cpus or mem, whichever is scarcer, what would stay free in percent of all that the rest has, once what is needed has
 * moved there. Below 0: there is no room. */
export function percentLeftFree({ free, needed, total }: RoomForWave): {
  kind: 'cpus' | 'mem';
  percent: number;
} {
  const share = (kind: 'cpus' | 'mem') => ({
    kind,
    percent: total[kind] <= 0 ? 0 : Math.floor(((free[kind] - needed[kind]) / total[kind]) * 100 + 1e-6),
  });
  const [cpus, mem] = [share('cpus'), share('mem')];
  return mem.percent < cpus.percent ? mem : cpus;
}
