import { task, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said, told, toldTo } from './story.ts';

/** A second engineer is in a hurry: sees whose drain it is, and confirms the shorter grace with a button. */
export const hasten: Story = {
  name: 'hasten',
  title: "dev needs agent3 sooner than mara's drain would end: shown it, confirmed, the same drain goes on",
  cluster: twoAgents([task('batch.1', 'marathon', 'agent3', 600_000, 600)]),
  play: async (stage) => {
    const { slack, until } = stage;
    await slack.type(
      'mara',
      opsChannel.name,
      '/mesos drain agent3 --max-grace-period 10m --reason "new kernel"',
    );
    await until('the start', said(stage, '*Started:*'));
    await slack.type('dev', opsChannel.name, '/mesos drain agent3 --max-grace-period 10s');
    await until('the offer', told(stage, 'dev', 'is being drained already, as'));
    const offer = slack.newestWhisper('dev', opsChannel.name);
    await slack.click('dev', opsChannel.name, offer?.ts ?? '', 'mesos_command');
    await until('the change', said(stage, '*Hastened:*'), 60);
    await slack.click('dev', opsChannel.name, offer?.ts ?? '', 'mesos_command');
    await until('the refusal of the second click', () =>
      toldTo(stage, 'dev').some((text) => text.includes("can't be hastened")),
    );
    await until('the end', said(stage, 'Safe to take down'), 60);
  },
};
