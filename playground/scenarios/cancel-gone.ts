import { dyingDisk } from './dying-disk.ts';
import { opsChannel, type Story, said, shows, vote } from './story.ts';

/** Between the two calls a vote is taken back: the safe direction, a plain drain. */
export const cancelGone: Story = {
  name: 'cancel-gone',
  title: 'dev takes the approval back while agent3 drains: it stays a plain drain, and comes back',
  cluster: dyingDisk(8_000),
  env: { HOLD_SECONDS: '2' },
  play: async (stage) => {
    const { slack, until } = stage;
    const ask = '/mesos drain agent3 --max-grace-period 10m --mark-gone --reason "disk dying"';
    await slack.type('mara', opsChannel.name, ask);
    await vote(stage, 'dev', 'white_check_mark');
    await until('the first call', said(stage, '*Started:*'), 60);
    await vote(stage, 'dev', 'white_check_mark', true);
    await until('the drop', said(stage, 'mark gone is dropped'));
    await until('the proof of the drain', said(stage, 'is DRAINED'), 60);
    await slack.type('mara', opsChannel.name, '/mesos reactivate agent3 --reason "the disk was fine"');
    await until('the return', said(stage, 'is back in service'), 60);
    await until('the card to say so', shows(stage, 'was reactivated'));
  },
};
