import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said } from './story.ts';

/** The leading master dies in the middle: the new one knows no start time, and for a moment no agent. */
export const failoverMidDrain: Story = {
  name: 'failover-mid-drain',
  title: 'the leading master dies while agent3 drains: the new one is followed, and nothing is called gone',
  cluster: twoAgents(
    [task('web.1', 'marathon', 'agent3', 4_000, 30), task('db.1', 'marathon', 'agent3', 25_000, 60)],
    {
      // Slow enough that the agent is seen as recovered, and not yet back.
      timings: { electionMs: 5_000, recoveryMs: 3_000, reregistrationMs: 5_000 },
    },
  ),
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the first task to go', said(stage, '1 of 2 tasks gone'), 60);
    cluster.model.failover();
    await until('the end', said(stage, 'Safe to take down'), 180);
  },
};
