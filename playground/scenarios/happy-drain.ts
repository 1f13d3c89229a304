import { smallCluster } from './small-cluster.ts';
import { botSaid, opsChannel, type Story, toldTo } from './story.ts';

/** The main job: look, drain, watch it go, read the log. */
export const happyDrain: Story = {
  name: 'happy-drain',
  title: 'agent3 is drained for a kernel upgrade, from the preview to the audit log',
  cluster: smallCluster(9_000),
  play: async (stage) => {
    const { slack, until } = stage;
    const type = (text: string) => slack.type('mara', opsChannel.name, text);
    const answered = (part: string) => () => toldTo(stage, 'mara').some((text) => text.includes(part));
    const said = (part: string) => () => botSaid(stage).some((text) => text.includes(part));

    await type('/mesos preview agent3');
    await until('the preview', answered('the only instances of `worker` and `billing-cron` run here'));
    // As a phone writes it: an em dash, curly quotes, and the hostname made a link.
    await type('/mesos drain agent3.example —max-grace-period 10m --reason “kernel upgrade”');
    await until('the card', said('agent3'));
    await until('the proof', said('DRAINED'), 60);
    await until('the end of the thread', said('out of service'), 60);
    const card = (text: string) => text.includes('is DRAINED') && text.includes('Asked by');
    await until('the card to say so', () => botSaid(stage).some(card));
    await type('/mesos audit --agent agent3');
    await until('the log', answered('kernel upgrade'));
  },
};
