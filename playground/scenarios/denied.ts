import { dyingDisk } from './dying-disk.ts';
import { opsChannel, type Story, shows, vote } from './story.ts';

/** The second person says no, and nothing is sent. */
export const denied: Story = {
  name: 'denied',
  title: 'the second person denies the mark gone of agent3, and nothing is sent',
  cluster: dyingDisk(6_000),
  play: async (stage) => {
    await stage.slack.type('mara', opsChannel.name, '/mesos drain agent3 --mark-gone --reason "disk dying"');
    await vote(stage, 'dev', 'x');
    await stage.until('the end', shows(stage, 'denied by'));
  },
};
