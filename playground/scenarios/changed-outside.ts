import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { botSaid, elsewhere, isDrained, opsChannel, type Story, said } from './story.ts';

/** Somebody works on the cluster without the bot, while it looks and while it is away; its own drain and a failover in
 * between are no news. */
export const changedOutside: Story = {
  name: 'changed-outside',
  title:
    'somebody deactivates an agent and plans maintenance by other tools: the bot notices, also what it slept through',
  cluster: twoAgents([task('web.1', 'marathon', 'agent3', 4_000, 30)]),
  hurried: { SWEEP_SECONDS: '2' },
  play: async (stage) => {
    const { slack, until, minutes, cluster } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the proof', said(stage, 'Safe to take down'), 60);
    const agent_id = { value: cluster.model.agentId('agent4.example') };
    await elsewhere(stage, { type: 'DEACTIVATE_AGENT', deactivate_agent: { agent_id } });
    await until('the notice', said(stage, '*was deactivated*'), 600);
    cluster.model.failover();
    await until('the new leader', isDrained(stage, 'agent3.example'), 120);
    await minutes(12);
    await stage.whileBotIsAway(async () => {
      await elsewhere(stage, { type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id } });
      cluster.model.scheduleMachine('agent4.example');
      await minutes(20);
    });
    await until('what it slept through', said(stage, '*While I was away*'), 60);
    if (botSaid(stage).filter((text) => text.includes('*Changed outside the bot*')).length !== 2)
      throw new Error('something else was taken for news');
  },
};
