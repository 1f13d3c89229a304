import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { task } from '../../playground/scenarios/small-cluster.ts';
import { openPrompt, opsChannel } from '../../playground/scenarios/story.ts';
import { userNamed } from '../../playground/slack/workspace/workspace.ts';
import type { Ordeal } from './tell-through-crash.ts';
import type { World } from './world.ts';

/** One agent, one task: every kind of boundary, and few of each. */
const cluster: ClusterSpec = {
  agents: [{ hostname: 'agent3.example', attributes: { rack: 'r1' } }],
  frameworks: [{ name: 'marathon' }],
  tasks: [task('web.1', 'marathon', 'agent3', 4_000, 30)],
};

export const yes = 'white_check_mark';

/** Whether dev's ✅ stands on the question that takes votes. */
export function hasVoted(world: World): boolean {
  const { id } = userNamed(world.slack.model.workspace, 'dev');
  const reactions = openPrompt(world)?.reactions ?? [];
  return reactions.some(({ name, users }) => name === yes && users.includes(id));
}

/** Asked, approved, drained, proven, gone. dev approves whatever is asked. */
export const story = {
  cluster,
  typed: '/mesos drain agent3 --max-grace-period 10m --mark-gone --reason "disk dying"',
  meanwhile: async (world: World) => {
    const prompt = openPrompt(world);
    if (prompt !== null && !hasVoted(world)) await world.slack.react('dev', opsChannel.name, prompt.ts, yes);
  },
  isOver: (said: string[]) => said.some((text) => text.includes('is gone, proven')),
  wasNotApplied: () => false,
} satisfies Ordeal;
