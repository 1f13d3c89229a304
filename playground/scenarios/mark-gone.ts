import { dyingDisk } from './dying-disk.ts';
import { opsChannel, type Story, said, shows, told, vote } from './story.ts';

/** Two people, two calls: asked, the own vote refused, approved, held in sight, drained, proven, gone. */
export const markGone: Story = {
  name: 'mark-gone',
  title: "agent3's disk is dying: drained and marked gone, on the word of two people",
  cluster: dyingDisk(6_000),
  env: { HOLD_SECONDS: '4' },
  play: async (stage) => {
    const { slack, until } = stage;
    const ask = '/mesos drain agent3 --max-grace-period 10m --mark-gone --reason "disk dying"';
    await slack.type('mara', opsChannel.name, ask);
    await vote(stage, 'mara', 'white_check_mark');
    await until('the refusal of the own vote', told(stage, 'mara', 'does not count'));
    await vote(stage, 'sam', '+1');
    await until('the word about the thumb', told(stage, 'sam', 'not a vote'));
    await vote(stage, 'dev', 'white_check_mark');
    await until('the hold', said(stage, 'leaves at'));
    await until('the first call', said(stage, '*Started:*'), 60);
    await until('the proof of the drain', said(stage, 'is DRAINED'), 60);
    await until('the end', said(stage, 'is gone, proven'), 60);
    await until('the card to say so', shows(stage, 'is gone, as asked'));
    await slack.type('mara', opsChannel.name, '/mesos audit --agent agent3');
    await until('the log', told(stage, 'mara', 'disk dying'));
  },
};
