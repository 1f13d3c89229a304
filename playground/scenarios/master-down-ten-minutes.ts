import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said } from './story.ts';

/** ZooKeeper is away, so nobody leads: the agent goes on killing, and nobody can say how far it is. */
export const masterDownTenMinutes: Story = {
  name: 'master-down-ten-minutes',
  title: 'no master leads for ten minutes while agent3 drains: told once, and nothing is made up',
  cluster: twoAgents(
    [task('web.1', 'marathon', 'agent3', 4_000, 30), task('db.1', 'marathon', 'agent3', 12_000, 60)],
    {
      timings: { electionMs: 2_000 },
    },
  ),
  hurried: { STUCK_AFTER_SECONDS: '3' },
  play: async (stage) => {
    const { slack, until, cluster, minutes } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the start', said(stage, '*Started:*'));
    cluster.model.loseZooKeeper();
    await minutes(10);
    cluster.model.restoreZooKeeper();
    await until('the end', said(stage, 'Safe to take down'), 180);
  },
};
