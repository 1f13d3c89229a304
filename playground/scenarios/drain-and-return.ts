import { smallCluster } from './small-cluster.ts';
import { botSaid, opsChannel, type Story, toldTo } from './story.ts';

/** The whole round: out of service, proven empty, and back in service, told in one thread. */
export const drainAndReturn: Story = {
  name: 'drain-and-return',
  title: 'agent3 is drained for a kernel upgrade and taken back into service, in one thread',
  cluster: smallCluster(6_000),
  play: async (stage) => {
    const { slack, until } = stage;
    const type = (user: string, text: string) => slack.type(user, opsChannel.name, text);
    const answered = (user: string, part: string) => () =>
      toldTo(stage, user).some((text) => text.includes(part));
    const said = (part: string) => () => botSaid(stage).some((text) => text.includes(part));

    await type('mara', '/mesos drain agent3 --max-grace-period 10m --reason "kernel upgrade"');
    await until('the start', said('*Started:*'));
    // Too early: a drain can't be cancelled.
    await type('dev', '/mesos reactivate agent3');
    await until('the refusal', answered('dev', 'is being drained'));
    await until('the proof', said('Safe to take down'), 60);
    await type('dev', '/mesos reactivate agent3 --reason "new kernel runs"');
    await until('the return', said('is back in service'), 60);
    await type('mara', '/mesos audit --agent agent3');
    await until('the log', answered('mara', 'new kernel runs'));
  },
};
