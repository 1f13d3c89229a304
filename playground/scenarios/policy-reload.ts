import { dyingDisk } from './dying-disk.ts';
import { opsChannel, type Story, said, shows, told, vote } from './story.ts';

const file = (masters: readonly string[], needed: number) => `
clusters:
  playground:
    masters: [${masters.join(', ')}]
    policy:
      approvals: { needed: ${needed} }
`;

/** Under an approval that one vote was enough for, the policy comes to ask for two. Then the file is broken, and nothing that
 * can't be undone is done until it is mended. */
export const policyReload: Story = {
  name: 'policy-reload',
  title: 'the policy asks for one more vote while a call waits; then its file is broken, and mended',
  cluster: dyingDisk(6_000),
  file: (masters) => file(masters, 1),
  env: { SLACK_OPS_CHANNEL: opsChannel.id },
  play: async (stage) => {
    const { slack, cluster } = stage;
    await slack.type('mara', opsChannel.name, '/mesos drain agent3 --mark-gone --reason "disk dying"');
    await vote(stage, 'dev', 'white_check_mark');
    await stage.until('the hold', shows(stage, 'leaves at'));
    await stage.reread(file(cluster.masterUrls, 2));
    await stage.until('the change', said(stage, '*The policy has changed,*'));
    await stage.until('the question, open again', shows(stage, 'Open for votes'));
    await vote(stage, 'ines', 'white_check_mark');
    await stage.until('the end', said(stage, 'is gone, proven'), 300);

    await stage.reread(file(cluster.masterUrls, 0));
    await stage.until('the complaint', said(stage, '*The configuration can’t be read.*'));
    await slack.type('mara', opsChannel.name, '/mesos mark-gone agent2 --now --reason "mainboard dead"');
    await stage.until('the refusal', told(stage, 'mara', 'nothing is done that can’t be undone'));
    await stage.reread(file(cluster.masterUrls, 2));
    await stage.until('the end of it', said(stage, '*The policy can be read again.*'));
  },
};
