import { drainAgent3, task, twoAgents } from './small-cluster.ts';
import { elsewhere, opsChannel, type Story, said, shows } from './story.ts';

/** Somebody starts maintenance on the machine by another tool: the agent is removed, and its drain forgotten. */
export const machineTakenDown: Story = {
  name: 'machine-taken-down',
  title: 'somebody takes the machine of agent3 down for maintenance while it drains: its drain is erased',
  cluster: twoAgents([task('db.1', 'marathon', 'agent3', 20_000, 900)]),
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the start', said(stage, '*Started:*'));
    cluster.model.scheduleMachine('agent3.example');
    const machines = [{ hostname: 'agent3.example', ip: '127.0.0.1' }];
    await elsewhere(stage, { type: 'START_MAINTENANCE', start_maintenance: { machines } });
    await until('the end', said(stage, 'was taken down for maintenance'), 120);
    await until('the card to say so', shows(stage, 'was taken down for maintenance'));
  },
};
