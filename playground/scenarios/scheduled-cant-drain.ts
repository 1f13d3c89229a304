import { confirm, isOver } from './maintenance.ts';
import { drainAgent3, frameworks, task, twoAgents } from './small-cluster.ts';
import { elsewhere, opsChannel, type Story, said, told } from './story.ts';

const machine = { hostname: 'agent3.example', ip: '127.0.0.1' };
/** Nothing will ever fit it. */
const half = { hostname: 'agent9.example' };

/** Somebody put the machine into the maintenance schedule by another tool: the drain is refused before anything is sent, and
 * the refusal knows the way out. */
export const scheduledCantDrain: Story = {
  name: 'scheduled-cant-drain',
  title: 'agent3 is in the maintenance schedule: it can’t be drained until it is taken out',
  cluster: twoAgents(
    [task('web.1', 'marathon', 'agent3', 4_000, 30), task('web.2', 'marathon', 'agent3', 9_000, 30)],
    { frameworks: frameworks.slice(0, 1).map((each) => ({ ...each, inverseOffers: 'DECLINE' })) },
  ),
  play: async (stage) => {
    const { slack, until, minutes, cluster } = stage;
    const type = (words: string) => slack.type('mara', opsChannel.name, words);
    const update = (windows: object[]) =>
      elsewhere(stage, {
        type: 'UPDATE_MAINTENANCE_SCHEDULE',
        update_maintenance_schedule: { schedule: { windows } },
      });
    const start = { nanoseconds: `${cluster.model.cluster.clock.now() + 3_600_000}000000` };
    const planned = {
      machine_ids: [machine, half],
      unavailability: { start, duration: { nanoseconds: '7200000000000' } },
    };
    await update([planned]);
    await minutes(1);
    await type(drainAgent3);
    await until('the refusal', told(stage, 'mara', 'is in the maintenance schedule'));
    await type('/mesos maintenance status');
    await until('what is planned', told(stage, 'mara', 'marathon with 2 tasks: DECLINE'));
    await until('the half', told(stage, 'mara', 'half of a name: it never fits an agent'));
    await type('/mesos maintenance clear agent3');
    await confirm(stage, 'p1');
    await until('the machine out of the schedule', isOver(stage, 'p1'), 120);
    await type(drainAgent3);
    await until('the proof', said(stage, 'Safe to take down'), 60);
    // Out of service by then, it can be scheduled all the same; that alone changes nothing yet.
    await update([planned]);
    await type('/mesos status d1');
    await until('what that would undo', told(stage, 'mara', 'the master takes no other drain of it'));
  },
};
