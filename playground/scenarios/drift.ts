import { smallCluster, task } from './small-cluster.ts';
import { openPrompt, opsChannel, type Story, said, shows, vote } from './story.ts';

/** More would be lost than was shown: the approval is void, and it is asked again in a new message. */
export const drift: Story = {
  name: 'drift',
  title: 'tasks land on agent3 after the approval: void, and asked again with what is there now',
  cluster: smallCluster(4_000),
  env: { HOLD_SECONDS: '3' },
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    const ask = '/mesos drain agent3 --max-grace-period 1m --mark-gone --unattended --reason "disk dying"';
    await slack.type('mara', opsChannel.name, ask);
    await vote(stage, 'dev', 'white_check_mark');
    await until('the hold', said(stage, 'leaves at'));
    const first = openPrompt(stage)?.ts;
    for (const name of ['web.5', 'web.6', 'web.7'])
      cluster.model.launchTask(task(name, 'marathon', 'agent3', 1_000, 30));
    await until('the new question', () => {
      const prompt = openPrompt(stage);
      return prompt !== null && prompt.ts !== first;
    });
    await vote(stage, 'dev', 'white_check_mark');
    await until('the end', shows(stage, 'was marked gone'), 60);
  },
};
