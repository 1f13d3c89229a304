import { smallCluster } from './small-cluster.ts';
import { opsChannel, type Story, said } from './story.ts';

/** Drained, and nobody thinks of it any more. */
export const forgotten: Story = {
  name: 'forgotten',
  title: 'agent3 is drained and forgotten: its thread reminds whoever asked for it',
  cluster: smallCluster(6_000),
  env: { REMIND_AFTER_SECONDS: '60' },
  play: async (stage) => {
    const { slack, until } = stage;
    const type = (user: string, text: string) => slack.type(user, opsChannel.name, text);
    await type('mara', '/mesos drain agent3 --max-grace-period 10m --reason "disk makes noises"');
    await until('the proof', said(stage, 'Safe to take down'), 60);
    await until('the reminder', said(stage, '*Forgotten?*'), 90);
  },
};
