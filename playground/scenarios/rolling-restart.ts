import { rackInWaves, wavesOfTwo } from './rolling-happy.ts';
import { isDrained, opsChannel, type Story, said, shows, told } from './story.ts';

/** The bot is away while the first wave drains, and a master fails over as it is away again between the waves. */
export const rollingRestart: Story = {
  name: 'rolling-restart',
  title:
    'the rack r1 rolls; the bot is away twice, and the master fails over: it goes on from what is proven',
  cluster: rackInWaves(),
  env: wavesOfTwo,
  play: async (stage) => {
    const { slack, until, minutes } = stage;
    await slack.type(
      'mara',
      opsChannel.name,
      '/mesos drain rack=r1 --parallel 2 --pause 1m --reason "kernel 6.12"',
    );
    await until('the waves', told(stage, 'mara', 'in 2 waves'));
    await slack.type('mara', opsChannel.name, '/mesos confirm p1');
    await until('the first wave', shows(stage, 'in wave 1 of 2'), 60);
    await stage.whileBotIsAway(() =>
      until('DRAINED, unseen by the bot', isDrained(stage, 'agent1.example'), 60),
    );
    await until('the end of the first wave', said(stage, '*Wave 1 of 2 is over:*'), 60);
    await stage.whileBotIsAway(async () => {
      stage.cluster.model.failover();
      await minutes(5);
    });
    await until('the end', said(stage, 'Plan p1 has ended'), 300);
  },
};
