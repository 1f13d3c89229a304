import { dyingDisk } from './dying-disk.ts';
import { opsChannel, type Story, said, shows, vote } from './story.ts';

/** Anybody of the team can stop a call that is about to leave. */
export const holdStopped: Story = {
  name: 'hold-stopped',
  title: 'sam, who may approve nothing, stops the call of the others before it leaves',
  cluster: dyingDisk(6_000),
  env: { HOLD_SECONDS: '10' },
  play: async (stage) => {
    await stage.slack.type('mara', opsChannel.name, '/mesos drain agent3 --mark-gone --reason "disk dying"');
    await vote(stage, 'dev', 'white_check_mark');
    await stage.until('the hold', said(stage, 'leaves at'));
    await vote(stage, 'sam', 'octagonal_sign');
    await stage.until('the end', shows(stage, 'stopped by'));
  },
};
