import { secondName } from '../second-cluster.ts';
import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said, told } from './story.ts';

/** Both clusters have an agent3: nobody's command may reach the wrong one, nor wait for it. */
export const twoClustersOneDown: Story = {
  name: 'two-clusters-one-down',
  title:
    'agent3 of east drains undisturbed while the masters of west hang or talk nonsense; status says since when',
  cluster: twoAgents([
    task('web.1', 'marathon', 'agent3', 4_000, 30),
    task('db.1', 'marathon', 'agent3', 9_000, 60),
  ]),
  second: twoAgents(),
  env: { MESOS_CLUSTER: 'east' },
  hurried: { READ_DEADLINE_SECONDS: '1' },
  play: async (stage) => {
    const { slack, until, minutes, second } = stage;
    if (second === null) throw new Error('this story has two clusters');
    const type = (text: string) => slack.type('mara', opsChannel.name, text);

    await type(drainAgent3);
    await until('the question which one', told(stage, 'mara', 'not clear which cluster'));
    second.model.masterFaults(0).add({ match: {}, fault: 'hang' });
    second.model.masterFaults(1).add({ match: {}, fault: 'garbage' });
    await type(`/mesos deactivate agent3 --cluster ${secondName}`);
    await type(`${drainAgent3} --cluster east`);
    await until('the start', said(stage, '*Started:*'));
    await until('the end', said(stage, 'Safe to take down'), 180);
    await until('what west could not do', told(stage, 'mara', `The master of ${secondName} can't be read`));

    await minutes(10);
    await type(`/mesos status --cluster ${secondName}`);
    await until('since when', told(stage, 'mara', "master can't be read* since"), 60);
    second.model.masterFaults(0).clear();
    second.model.masterFaults(1).clear();
    await minutes(10);
    await type(`/mesos status --cluster ${secondName}`);
    await until('that it is back', told(stage, 'mara', `open on ${secondName}.*\nThe master answers`), 60);
    await type('/mesos close d1 --cluster west --reason "wrong one"');
    await until('whose it is', told(stage, 'mara', 'd1 is on east, not on west'));
  },
};
