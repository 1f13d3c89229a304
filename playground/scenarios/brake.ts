import { agents, frameworks, task } from './small-cluster.ts';
import { isDrained, opsChannel, type Story, shows, told, vote } from './story.ts';

/** Much of the cluster is away: nothing more is taken out, but on the word of a second person. */
export const brake: Story = {
  name: 'brake',
  title: 'two of six agents lose their power: drains are refused, and a second person lets one through',
  cluster: {
    masters: 2,
    agents,
    frameworks: frameworks.slice(0, 1),
    tasks: [task('web.1', 'marathon', 'agent3', 4_000, 30)],
    timings: { agentPingTimeoutMs: 5_000 },
  },
  env: { HOLD_SECONDS: '3', SWEEP_SECONDS: '10' },
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    const type = (text: string) => slack.type('mara', opsChannel.name, text);
    for (const hostname of ['agent5.example', 'agent6.example']) cluster.model.killAgentProcess(hostname);
    await stage.minutes(1);
    await type('/mesos status');
    await until('how far it is', told(stage, 'mara', 'The brake is on'));
    await type('/mesos drain agent3 --reason "disk dying"');
    await until('the refusal', told(stage, 'mara', '2 of 6 agents (33 %) are out of service or away'));
    await type('/mesos drain agent3 --override-brake --reason "disk dying, it loses data"');
    await until('the question', shows(stage, 'The brake is overridden'));
    await vote(stage, 'dev', 'white_check_mark');
    await until('the proof', isDrained(stage, 'agent3.example'), 120);
  },
};
