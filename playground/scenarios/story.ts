import type { ClusterSpec } from '../mesos/spec.ts';
import type { SimulatedCluster } from '../mesos/start.ts';
import type { LocalSlack } from '../slack/start.ts';
import { userNamed } from '../slack/workspace/workspace.ts';

/** One story: what the cluster is like, how the bot is set, and what people do. The page, the demo and the tests
 * tell the same ones. */
export interface Story {
  name: string;
  /** One line, for `npm run demo -- --list`. */
  title: string;
  cluster: ClusterSpec;
  /** Settings that differ from playground/bot-env.ts. */
  env?: Readonly<Record<string, string>>;
  play(stage: Stage): Promise<void>;
}

/** Where a story is told: in real time by the demo, on a manual clock by the tests. */
export interface Stage {
  slack: LocalSlack;
  cluster: SimulatedCluster;
  /** Lets time pass until it is so; rejects, naming `what`, when it still isn't after `seconds`. */
  until(what: string, isSo: () => boolean, seconds?: number): Promise<void>;
}

/** The channel in which stories are told; the bot is in it. */
export const opsChannel = { name: 'mesos-ops', id: 'C0MESOSOPS' };

/** Everything the bot said in the channel and its threads, oldest first. */
export function botSaid({ slack }: Stage): string[] {
  return slack.model.messages
    .inChannel(opsChannel.id)
    .filter((message) => message.botId !== null)
    .map((message) => message.text);
}

/** What the bot told one person alone, oldest first. */
export function toldTo({ slack }: Stage, user: string): string[] {
  const { id } = userNamed(slack.model.workspace, user);
  return slack.model.messages.ephemerals(opsChannel.id, id).map((message) => message.text);
}
