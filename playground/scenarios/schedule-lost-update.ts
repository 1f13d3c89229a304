import { confirm, isOver } from './maintenance.ts';
import { smallCluster } from './small-cluster.ts';
import { elsewhere, opsChannel, type Story } from './story.ts';

/** Somebody else writes the schedule between what mara was shown and her confirmation, and again right over what was written. */
export const scheduleLostUpdate: Story = {
  name: 'schedule-lost-update',
  title: 'another tool writes the schedule while mara looks at hers: shown anew, and told what did not last',
  cluster: smallCluster(60_000),
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    const theirs = (hostname: string) => ({
      machine_ids: [{ hostname, ip: '127.0.0.1' }],
      unavailability: {
        start: { nanoseconds: '1795389486883645441' },
        duration: { nanoseconds: '3600000000000' },
      },
    });
    const write = (...windows: object[]) =>
      elsewhere(stage, {
        type: 'UPDATE_MAINTENANCE_SCHEDULE',
        update_maintenance_schedule: { schedule: { windows } },
      });
    await write(theirs('agent1.example'));
    await slack.type('mara', opsChannel.name, '/mesos maintenance schedule agent3 --start 22:00 --for 2h');
    await confirmAfter('p1', () => write(theirs('agent1.example'), theirs('agent5.example')));
    // The master takes the call, and its answer is lost on the way.
    const leader = cluster.model.leader() ?? 0;
    cluster.model.masterFaults(leader).add({
      match: { call: 'UPDATE_MAINTENANCE_SCHEDULE' },
      fault: 'drop-after-apply',
      times: 1,
    });
    await confirm(stage, 'p2');
    await until('the end', isOver(stage, 'p2'), 180);

    async function confirmAfter(plan: string, meanwhile: () => Promise<void>) {
      await until(`${plan} to be shown`, () => stage.slack.newestWhisper('mara', opsChannel.name) !== null);
      await meanwhile();
      await confirm(stage, plan);
    }
  },
};
