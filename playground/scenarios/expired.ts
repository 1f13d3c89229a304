import { dyingDisk } from './dying-disk.ts';
import { opsChannel, type Story, said, vote } from './story.ts';

/** Nobody answers in time; a vote after that grants nothing. */
export const expired: Story = {
  name: 'expired',
  title: 'nobody answers in time, and a vote after that grants nothing',
  cluster: dyingDisk(6_000),
  env: { APPROVAL_EXPIRY_SECONDS: '6', HOLD_SECONDS: '2' },
  play: async (stage) => {
    const { slack, until } = stage;
    await slack.type('mara', opsChannel.name, '/mesos drain agent3 --mark-gone --reason "disk dying"');
    await vote(stage, 'mara', 'white_check_mark');
    const [prompt] = slack.model.messages.timeline(opsChannel.id);
    await until('the end', said(stage, 'ran out'), 30);
    await slack.react('dev', opsChannel.name, prompt?.ts ?? '', 'white_check_mark');
    await until('the word to the late one', () =>
      slack.model.messages
        .ephemerals(opsChannel.id, 'U0DEV00001')
        .some(({ text }) => text.includes('settled')),
    );
  },
};
