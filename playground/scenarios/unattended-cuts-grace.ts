import { smallCluster } from './small-cluster.ts';
import { opsChannel, type Story, said, shows, vote } from './story.ts';

/** One call does it all, and tasks that were to have minutes get a moment: as recorded from a real master. */
export const unattendedCutsGrace: Story = {
  name: 'unattended-cuts-grace',
  title: 'unattended, agent3 is gone at once: its tasks lose the grace that they were given',
  cluster: smallCluster(60_000),
  env: { HOLD_SECONDS: '3' },
  play: async (stage) => {
    const { slack, until } = stage;
    const ask =
      '/mesos drain agent3 --max-grace-period 10m --mark-gone --unattended --reason "rack loses power"';
    await slack.type('mara', opsChannel.name, ask);
    await until('the warning', said(stage, 'lose their grace'));
    await vote(stage, 'dev', 'white_check_mark');
    await until('the end', shows(stage, 'was marked gone'), 60);
  },
};
