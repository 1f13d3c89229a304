import { rackInWaves, wavesOfTwo } from './rolling-happy.ts';
import { opsChannel, type Story, said, shows, told } from './story.ts';

/** In the first wave a framework acknowledges nothing: the second does not begin before somebody says so. */
export const rollingStuck: Story = {
  name: 'rolling-stuck',
  title: 'the rack r1 rolls; agent2 is stuck, so the plan halts, and goes on once somebody resumes it',
  cluster: rackInWaves(),
  env: wavesOfTwo,
  hurried: { STUCK_AFTER_SECONDS: '4' },
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    const type = (text: string) => slack.type('mara', opsChannel.name, text);
    cluster.model.disconnectFramework('chronos');
    await type('/mesos drain rack=r1 --parallel 2 --reason "new switch"');
    await until('the waves', told(stage, 'mara', 'in 2 waves'));
    await type('/mesos confirm p1');
    await until('the halt', shows(stage, 'HALTED in wave 1 of 2'), 400);
    await type('/mesos status p1');
    await until('the status', told(stage, 'mara', '/mesos resume p1'));
    cluster.model.connectFramework('chronos');
    await until('the end of the wave', said(stage, '*Wave 1 of 2 is over:*'), 300);
    await type('/mesos resume p1');
    await until('the end', said(stage, 'Plan p1 has ended'), 300);
  },
};
