import { expect } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { openPrompt, opsChannel, vote } from '../../playground/scenarios/story.ts';
import type { Message } from '../../playground/slack/workspace/messages.ts';
import { userNamed } from '../../playground/slack/workspace/workspace.ts';
import { applied, audited, twoTasks } from './tell.ts';
import { makeWorld, type World } from './world.ts';

export const yes = 'white_check_mark';
export const no = 'x';
export const stop = 'octagonal_sign';

export const holdMs = 30_000;
export const expiryMs = 3_600_000;
/** Beyond any hold, and far from the expiry. */
export const aWhileMs = 120_000;

export const askGone = '/mesos drain agent3 --max-grace-period 10m --mark-gone --reason "disk dying"';

/** Two tasks of 4 and 9 s on agent3, which holds a volume and a reservation. */
export const withVolume: ClusterSpec = {
  ...twoTasks,
  agents: twoTasks.agents.map((agent) =>
    agent.hostname === 'agent3.example'
      ? {
          ...agent,
          reservations: [{ role: 'db', principal: 'db', cpus: 1 }],
          volumes: [{ id: 'v-1', role: 'db', principal: 'db', containerPath: 'data', size: 1_024 }],
        }
      : agent,
  ),
};

export interface Asked {
  text?: string;
  cluster?: ClusterSpec;
  env?: Record<string, string>;
  /** What is so before mara asks. */
  before?(world: World): Promise<void> | void;
}

/** A world in which mara has asked to mark agent3 gone. */
export async function asked({
  text = askGone,
  cluster = withVolume,
  env = {},
  before,
}: Asked = {}): Promise<World> {
  const world = await makeWorld({ cluster, env });
  try {
    await world.start();
    await before?.(world);
    await world.type('mara', text);
    await world.until('the prompt', () => openPrompt(world) !== null);
    return world;
  } catch (fault) {
    // Nobody else can close what was never handed out, and its servers would keep the run alive.
    await world.close();
    throw fault;
  }
}

/** The prompt that takes votes now. */
export function prompt(world: World): Message {
  const found = openPrompt(world);
  if (found === null) throw new Error('nothing takes votes');
  return found;
}

/** Waits for another question than this message's to take votes. */
export async function nextPrompt(world: World, after: Message): Promise<Message> {
  await world.until('the new prompt', () => {
    const found = openPrompt(world);
    return found !== null && found.ts !== after.ts;
  });
  return prompt(world);
}

/** A person reacts to the newest question, and the bot has seen it. */
export async function votes(world: World, user: string, emoji = yes): Promise<void> {
  await vote(world, user, emoji);
  await world.pass(1_000);
}

export async function takesBack(world: World, user: string, emoji = yes): Promise<void> {
  await vote(world, user, emoji, true);
  await world.pass(1_000);
}

/** A person reacts to some message. */
export async function reacts(world: World, user: string, ts: string, emoji = yes): Promise<void> {
  await world.slack.react(user, opsChannel.name, ts, emoji);
  await world.pass(1_000);
}

/** What the log says of votes, with who cast them. */
export async function votesOnRecord(world: World): Promise<string[]> {
  return (await audited(world)).flatMap(({ event, outcome, actor }) =>
    event === 'approval.vote' ? [`${actor.kind === 'person' ? actor.name : 'somebody'} ${outcome}`] : [],
  );
}

/** How the questions ended, in order. */
export async function settlements(world: World): Promise<string[]> {
  return (await audited(world)).flatMap(({ event, outcome }) =>
    event === 'approval.settled' ? [outcome ?? ''] : [],
  );
}

/** Time enough passes for everything that could leave, and nothing has left. */
export async function nothingLeaves(world: World, ms = aWhileMs): Promise<void> {
  await world.pass(ms, 1_000);
  expect(applied(world)).toEqual([]);
}

/** Changes who somebody is in Slack, at run time. */
export function becomes(world: World, user: string, change: Partial<ReturnType<typeof userNamed>>): void {
  const { workspace } = world.slack.model;
  const found = userNamed(workspace, user);
  workspace.users.set(found.id, { ...found, ...change });
}

/** Makes somebody an approver, as Slack's group admins can. */
export function joinsApprovers(world: World, user: string): void {
  const { workspace } = world.slack.model;
  workspace.groups.get('S0APPROVER')?.users.push(userNamed(workspace, user).id);
}

export function leavesApprovers(world: World, user: string): void {
  const { workspace } = world.slack.model;
  const group = workspace.groups.get('S0APPROVER');
  if (group !== undefined) group.users = group.users.filter((id) => id !== userNamed(workspace, user).id);
}
