import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said, told } from './story.ts';

/** The tasks have ended, and the framework that should acknowledge it is away: the most common stuck drain. */
export const stuckFramework: Story = {
  name: 'stuck-framework',
  title: 'the tasks of agent3 have ended, but their framework is away and acknowledges nothing',
  cluster: twoAgents(
    [task('report.1', 'chronos', 'agent3', 1_000, 30), task('report.2', 'chronos', 'agent3', 3_000, 30)],
    { frameworks: [{ name: 'chronos', failoverTimeoutSeconds: 86_400, webuiUrl: 'http://chronos.example' }] },
  ),
  hurried: { STUCK_AFTER_SECONDS: '4' },
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    cluster.model.disconnectFramework('chronos');
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the cause', said(stage, '*Stuck:*'), 300);
    await slack.type('dev', opsChannel.name, '/mesos status d1');
    await until('the status', told(stage, 'dev', 'chronos'));
    cluster.model.connectFramework('chronos');
    await until('the end', said(stage, 'Safe to take down'), 60);
  },
};
