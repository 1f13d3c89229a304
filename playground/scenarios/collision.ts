import { task, twoAgents } from './small-cluster.ts';
import { isDrained, opsChannel, type Story, said, told } from './story.ts';

/** Whoever comes second is shown whose work is in the way, and goes on beside it only by saying so. */
export const collision: Story = {
  name: 'collision',
  title:
    'mara drains agent3; dev would drain agent4, where the same framework runs, and is shown her work first',
  cluster: twoAgents([
    task('web.1', 'marathon', 'agent3', 20_000, 60),
    task('web.2', 'marathon', 'agent4', 3_000, 60),
  ]),
  env: { BRAKE_PERCENT: '50' },
  play: async (stage) => {
    const { slack, until } = stage;
    const type = (user: string, text: string) => slack.type(user, opsChannel.name, text);
    await type('mara', '/mesos drain agent3 --reason "kernel upgrade"');
    await until('the start', said(stage, '*Started:*'));
    await type('dev', '/mesos drain agent4 --reason "new fans"');
    await until('whose it is', told(stage, 'dev', 'tasks of marathon'));
    await type('dev', '/mesos drain agent4 --anyway --reason "new fans, mara knows"');
    await until('the proof of dev’s', isDrained(stage, 'agent4.example'), 120);
    await until('the proof of mara’s', isDrained(stage, 'agent3.example'), 120);
  },
};
