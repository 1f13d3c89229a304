import { type Assertion, holds, NotApplicable, same } from './assertion.ts';
import type { OperatorApi } from './operator-api.ts';

interface V0Task {
  readonly id: string;
  readonly name: string;
  readonly framework_id: string;
  readonly slave_id: string;
  readonly state: string;
  readonly statuses: readonly { readonly timestamp: number }[];
}

interface V1Task {
  readonly framework_id: { readonly value: string };
  readonly resources: readonly { readonly name: string; readonly scalar?: { readonly value: number } }[];
}

const running = async (leader: OperatorApi): Promise<readonly [V1Task, ...V1Task[]]> => {
  const { tasks } = await leader.read<{ tasks: V1Task[] }>('GET_TASKS');
  const [first, ...others] = tasks;
  if (first === undefined) throw new NotApplicable('no task runs');
  return [first, ...others];
};

const page = async (leader: OperatorApi, framework: string, limit: number, offset: number) => {
  const query = `framework_id=${encodeURIComponent(framework)}&limit=${limit}&offset=${offset}&order=des`;
  const { status, text } = await leader.send(`/tasks?${query}`);
  same(status, 200, 'status');
  return (JSON.parse(text) as { tasks: V0Task[] }).tasks;
};

/** Assertions about what a preview reads of a framework's tasks. */
export const FRAMEWORK_TASKS_ASSERTIONS: readonly Assertion[] = [
  {
    name: 'a task says what it takes',
    run: async ({ leader }) => {
      for (const { resources } of await running(leader)) {
        const cpus = resources.find(({ name }) => name === 'cpus');
        same(typeof (cpus ?? resources[0])?.scalar?.value, 'number', 'scalar');
      }
    },
  },
  {
    name: '/tasks?framework_id= is that framework alone, each task with id, name, agent and state',
    run: async ({ leader }) => {
      const [{ framework_id }] = await running(leader);
      const tasks = await page(leader, framework_id.value, 10, 0);
      holds(tasks.length > 0, 'no task');
      for (const task of tasks) {
        same(task.framework_id, framework_id.value, 'framework_id');
        for (const field of ['id', 'name', 'slave_id', 'state'] as const)
          same(typeof task[field], 'string', field);
      }
    },
  },
  {
    name: '/tasks?framework_id= of an unknown framework is an empty list',
    run: async ({ leader }) => {
      same(await page(leader, '00000000-0000-0000-0000-000000000000-0000', 10, 0), [], 'tasks');
    },
  },
  {
    name: '/tasks comes in pages by limit and offset, the newest first, and ends with an empty one',
    run: async ({ leader }) => {
      const all = await running(leader);
      const twice = all.find(
        ({ framework_id: { value } }, i) => all.findIndex((each) => each.framework_id.value === value) < i,
      );
      if (twice === undefined) throw new NotApplicable('no framework has two tasks');
      const framework = twice.framework_id.value;
      const both = await page(leader, framework, 2, 0);
      const began = both.map(({ statuses }) => statuses[0]?.timestamp ?? 0);
      same(both.length, 2, 'tasks of a page of 2');
      holds((began[0] ?? 0) >= (began[1] ?? 0), `began ${began.join(', then ')}`);
      const one = [...(await page(leader, framework, 1, 0)), ...(await page(leader, framework, 1, 1))];
      same(
        one.map(({ id }) => id),
        both.map(({ id }) => id),
        'ids of two pages of 1',
      );
      same(await page(leader, framework, 1, 1_000_000), [], 'tasks past the end');
    },
  },
];
