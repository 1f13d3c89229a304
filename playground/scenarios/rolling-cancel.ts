import { rackInWaves, wavesOfTwo } from './rolling-happy.ts';
import { opsChannel, type Story, said, shows, told } from './story.ts';

/** Called off in its first wave: what drains can't be called back, what was only deactivated is. */
export const rollingCancel: Story = {
  name: 'rolling-cancel',
  title:
    'the rack r1 rolls, is paused and called off in its first wave: what drains goes on, the rest is given back',
  cluster: rackInWaves(),
  env: wavesOfTwo,
  play: async (stage) => {
    const { slack, until } = stage;
    const type = (text: string) => slack.type('mara', opsChannel.name, text);
    await type('/mesos drain rack=r1 --parallel 2 --reason "new switch"');
    await until('the waves', told(stage, 'mara', 'in 2 waves'));
    await type('/mesos confirm p1');
    await until('the first wave', shows(stage, 'in wave 1 of 2'), 60);
    await type('/mesos pause p1');
    await until('that it is paused', shows(stage, 'PAUSED in wave 1 of 2'));
    await type('/mesos cancel p1');
    await until('what becomes of it', said(stage, 'Mesos has no way to stop a drain'));
    await until('the end', said(stage, 'Plan p1 has ended'), 300);
  },
};
