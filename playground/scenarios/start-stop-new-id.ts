import { confirm, isOver } from './maintenance.ts';
import { smallCluster } from './small-cluster.ts';
import { opsChannel, type Story, said, vote } from './story.ts';

/** A machine goes down and comes up again; its agent registers under a new id, and is in service at once. */
export const startStopNewId: Story = {
  name: 'start-stop-new-id',
  title: 'the machine of agent3 is taken down and brought up again: its agent is back under a new id',
  cluster: smallCluster(5_000),
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    await slack.type('mara', opsChannel.name, '/mesos maintenance start agent3 --reason "new disks"');
    await confirm(stage, 'p1');
    await vote(stage, 'dev', 'white_check_mark');
    await until('the machine to be down', isOver(stage, 'p1'), 180);
    await slack.type('mara', opsChannel.name, '/mesos maintenance stop agent3 --reason "new disks are in"');
    await confirm(stage, 'p2');
    await until('the machine to be up', said(stage, '*UP:*'), 180);
    await stage.minutes(1);
    cluster.model.returnAgent('agent3.example');
    await until('the end', isOver(stage, 'p2'), 300);
  },
};
