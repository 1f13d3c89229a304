import { confirm, isOver } from './maintenance.ts';
import { smallCluster } from './small-cluster.ts';
import { opsChannel, type Story, said, vote } from './story.ts';

/** The safe order as one command: the agent is drained, then its machine is scheduled, then it goes down. */
export const drainFirst: Story = {
  name: 'drain-first',
  title: 'agent3 is drained with its grace, and only then its machine is scheduled and taken down',
  cluster: smallCluster(9_000),
  play: async (stage) => {
    const { slack, until } = stage;
    await slack.type(
      'mara',
      opsChannel.name,
      '/mesos maintenance start agent3 --drain-first --max-grace-period 10m --for 2h --reason "new disks"',
    );
    await confirm(stage, 'p1');
    await vote(stage, 'dev', 'white_check_mark');
    await until('the drain', said(stage, 'DRAINED'), 180);
    await until('the end', isOver(stage, 'p1'), 300);
    await stage.minutes(6);
  },
};
