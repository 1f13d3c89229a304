import { dyingDisk } from './dying-disk.ts';
import { opsChannel, type Story, said, shows, told, vote } from './story.ts';

/** A machine that died: marked gone by MARK_AGENT_GONE, as it was last seen. */
export const markDeadAgent: Story = {
  name: 'mark-dead-agent',
  title: 'agent3 died: a drain can not help, its agent is marked gone as it was last seen',
  cluster: { ...dyingDisk(6_000), timings: { agentPingTimeoutMs: 3_000 } },
  env: { HOLD_SECONDS: '3' },
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    const type = (text: string) => slack.type('mara', opsChannel.name, text);
    await type('/mesos agents');
    await until('the agents', told(stage, 'mara', 'agent3'));
    cluster.model.killAgentProcess('agent3.example');
    await until('that it is unreachable', () => cluster.model.cluster.registry.unreachable.size > 0, 100);
    await type('/mesos drain agent3 --mark-gone --reason "mainboard dead"');
    await until('the refusal', told(stage, 'mara', 'mark-gone'));
    await type('/mesos mark-gone agent3 --reason "mainboard dead, powered off"');
    await until('the question', said(stage, 'powered off'));
    await vote(stage, 'dev', 'white_check_mark');
    await until('the end', said(stage, 'is gone, proven'), 60);
    await until('the question to say so', shows(stage, 'Gone, proven'));
  },
};
