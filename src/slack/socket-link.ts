import type { SocketModeReceiver } from '@slack/bolt';
import { ChatFault } from '../app/faults.ts';
import type { Clock, Log } from '../app/ports.ts';
import { type Failure, failureInWords, failureOf } from './failure.ts';

/** A connection that lived for less than this did not work. */
const goodLifeMs = 10_000;
const shortestWaitMs = 1_000;
const longestWaitMs = 30_000;

/** A Socket Mode connection that is made anew whenever it goes down. */
export interface SocketLink {
  /** Answers after the first attempt, up or not; throws when Slack refuses the app token. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Keeps the link up. The client's own reconnection is switched off: it waits five seconds even where Slack only
 * moves us to another server, and one network error while it reconnects ends it in an unhandled rejection
 * (socket-mode 3.1.0, SocketModeClient.delayReconnectAttempt). */
export function socketLink(
  receiver: SocketModeReceiver,
  deps: { clock: Clock; log: Log; onLink(up: boolean): void },
): SocketLink {
  const { clock, log, onLink } = deps;
  const { client } = receiver;
  let stopping = false;
  let failures = 0;
  let upSince: number | null = null;
  let cancelWait = () => {};

  client.on('connected', () => {
    // stop() while the connection was being made
    if (stopping) return void client.disconnect();
    upSince = clock.now();
    onLink(true);
  });
  client.on('disconnected', () => {
    // Also said of a connection that never came up: then start() rejects, and `attempt` has it.
    if (upSince === null) return;
    failures = clock.now() - upSince < goodLifeMs ? failures + 1 : 0;
    upSince = null;
    onLink(false);
    again();
  });

  return {
    async start() {
      const failure = await attempt();
      if (failure?.kind !== 'refused') return;
      stopping = true;
      cancelWait();
      throw new ChatFault(`Slack refuses the app token: ${failure.code}. Check SLACK_APP_TOKEN.`);
    },
    async stop() {
      stopping = true;
      cancelWait();
      await client.disconnect();
    },
  };

  /** Never throws: a link that can't be made now is made later. */
  async function attempt(): Promise<Failure | null> {
    try {
      await client.start();
      return null;
    } catch (error) {
      const failure = failureOf(error);
      failures += 1;
      log.warn({ why: failureInWords(failure), failures }, 'no socket mode connection');
      again();
      return failure;
    }
  }

  function again(): void {
    if (stopping) return;
    const waitMs = failures === 0 ? 0 : Math.min(longestWaitMs, shortestWaitMs * 2 ** (failures - 1));
    cancelWait = clock.after(waitMs, () => {
      if (!stopping) void attempt();
    });
  }
}
