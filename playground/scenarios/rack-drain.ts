import { agents, frameworks, task } from './small-cluster.ts';
import { opsChannel, type Story, said, shows, told } from './story.ts';

/** Several agents as one card and one thread: listed, confirmed, drained, one of them stuck for a while; and put back with
 * one button. */
export const rackDrain: Story = {
  name: 'rack-drain',
  title:
    'the rack r1 is drained as one plan: a list to confirm, one card with a line for each agent, one thread',
  cluster: {
    masters: 2,
    agents,
    frameworks,
    tasks: [
      task('web.1', 'marathon', 'agent1', 4_000, 30),
      task('web.2', 'marathon', 'agent1', 8_000, 30),
      task('report', 'chronos', 'agent2', 12_000, 60),
      // It does not care for SIGTERM, and is killed at the end of its grace.
      task('node-2', 'cassandra', 'agent3', 240_000, 200),
    ],
  },
  env: { DRAINS_PER_RACK: '3', BRAKE_PERCENT: '50' },
  hurried: { STUCK_AFTER_SECONDS: '20' },
  play: async (stage) => {
    const { slack, until } = stage;
    const type = (text: string) => slack.type('mara', opsChannel.name, text);

    await type('/mesos drain rakc=r1 --reason "new power supply"');
    await until('what is near to it', told(stage, 'mara', 'rack=…'));
    await type('/mesos drain rack=r1 --reason "new power supply"');
    await until('the list', told(stage, 'mara', 'Drain 3 agents'));
    await type('/mesos confirm p1');
    await until('the card', shows(stage, 'Plan p1, under way'));
    await until('two of three', shows(stage, '2 of 3 agents done'), 120);
    await until('the end', said(stage, 'Plan p1 has ended'), 400);
    await type('/mesos reactivate p1');
    await until('the list of those that return', told(stage, 'mara', 'Reactivate 3 agents'));
    await type('/mesos confirm p2');
    await until('all of them back', said(stage, 'Plan p2 has ended'), 120);
  },
};
