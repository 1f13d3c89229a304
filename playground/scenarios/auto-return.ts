import { smallCluster } from './small-cluster.ts';
import { opsChannel, type Story, said, shows, told } from './story.ts';

/** Time for a kernel upgrade, then some more; and back by itself. */
export const autoReturn: Story = {
  name: 'auto-return',
  title: 'agent3 is drained for a while, gets more time, and comes back by itself',
  cluster: smallCluster(6_000),
  play: async (stage) => {
    const { slack, until } = stage;
    const type = (user: string, text: string) => slack.type(user, opsChannel.name, text);
    await type('mara', '/mesos drain agent3 --max-grace-period 10m --for 90s --reason "kernel upgrade"');
    await until('the proof', said(stage, 'Safe to take down'), 60);
    await until('the hour on its card', shows(stage, 'its time out of service ends'));
    // It takes longer, counted from now; and it is hers.
    await type('dev', '/mesos drain agent3 --for 2m');
    await until('that it is hers', told(stage, 'dev', 'type it again with `--anyway`'));
    await type('dev', '/mesos drain agent3 --for 2m --anyway');
    await until('the new hour', said(stage, 'had agent3.example (S2) stay out for'), 10);
    await until('its return', said(stage, 'is back in service'), 150);
  },
};
