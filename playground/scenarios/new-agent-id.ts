import { drainAgent3, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said, shows } from './story.ts';

/** The machine was rebooted with another configuration: its agent has a new id, and takes tasks. */
export const newAgentId: Story = {
  name: 'new-agent-id',
  title: 'agent3 reboots with a new agent id while it drains: that one is active, and is drained in its turn',
  cluster: twoAgents(),
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the start', said(stage, '*Started:*'));
    cluster.model.rebootWithNewId('agent3.example');
    await until('the end', said(stage, 'was replaced by'), 60);
    await until('the card to say so', shows(stage, 'was replaced by'));
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the end of the second', said(stage, 'Safe to take down'), 60);
  },
};
