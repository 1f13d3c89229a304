import { double, type JsonObject } from '../json/write.ts';
import type { Leader, Task } from '../state.ts';
import { seconds } from './common.ts';
import { taskAmounts } from './resources.ts';
import { executorIdOf, masterTasks } from './tasks.ts';

const DEFAULT_LIMIT = 100;

/** A task in v0: without kill policy, and statuses without reason, message and source (mesos-api 3.3). */
const v0Task = (task: Task): JsonObject => {
  const { cpus, mem, disk, gpus } = taskAmounts(task.spec);
  return {
    id: task.spec.name,
    name: task.spec.shownAs ?? task.spec.name,
    framework_id: task.frameworkId,
    executor_id: executorIdOf(task) === task.spec.name ? '' : executorIdOf(task),
    slave_id: task.agentId,
    state: task.state,
    resources: {
      disk: double(disk ?? 0),
      mem: double(mem ?? 0),
      gpus: double(gpus ?? 0),
      cpus: double(cpus ?? 0),
    },
    statuses: task.statuses.map(({ state, at }) => ({ state, timestamp: seconds(at) })),
  };
};

/** `/tasks` (v0): running, unreachable and ended ones, filtered by framework_id and task_id, by the time of their first
 * status (the newest first, unless `order` is `asc`), cut to `limit` (100) from `offset` on
 * (mesos src/master/readonly_handler.cpp, tasks). */
export const tasks = (leader: Leader, parameters: URLSearchParams, allowed: boolean): JsonObject => {
  const all = allowed ? Object.values(masterTasks(leader)).flat() : [];
  const framework = parameters.get('framework_id');
  const task = parameters.get('task_id');
  const met = all.filter(
    ({ frameworkId, spec }) =>
      (framework === null || frameworkId === framework) && (task === null || spec.name === task),
  );
  const began = ({ statuses }: Task): number => statuses[0]?.at ?? 0;
  const ascending = met.toSorted((a, b) => began(a) - began(b));
  const ordered = parameters.get('order') === 'asc' ? ascending : ascending.toReversed();
  const offset = Number(parameters.get('offset') ?? 0);
  const limit = Number(parameters.get('limit') ?? DEFAULT_LIMIT);
  return { tasks: ordered.slice(offset, offset + limit).map(v0Task) };
};
