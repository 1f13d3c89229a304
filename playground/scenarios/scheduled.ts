import { task, twoAgents } from './small-cluster.ts';
import { opsChannel, type Story, said, shows, told, vote } from './story.ts';

/** What is meant for an hour: a drain that waits for it, one that is taken back before, and a mark gone that is agreed to before. */
export const scheduled: Story = {
  name: 'scheduled',
  title: 'a drain and a mark gone wait for their hours; another drain is taken back before its own',
  cluster: twoAgents([task('web.1', 'marathon', 'agent3', 2_000, 30)]),
  env: { HOLD_SECONDS: '3', BRAKE_PERCENT: '50' },
  play: async (stage) => {
    const { slack, until } = stage;
    const type = (user: string, text: string) => slack.type(user, opsChannel.name, text);
    await type('dev', '/mesos drain agent3 --in 25s --reason "new fans"');
    await until('the card', shows(stage, 'Plan p1, scheduled'));
    await type('mara', '/mesos deactivate agent3 --in 1m --reason "new disks"');
    await until('that p1 has it', told(stage, 'mara', 'is on the list of plan'));
    await type('mara', '/mesos deactivate agent4 --in 1h --reason "new disks"');
    await until('the other card', shows(stage, 'Plan p2, scheduled'));
    await type('mara', '/mesos status');
    await until('both', told(stage, 'mara', '2 plans are scheduled'));
    await type('mara', '/mesos cancel p2');
    await until('that it is taken back', said(stage, 'Plan p2 is taken back'));
    await type('mara', '/mesos drain agent4 --mark-gone --in 30s --reason "its mainboard is worn out"');
    await vote(stage, 'dev', 'white_check_mark');
    await until('that it waits', shows(stage, 'waits for its hour'));
    await until('the hour of p1', said(stage, 'The hour of plan p1 has come'), 40);
    await until('its end', said(stage, 'Plan p1 has ended:* 1 of 1 agent is drained'), 60);
    await until('the end of the other', said(stage, 'is gone, proven'), 90);
  },
};
