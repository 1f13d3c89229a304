import { drainAgent3, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said } from './story.ts';

/** An offer operation of a framework hangs: it blocks DRAINED as a task does. */
export const stuckOperation: Story = {
  name: 'stuck-operation',
  title: 'an offer operation on agent3 hangs, and holds the drain up after its tasks are gone',
  cluster: twoAgents(),
  hurried: { STUCK_AFTER_SECONDS: '4' },
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    const operation = cluster.model.addOperation({
      agent: 'agent3.example',
      framework: 'marathon',
      kind: 'CREATE_DISK',
    });
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the cause', said(stage, '*Stuck:*'), 300);
    cluster.model.finishOperation(operation);
    await until('the end', said(stage, 'Safe to take down'), 60);
  },
};
