import { confirm, isOver } from './maintenance.ts';
import { smallCluster } from './small-cluster.ts';
import { elsewhere, opsChannel, type Story } from './story.ts';

/** Others have windows in the schedule, one with half a name: the bot adds its own, and takes it out again. */
export const scheduleMerge: Story = {
  name: 'schedule-merge',
  title: 'agent3 is put into the maintenance schedule beside what others have there, and taken out again',
  cluster: smallCluster(60_000),
  play: async (stage) => {
    const { slack, until } = stage;
    await elsewhere(stage, {
      type: 'UPDATE_MAINTENANCE_SCHEDULE',
      update_maintenance_schedule: {
        schedule: {
          windows: [
            {
              machine_ids: [
                { hostname: 'agent1.example', ip: '127.0.0.1' },
                { hostname: 'agent3.example', ip: '127.0.0.1' },
              ],
              unavailability: { start: { nanoseconds: '1795389486883645441' } },
            },
            {
              machine_ids: [{ hostname: 'agent5.example' }],
              unavailability: { start: { nanoseconds: '0' }, duration: { nanoseconds: '1' } },
            },
          ],
        },
      },
    });
    await slack.type(
      'mara',
      opsChannel.name,
      '/mesos maintenance schedule agent3 --start 22:00 --for 2h --reason "new disks"',
    );
    await confirm(stage, 'p1');
    await until('the schedule', isOver(stage, 'p1'), 120);
    await slack.type('mara', opsChannel.name, '/mesos maintenance clear agent3');
    await confirm(stage, 'p2');
    await until('the end', isOver(stage, 'p2'), 120);
  },
};
