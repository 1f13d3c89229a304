import { agents, frameworks, task } from './small-cluster.ts';
import { opsChannel, type Story, said, shows, told } from './story.ts';

/** The rack r1, of which web runs on r2 too; its last task is gone so many ms after SIGTERM. */
export function rackInWaves(lastMs = 8_000): Story['cluster'] {
  return {
    masters: 2,
    agents,
    frameworks,
    tasks: [
      task('web.1', 'marathon', 'agent1', 4_000, 30),
      task('web.2', 'marathon', 'agent2', 6_000, 30),
      task('report', 'chronos', 'agent2', 3_000, 60),
      task('web.3', 'marathon', 'agent3', lastMs, 30),
      task('web.4', 'marathon', 'agent4', 4_000, 30),
      task('nightly', 'chronos', 'agent5', 4_000, 30),
    ].map((each) => ({ ...each, shownAs: each.name.replace(/\.\d+$/, '') })),
  };
}

/** Two of one rack at once, which the policy must allow. */
export const wavesOfTwo = { DRAINS_PER_RACK: '2', BRAKE_PERCENT: '50' };

/** The whole rack is kept away from new tasks, drained in waves, and each agent is back once it is proven empty. */
export const rollingHappy: Story = {
  name: 'rolling-happy',
  title: 'the rack r1 rolls, two agents at a time: deactivated first, drained in waves, and back in service',
  cluster: rackInWaves(),
  env: wavesOfTwo,
  play: async (stage) => {
    const { slack, until } = stage;
    await slack.type(
      'mara',
      opsChannel.name,
      '/mesos drain rack=r1 --parallel 2 --pause 1m --then reactivate --reason "kernel 6.12"',
    );
    await until('the waves', told(stage, 'mara', 'in 2 waves'));
    await slack.type('mara', opsChannel.name, '/mesos confirm p1');
    await until('the first wave', shows(stage, 'in wave 1 of 2'), 60);
    await until('the second wave', shows(stage, 'in wave 2 of 2'), 400);
    await until('the end', said(stage, 'Plan p1 has ended'), 300);
  },
};
