import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { elsewhere, opsChannel, type Story, said, shows, told } from './story.ts';

/** Somebody drains the agent again by another tool: the master keeps the last word, without a trace of whose it is. */
export const superseded: Story = {
  name: 'superseded',
  title:
    'somebody drains agent3 again elsewhere, with other options: the bot follows it no more, and says so',
  cluster: twoAgents([task('db.1', 'marathon', 'agent3', 20_000, 900)]),
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the start', said(stage, '*Started:*'));
    const agent_id = { value: cluster.model.agentId('agent3.example') };
    const drain_agent = { agent_id, max_grace_period: { seconds: 60 }, mark_gone: true };
    await elsewhere(stage, { type: 'DRAIN_AGENT', drain_agent });
    await until('the end', said(stage, 'somebody changed this drain outside the bot'), 60);
    await until('the card to say so', shows(stage, 'somebody changed this drain'));
    await slack.type('mara', opsChannel.name, '/mesos status d1');
    await until('the status', told(stage, 'mara', 'somebody changed this drain'));
  },
};
