import { dyingDisk } from './dying-disk.ts';
import { opsChannel, type Story, said, shows, told, vote } from './story.ts';

/** Two of three have to approve, and ines, the only lead, has to be one of them. */
const file = (masters: readonly string[]) => `
clusters:
  playground:
    masters: [${masters.join(', ')}]
    policy:
      approvers: [S0APPROVER]
      approvals: { needed: 2, one_of: [S0LEADS001], hold: 10s }
`;

const yes = 'white_check_mark';

/** One who may not approve, one vote that is not enough, a lead's that is, one taken back, and given again. */
export const twoApprovers: Story = {
  name: 'two-approvers',
  title: 'agent3 is marked gone on two approvals, one of which a lead has to give',
  cluster: dyingDisk(6_000),
  file,
  play: async (stage) => {
    const { slack, until } = stage;
    await slack.type('mara', opsChannel.name, '/mesos drain agent3 --mark-gone --reason "disk dying"');
    await until('the question', shows(stage, '2 approvals needed, one of them from'));
    await vote(stage, 'sam', yes);
    await until('that sam may not', told(stage, 'sam', 'you are not an approver'));
    await vote(stage, 'dev', yes);
    await until('who is missing', said(stage, 'is still missing'));
    await vote(stage, 'ines', yes);
    await until('the hold', said(stage, 'leaves at'));
    await vote(stage, 'dev', yes, true);
    await until('that nothing leaves', said(stage, '*Nothing leaves for now:*'));
    await vote(stage, 'dev', yes);
    await until('the end', said(stage, 'is gone, proven'), 300);
  },
};
