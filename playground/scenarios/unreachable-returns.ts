import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said } from './story.ts';

/** The agent goes away while it drains, and returns: the order stood all the time. */
export const unreachableReturns: Story = {
  name: 'unreachable-returns',
  title: 'agent3 becomes unreachable while it drains, and returns: the drain goes on by itself',
  cluster: twoAgents(
    [task('web.1', 'marathon', 'agent3', 2_000, 30), task('db.1', 'marathon', 'agent3', 20_000, 300)],
    {
      timings: { agentPingTimeoutMs: 5_000 },
    },
  ),
  play: async (stage) => {
    const { slack, until, cluster, minutes } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the first task to go', said(stage, '1 of 2 tasks gone'), 60);
    cluster.model.killAgentProcess('agent3.example');
    await until('that it is unreachable', said(stage, 'unreachable since'), 120);
    await minutes(5);
    cluster.model.returnAgent('agent3.example');
    await until('the end', said(stage, 'Safe to take down'), 120);
  },
};
