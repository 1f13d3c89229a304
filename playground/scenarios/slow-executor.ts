import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said } from './story.ts';

/** Executors don't count for the master: one lingers after DRAINED. */
export const slowExecutor: Story = {
  name: 'slow-executor',
  title: 'the master says DRAINED, and an executor on agent3 lingers: not safe to take down yet',
  cluster: twoAgents([
    { ...task('db.1', 'marathon', 'agent3', 2_000, 30), executor: 'custom', executorLingersMs: 25_000 },
  ]),
  env: { STUCK_AFTER_SECONDS: '8' },
  play: async (stage) => {
    const { slack, until } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('what is left', said(stage, 'The master says DRAINED, but the agent still has'), 60);
    await until('the end', said(stage, 'Safe to take down'), 60);
  },
};
