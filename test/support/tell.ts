import { expect } from '@jest/globals';
import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import type { AppliedCall } from '../../playground/mesos/state.ts';
import { task } from '../../playground/scenarios/small-cluster.ts';
import { botSaid, opsChannel } from '../../playground/scenarios/story.ts';
import { channelNamed, userNamed } from '../../playground/slack/workspace/workspace.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { lacking } from './judge-entries.ts';
import { readAudit } from './read-audit.ts';
import type { World } from './world.ts';

/** One agent with two tasks that are gone 4 and 9 s after SIGTERM, and a second agent that nobody touches. */
export const twoTasks: ClusterSpec = {
  masters: 2,
  agents: [
    { hostname: 'agent3.example', attributes: { rack: 'r1' } },
    { hostname: 'agent4.example', attributes: { rack: 'r2' } },
  ],
  frameworks: [{ name: 'marathon', failoverTimeoutSeconds: 604_800 }],
  tasks: [task('web.1', 'marathon', 'agent3', 4_000, 30), task('web.2', 'marathon', 'agent3', 9_000, 30)],
};

/** What the stories type. */
export const drainAgent3 = '/mesos drain agent3 --max-grace-period 10m --reason "kernel upgrade"';

/** The replies in threads of the channel, oldest first; not the cards. */
export function replies({ slack }: World): string[] {
  return slack.model.messages
    .inChannel(opsChannel.id)
    .filter((message) => message.botId !== null && message.threadTs !== null)
    .map((message) => message.text);
}

/** Lets time pass until a reply of the bot says this; answers the whole of it. */
export async function hears(world: World, part: string, seconds = 120): Promise<string> {
  const heard = () => replies(world).find((text) => text.includes(part));
  await world
    .until(`"${part}"`, () => heard() !== undefined, seconds)
    .catch((cause: unknown) => {
      throw new Error(`"${part}" was not said, but:\n${botSaid(world).join('\n\n')}`, { cause });
    });
  return heard() ?? '';
}

/** Lets time pass until the bot has said this to one person alone; answers the whole of it, the latest one. */
export async function isTold(world: World, user: string, part: string, channel = opsChannel.name) {
  const { workspace, messages } = world.slack.model;
  const { id } = userNamed(workspace, user);
  const place = channelNamed(workspace, channel).id;
  const told = () => messages.ephemerals(place, id).map(({ text }) => text);
  const heard = () => told().findLast((text) => text.includes(part));
  await world
    .until(`"${part}"`, () => heard() !== undefined, 60)
    .catch((cause: unknown) => {
      throw new Error(`"${part}" was not told to ${user}, but:\n${told().join('\n\n')}`, { cause });
    });
  return heard() ?? '';
}

/** The types of the calls that took effect, whoever sent them. */
export function applied({ cluster }: World): AppliedCall['type'][] {
  return cluster.model.applied.map(({ type }) => type);
}

/** What somebody without the bot sends to the leading master. Rejects without an answer within `deadlineMs`. */
export async function byCurl(world: World, call: object, deadlineMs = 10_000): Promise<number> {
  const url = world.cluster.masterUrls[world.cluster.model.leader() ?? 0];
  const response = await fetch(`${url}/api/v1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(call),
    signal: AbortSignal.timeout(deadlineMs),
  });
  await response.text();
  return response.status;
}

/** The audit log so far, oldest first; its chain is whole. */
export async function audited({ databasePath }: World): Promise<AuditEntry[]> {
  const { entries, flaws } = await readAudit(databasePath);
  expect(flaws).toEqual([]);
  expect(lacking(entries)).toEqual([]);
  return entries;
}

/** The events of the log, each with its outcome or decision where it has one. */
export async function auditedEvents(world: World): Promise<string[]> {
  const entries = await audited(world);
  return entries.map(({ event, outcome, decision }) =>
    [event, outcome ?? decision].filter((part) => part !== undefined).join(' '),
  );
}

/** Ends a story: its log is whole, and nobody had to be woken for it. */
export async function close(world: World): Promise<void> {
  try {
    await audited(world);
    expect(world.errors).toEqual([]);
  } finally {
    await world.close();
  }
}
