import { z } from 'zod';
import { agentId } from '../../domain/ids.ts';
import type { ListedTask } from '../../domain/preview/spread.ts';
import { id, repeated, text } from './fields.ts';
import { inPassing, passing } from './in-passing.ts';

const task = z.object({ id: text, name: text, slave_id: id(agentId), state: z.string() }).transform(
  (seen): ListedTask => ({
    taskId: seen.id,
    name: seen.name,
    agentId: seen.slave_id,
    running: seen.state === 'TASK_RUNNING',
  }),
);

/** `/tasks` (v0): a flat list, without the kill policies (mesos-api 3.3). */
export const listedTasks = inPassing(
  z.object({ tasks: repeated(passing(task)) }).transform(({ tasks }) => tasks),
  { '$.tasks.*': task },
);
