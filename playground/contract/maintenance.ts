import { type AgentSubject, drainOf, entryOf, of } from './agent-subject.ts';
import { type Assertion, accepted, answers, holds, NotApplicable, same } from './assertion.ts';
import {
  HALF,
  isSame,
  machineOf,
  scheduled,
  statusOf,
  windowOf,
  windowsOf,
  writeWindows,
} from './schedule.ts';

const negative = { start: { nanoseconds: '1' }, duration: { nanoseconds: '-1' } };

/** Assertions that put the machine of an agent into the maintenance schedule, and take it out again. Nothing is killed;
 * what others have in the schedule is carried through. */
export const MAINTENANCE_ASSERTIONS: readonly Assertion<AgentSubject>[] = [
  {
    name: 'starts from a machine that is in no maintenance schedule',
    isGate: true,
    run: async (subject) => {
      const machine = await machineOf(subject);
      const all = (await windowsOf(subject.leader)).flatMap(({ machine_ids }) => machine_ids);
      holds(!all.some((each) => isSame(each, machine)), 'it is scheduled');
    },
  },
  {
    name: 'refuses a schedule that it can not keep, and keeps the one it has',
    run: async (subject) => {
      const { leader } = subject;
      const machine = await machineOf(subject);
      const before = await windowsOf(leader);
      const refuses = async (window: object, why: string) =>
        answers(await writeWindows(leader, [window]), 400, why);
      await refuses({ ...windowOf() }, 'List of machines in the maintenance window is empty');
      await refuses({ ...windowOf({}) }, "Both 'hostname' and 'ip' for a machine are empty");
      await refuses({ ...windowOf({ ip: '300.1.1.1' }) }, 'Failed to parse IPv4: 300.1.1.1');
      await refuses({ ...windowOf(machine, machine) }, "Machine '");
      await refuses(
        { machine_ids: [machine], unavailability: negative },
        "Unavailability 'duration' is negative",
      );
      await refuses(
        { machine_ids: [machine] },
        'Failed to convert JSON into Call protobuf: Missing required fields:',
      );
      same(await windowsOf(leader), before, 'the schedule');
    },
  },
  {
    name: 'keeps a schedule to the nanosecond, in its order, half of a machine too',
    run: async (subject) => {
      const { leader } = subject;
      const before = await windowsOf(leader);
      await scheduled(leader, await machineOf(subject), async (wrote) =>
        same(await windowsOf(leader), wrote, 'the schedule'),
      );
      same(await windowsOf(leader), before, 'the schedule afterwards');
    },
  },
  {
    name: 'has a scheduled machine to go down, and refuses to drain its agent',
    run: async (subject) => {
      const { leader, agent } = subject;
      const machine = await machineOf(subject);
      await scheduled(leader, machine, async () => {
        const { draining_machines = [] } = await statusOf(leader);
        for (const each of [machine, HALF])
          holds(
            draining_machines.some(({ id }) => isSame(id, each)),
            `${JSON.stringify(each)} is not to go down`,
          );
        const answer = await leader.call('DRAIN_AGENT', drainOf(agent, false));
        answers(answer, 400, `Agent ${agent} is part of a maintenance schedule under Machine `);
        same((await entryOf(subject)).deactivated, false, 'deactivated');
      });
    },
  },
  {
    name: 'deactivates and reactivates the agent of a scheduled machine',
    run: async (subject) => {
      const { leader, agent } = subject;
      await scheduled(leader, await machineOf(subject), async () => {
        accepted(await leader.call('DEACTIVATE_AGENT', of(agent)));
        accepted(await leader.call('REACTIVATE_AGENT', of(agent)));
      });
    },
  },
  {
    name: 'refuses to bring up a machine that is not down',
    run: async (subject) => {
      const machine = await machineOf(subject);
      const { down_machines = [] } = await statusOf(subject.leader);
      if (down_machines.some((each) => isSame(each, machine))) throw new NotApplicable('the machine is DOWN');
      const answer = await subject.leader.call('STOP_MAINTENANCE', { machines: [machine] });
      answers(answer, 400, "Machine '");
      holds(answer.text.endsWith('is not in DOWN mode and cannot be brought up'), answer.text);
      answers(
        await subject.leader.call('STOP_MAINTENANCE', { machines: [] }),
        400,
        'List of machines is empty',
      );
    },
  },
];
