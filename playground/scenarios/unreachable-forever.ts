import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said, vote } from './story.ts';

/** The agent never comes back: told, and told again; marked gone by people, never by itself. */
export const unreachableForever: Story = {
  name: 'unreachable-forever',
  title: 'agent3 dies while it drains and never returns: people mark it gone instead',
  cluster: twoAgents([task('db.1', 'marathon', 'agent3', 300_000, 500)], {
    timings: { agentPingTimeoutMs: 5_000 },
  }),
  env: { HOLD_SECONDS: '3' },
  play: async (stage) => {
    const { slack, until, cluster, minutes } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the start', said(stage, '*Started:*'));
    cluster.model.killAgentProcess('agent3.example');
    await until('that it is unreachable', said(stage, 'unreachable since'), 120);
    await minutes(10);
    await slack.type(
      'mara',
      opsChannel.name,
      '/mesos mark-gone agent3 --reason "mainboard dead, powered off"',
    );
    await until('the question', said(stage, 'powered off'));
    await vote(stage, 'dev', 'white_check_mark');
    await until('the end', said(stage, 'is gone, proven'), 120);
    await until('the end of the drain', said(stage, 'is gone, as asked'), 120);
  },
};
