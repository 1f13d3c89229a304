import type { ClusterSpec } from '../mesos/spec.ts';
import type { SimulatedCluster } from '../mesos/start.ts';
import type { LocalSlack } from '../slack/start.ts';
import type { Message } from '../slack/workspace/messages.ts';
import { userNamed } from '../slack/workspace/workspace.ts';

/** One story: what the cluster is like, how the bot is set, and what people do. The page, the demo and the tests
 * tell the same ones. */
export interface Story {
  name: string;
  /** One line, for `npm run demo -- --list`. */
  title: string;
  cluster: ClusterSpec;
  /** Another one that the bot looks after, under the name `west`. */
  second?: ClusterSpec;
  /** Settings that differ from playground/bot-env.ts. */
  env?: Readonly<Record<string, string>>;
  /** The bot's YAML file, where it has one; then its clusters are those of the file. */
  file?: (masters: readonly string[]) => string;
  /** Settings of the demo and the page alone, where `minutes` are short. */
  hurried?: Readonly<Record<string, string>>;
  play(stage: Stage): Promise<void>;
}

/** Where a story is told: in real time by the demo, on a manual clock by the tests. */
export interface Stage {
  slack: LocalSlack;
  cluster: SimulatedCluster;
  /** Null: there is but one. */
  second: SimulatedCluster | null;
  /** Lets time pass until it is so; rejects, naming `what`, when it still isn't after `seconds`. */
  until(what: string, isSo: () => boolean, seconds?: number): Promise<void>;
  /** Lets so many minutes pass: all of them on a manual clock, a second for each in real time. */
  minutes(count: number): Promise<void>;
  /** Writes the bot's YAML file anew, and has the bot read it, as SIGHUP does. */
  reread(file: string): Promise<void>;
  /** Stops the bot in order, lets `meanwhile` happen, and starts it again on the same files. */
  whileBotIsAway(meanwhile: (away: Away) => Promise<void>): Promise<void>;
}

/** What people with the bot's machine can do while it is stopped. */
export interface Away {
  /** A file of its own: after an orderly stop there is no `-wal`. */
  databasePath: string;
  /** `npm run audit -- accept-restore`. */
  acceptRestore(reason: string): Promise<void>;
}

/** The channel in which stories are told; the bot is in it. */
export const opsChannel = { name: 'mesos-ops', id: 'C0MESOSOPS' };

/** Everything the bot said in the channel and its threads, oldest first. */
export function botSaid({ slack }: Pick<Stage, 'slack'>): string[] {
  return slack.model.messages
    .inChannel(opsChannel.id)
    .filter((message) => message.botId !== null)
    .map((message) => message.text);
}

/** What stands on a question that still takes votes, and on no other message. */
const takesVotes = 'Open for votes';

/** The newest message of the bot that takes votes; null: none. */
export function openPrompt({ slack }: Stage): Message | null {
  const own = slack.model.messages.inChannel(opsChannel.id).filter((message) => message.botId !== null);
  return own.findLast(({ text }) => text.includes(takesVotes)) ?? null;
}

/** A person reacts to the newest question; `undo`: takes the reaction back. */
export async function vote(stage: Stage, user: string, emoji: string, undo = false): Promise<void> {
  await stage.until('a question that takes votes', () => openPrompt(stage) !== null);
  const { ts } = openPrompt(stage) ?? { ts: '' };
  await (undo ? stage.slack.unreact : stage.slack.react)(user, opsChannel.name, ts, emoji);
}

/** Whether the bot has said this in the channel or a thread. */
export function said(stage: Stage, part: string): () => boolean {
  return () => botSaid(stage).some((text) => text.includes(part));
}

/** Whether a root in the channel says this now: a card or a question, as it was edited last. */
export function shows({ slack }: Pick<Stage, 'slack'>, part: string): () => boolean {
  const roots = () =>
    slack.model.messages.timeline(opsChannel.id).filter(({ threadTs }) => threadTs === null);
  return () => roots().some(({ botId, text }) => botId !== null && text.includes(part));
}

/** Whether one person alone was told this. */
export function told(stage: Stage, user: string, part: string): () => boolean {
  return () => toldTo(stage, user).some((text) => text.includes(part));
}

/** What the bot told one person alone, oldest first. */
export function toldTo({ slack }: Pick<Stage, 'slack'>, user: string): string[] {
  const { id } = userNamed(slack.model.workspace, user);
  return slack.model.messages.ephemerals(opsChannel.id, id).map((message) => message.text);
}

/** Somebody without the bot sends a call to the leading master. Rejects when the master doesn't take it. */
export async function elsewhere({ cluster }: Stage, call: object): Promise<void> {
  const url = cluster.masterUrls[cluster.model.leader() ?? 0];
  const response = await fetch(`${url}/api/v1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(call),
  });
  if (!response.ok) throw new Error(`the master answered ${response.status}: ${await response.text()}`);
}

/** Whether the leading master calls an agent DRAINED. */
export function isDrained({ cluster }: Stage, hostname: string): () => boolean {
  const id = cluster.model.agentId(hostname);
  return () => cluster.model.cluster.leader?.draining.get(id)?.state === 'DRAINED';
}
