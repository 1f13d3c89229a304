import { confirm, isOver } from './maintenance.ts';
import { smallCluster } from './small-cluster.ts';
import { opsChannel, type Story, vote } from './story.ts';

/** A machine that nobody scheduled is taken down at once: its tasks are lost, so a second person is asked. */
export const maintenanceStart: Story = {
  name: 'maintenance-start',
  title: 'the machine of agent3 is taken down at once, with its tasks, once dev has approved it',
  cluster: smallCluster(600_000),
  play: async (stage) => {
    const { slack, until } = stage;
    await slack.type(
      'mara',
      opsChannel.name,
      '/mesos maintenance start agent3 --for 2h --reason "smoke from the mainboard"',
    );
    await confirm(stage, 'p1');
    await vote(stage, 'dev', 'white_check_mark');
    await until('the end', isOver(stage, 'p1'), 180);
  },
};
