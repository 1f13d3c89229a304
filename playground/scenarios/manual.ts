import { twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said, shows, told } from './story.ts';

/** Nothing is killed: new tasks stay away, the framework moves its own, and the agent says when it holds nothing. */
export const manual: Story = {
  name: 'manual',
  title: 'agent3 is deactivated, its framework moves its tasks away, and it is taken back into service',
  cluster: twoAgents(),
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    const type = (user: string, text: string) => slack.type(user, opsChannel.name, text);
    const deactivate = '/mesos deactivate agent3 --reason "marathon moves its tasks"';
    await type('mara', deactivate);
    await until('the start', said(stage, '*Deactivated:*'));
    cluster.model.finishTask('web.1');
    await until('the first task to be off', said(stage, '*1 of 2 tasks off*'));
    cluster.model.finishTask('web.2');
    await until('the proof', said(stage, 'Safe to take down'), 60);
    await until('the card to say so', shows(stage, 'holds nothing any more'));
    // Once is enough, and its own thread tells.
    await type('dev', deactivate);
    await until('the refusal', told(stage, 'dev', 'is deactivated already, as'));
    await type('dev', '/mesos reactivate agent3 --reason "new kernel runs"');
    await until('the return', said(stage, 'is back in service'), 60);
  },
};
