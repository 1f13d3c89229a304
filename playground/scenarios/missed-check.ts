import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said } from './story.ts';

/** The framework is torn down before it acknowledged its last task: the master drops the task without a look at the
 * drain, and would show DRAINING for ever (recordings stuck_1 to stuck_6). */
export const missedCheck: Story = {
  name: 'missed-check',
  title: 'the framework is torn down with its last task: the master forgets to look, and is nudged',
  cluster: twoAgents([task('report.1', 'chronos', 'agent3', 1_000, 30)], {
    frameworks: [{ name: 'chronos', acks: 'never' }],
  }),
  hurried: { STUCK_AFTER_SECONDS: '4' },
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the cause', said(stage, '*Stuck:*'), 300);
    cluster.model.removeFramework('chronos');
    await until('the nudge', said(stage, 'nudge 1 of 5'), 120);
    await until('the end', said(stage, 'Safe to take down'), 60);
  },
};
