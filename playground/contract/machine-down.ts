import { type AgentSubject, listed } from './agent-subject.ts';
import { type Assertion, accepted, answers, holds, same } from './assertion.ts';
import {
  isSame,
  type MachineId,
  machineOf,
  START,
  statusOf,
  windowOf,
  windowsOf,
  writeWindows,
} from './schedule.ts';

const notInDraining = 'is not in DRAINING mode and cannot be brought down';

const isDown = async ({ leader }: AgentSubject, machine: MachineId): Promise<boolean> =>
  ((await statusOf(leader)).down_machines ?? []).some((each) => isSame(each, machine));

/** The agent's machine; once it is down, and the master no longer lists its agent, by the window that we put it in. */
const machineNow = async (subject: AgentSubject): Promise<MachineId> => {
  if ((await listed(subject)) !== null) return machineOf(subject);
  const ours = (await windowsOf(subject.leader)).find(
    ({ unavailability }) => unavailability.start.nanoseconds === START,
  );
  const machine = ours?.machine_ids[0];
  if (machine === undefined) throw new Error('the machine is not in the window that it was put in');
  return machine;
};

/** Assertions that take the machine of an agent down and bring it up again. Its agent is shut down, and comes back under
 * another id where something starts it. */
export const MACHINE_DOWN_ASSERTIONS: readonly Assertion<AgentSubject>[] = [
  {
    name: 'refuses to bring down a machine that is not scheduled',
    run: async (subject) => {
      const machine = await machineNow(subject);
      const answer = await subject.leader.call('START_MAINTENANCE', { machines: [machine] });
      answers(answer, 400, "Machine '");
      holds(answer.text.endsWith(notInDraining), answer.text);
      answers(
        await subject.leader.call('START_MAINTENANCE', { machines: [] }),
        400,
        'List of machines is empty',
      );
    },
  },
  {
    name: 'brings a scheduled machine down, and removes its agent',
    run: async (subject) => {
      const { leader } = subject;
      const machine = await machineNow(subject);
      accepted(await writeWindows(leader, [...(await windowsOf(leader)), windowOf(machine)]));
      accepted(await leader.call('START_MAINTENANCE', { machines: [machine] }));
      same([await isDown(subject, machine), await listed(subject)], [true, null], 'down, listed');
    },
  },
  {
    name: 'has a machine that is down in the registry',
    run: async (subject) => {
      const machine = await machineNow(subject);
      const { text } = await subject.leader.send('/registrar(1)/registry');
      const { machines: held } = JSON.parse(text) as {
        machines?: { machines?: { info: { id: MachineId; mode: string } }[] };
      };
      const found = held?.machines?.find(({ info }) => isSame(info.id, machine));
      same(found?.info.mode, 'DOWN', 'mode');
    },
  },
  {
    name: 'refuses to bring it down again, and to leave it out of the schedule',
    run: async (subject) => {
      const { leader } = subject;
      const machine = await machineNow(subject);
      const again = await leader.call('START_MAINTENANCE', { machines: [machine] });
      holds(again.text.endsWith(notInDraining), again.text);
      const without = (await windowsOf(leader)).filter(
        ({ machine_ids }) => !machine_ids.some((each) => isSame(each, machine)),
      );
      const answer = await writeWindows(leader, without);
      answers(answer, 400, "Machine '");
      holds(answer.text.endsWith('is deactivated and cannot be removed from the schedule'), answer.text);
    },
  },
  {
    name: 'brings it up again, out of the schedule',
    run: async (subject) => {
      const { leader } = subject;
      const machine = await machineNow(subject);
      accepted(await leader.call('STOP_MAINTENANCE', { machines: [machine] }));
      const left = (await windowsOf(leader)).flatMap(({ machine_ids }) => machine_ids);
      same(
        [await isDown(subject, machine), left.some((each) => isSame(each, machine))],
        [false, false],
        'down, scheduled',
      );
    },
  },
];
