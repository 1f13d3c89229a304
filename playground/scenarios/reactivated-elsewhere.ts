import { drainAgent3, twoAgents } from './small-cluster.ts';
import { elsewhere, opsChannel, type Story, said, shows } from './story.ts';

/** Somebody takes the drained agent back into service by another tool, and it is not safe any more. */
export const reactivatedElsewhere: Story = {
  name: 'reactivated-elsewhere',
  title: 'agent3 is drained, and somebody reactivates it elsewhere: not safe to take down any more',
  cluster: twoAgents(),
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the proof', said(stage, 'Safe to take down'), 60);
    const agent_id = { value: cluster.model.agentId('agent3.example') };
    await elsewhere(stage, { type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id } });
    await until('the end', said(stage, 'was reactivated: it takes tasks again'), 600);
    await until('the card to say so', shows(stage, 'was reactivated'));
  },
};
