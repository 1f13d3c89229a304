import { type Assertion, same } from './assertion.ts';
import { exactly, type MachineId, statusOf, type Window, windowsOf } from './schedule.ts';

const sorted = (machines: readonly MachineId[]): string[] =>
  machines.map((each) => JSON.stringify(each)).sort();

/** Assertions about what can be read of maintenance. */
export const MAINTENANCE_READ_ASSERTIONS: readonly Assertion[] = [
  {
    name: 'has a maintenance schedule, possibly empty, each window with machines and a start',
    run: async ({ leader }) => {
      for (const { machine_ids, unavailability } of await windowsOf(leader)) {
        same(Array.isArray(machine_ids), true, 'machine_ids');
        same(typeof unavailability.start.nanoseconds, 'string', 'start');
      }
    },
  },
  {
    name: 'has each machine of the schedule in its maintenance status, to go down or DOWN, and no other',
    run: async ({ leader }) => {
      const { draining_machines = [], down_machines = [] } = await statusOf(leader);
      const machines = (await windowsOf(leader)).flatMap(({ machine_ids }) => machine_ids);
      same(
        sorted([...draining_machines.map(({ id }) => id), ...down_machines]),
        sorted(machines),
        'machines of the status',
      );
    },
  },
  {
    name: '/maintenance/schedule and /maintenance/status say what their calls say',
    run: async ({ leader }) => {
      const v0 = await leader.send('/maintenance/schedule');
      same((exactly(v0.text) as { windows?: Window[] }).windows ?? [], await windowsOf(leader), 'schedule');
      const { text } = await leader.send('/maintenance/status');
      same(
        sorted((JSON.parse(text) as { down_machines?: MachineId[] }).down_machines ?? []),
        sorted((await statusOf(leader)).down_machines ?? []),
        'down_machines',
      );
    },
  },
];
