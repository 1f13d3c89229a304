import { dyingDisk } from './dying-disk.ts';
import { opsChannel, type Story, said, shows, vote } from './story.ts';

/** Whoever asked takes it back, in the middle of the hold. */
export const withdrawn: Story = {
  name: 'withdrawn',
  title: 'mara takes her question back while the call waits to leave',
  cluster: dyingDisk(6_000),
  env: { HOLD_SECONDS: '10' },
  play: async (stage) => {
    await stage.slack.type('mara', opsChannel.name, '/mesos drain agent3 --mark-gone --reason "disk dying"');
    await vote(stage, 'dev', 'white_check_mark');
    await stage.until('the hold', said(stage, 'leaves at'));
    await vote(stage, 'mara', 'x');
    await stage.until('the end', shows(stage, 'withdrawn by'));
  },
};
